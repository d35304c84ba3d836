import type { FindingState } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { compareText } from '../kernel/compare-text.ts';
import { parseInstant } from '../kernel/time.ts';
import { filterHref } from './filter-href.ts';
import { type TimeView, timeView } from './finding-view.ts';
import { type ChartView, stackedChart } from './trend-chart.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, dayInWords, listedInWords, numberInWords } from './words.ts';

/** What the index tells of a night. */
export interface IndexNight {
  readonly run: { readonly id: string; readonly finishedAt: string; readonly baselineRunId: string | null };
  readonly accounts: readonly IndexAccount[];
  readonly unread: readonly { readonly accountId: string | null; readonly name: string | null }[];
  readonly files: readonly { readonly path: string }[];
  /** Where its files lie from the index, by `/`; absent: in a directory of the run's id. */
  readonly directory?: string;
}

interface IndexAccount {
  readonly accountId: string;
  readonly alias: string | null;
  readonly complete: boolean;
  /** Problems by severity and state. */
  readonly findings: Readonly<Partial<Record<Severity, Readonly<Partial<Record<FindingState, number>>>>>>;
  readonly unjudged: number;
}

/** A directory of a night of which nothing can be told. */
export interface UnreadNight {
  readonly directory: string;
  readonly why: string;
}

/** What the index of all nights shows, in its words and its order. */
export interface IndexView {
  readonly verdict: string;
  readonly latest: TimeView | null;
  readonly nightCount: string;
  /** The nights that the index leaves out for their number; null: none. */
  readonly omitted: string | null;
  readonly unread: readonly UnreadNight[];
  readonly severities: readonly { readonly severity: Severity; readonly label: string }[];
  readonly accounts: readonly AccountRow[];
  readonly nights: readonly NightRow[];
  readonly charts: readonly ChartView[];
  readonly charted: string;
}

interface CountCell {
  readonly severity: Severity;
  readonly count: string;
  readonly isZero: boolean;
}

interface AccountRow {
  readonly label: string;
  readonly accountId: string;
  readonly time: TimeView;
  readonly href: string | null;
  readonly cells: readonly CountCell[];
  readonly unjudged: string;
  readonly complete: boolean;
  /** Whether a later night did not read it. */
  readonly isOld: boolean;
}

interface NightRow {
  readonly id: string;
  readonly time: TimeView;
  readonly href: string | null;
  readonly accounts: string;
  readonly cells: readonly CountCell[];
  readonly fresh: string;
  readonly resolved: string;
  readonly unjudged: string;
  readonly coverage: string;
  readonly complete: boolean;
}

const CHARTED = 90;
const NAMED = 3;

/**
 * The index over all nights, from the latest `most` of them in whatever order; what could not be read of others is told.
 * Counts are of problems: what is resolved, suppressed or could not be judged is none.
 */
export const indexView = (
  given: readonly IndexNight[],
  { unread, omitted }: { readonly unread: readonly UnreadNight[]; readonly omitted: number },
): IndexView => {
  const nights = [...given].sort((one, other) => compareText(other.run.id, one.run.id));
  const charted = nights.slice(0, CHARTED).reverse();
  const latest = nights[0];
  const estate = estateByNight([...nights].reverse()).slice(-CHARTED);
  return {
    verdict: verdictOf(latest, estate.at(-1)),
    latest: latest === undefined ? null : timeOf(latest),
    nightCount: counted(nights.length, 'night'),
    omitted: omitted === 0 ? null : `${counted(omitted, 'earlier night')} left out: their directories are still there.`,
    unread: unread.map(({ directory, why }) => ({ directory: visibleText(directory), why: visibleText(why) })),
    severities: SEVERITIES.map((severity) => ({ severity, label: capitalized(severity) })),
    accounts: accountRows(nights),
    nights: nights.map(nightRow),
    charts: charted.length < 2 ? [] : chartsOf(charted, estate),
    charted:
      nights.length > CHARTED
        ? `The last ${CHARTED} nights; what one did not read counts as it was before. The table of nights has each night’s own numbers.`
        : 'What a night did not read counts as it was before; the table of nights has each night’s own numbers.',
  };
};

const OPEN: readonly FindingState[] = ['new', 'worsened', 'reopened', 'open'];
const FRESH: readonly FindingState[] = ['new', 'worsened', 'reopened'];

const countOf = (account: IndexAccount, severity: Severity, states: readonly FindingState[]): number =>
  states.reduce((sum, state) => sum + (account.findings[severity]?.[state] ?? 0), 0);

const sumOf = (accounts: readonly IndexAccount[], severity: Severity, states: readonly FindingState[]): number =>
  accounts.reduce((sum, account) => sum + countOf(account, severity, states), 0);

const allOf = (accounts: readonly IndexAccount[], states: readonly FindingState[]): number =>
  SEVERITIES.reduce((sum, severity) => sum + sumOf(accounts, severity, states), 0);

const cellsOf = (accounts: readonly IndexAccount[]): readonly CountCell[] =>
  SEVERITIES.map((severity) => {
    const count = sumOf(accounts, severity, OPEN);
    return { severity, count: numberInWords(count), isZero: count === 0 };
  });

const unjudgedOf = (accounts: readonly IndexAccount[]): string =>
  numberInWords(accounts.reduce((sum, { unjudged }) => sum + unjudged, 0));

const timeOf = ({ run }: IndexNight): TimeView => {
  const instant = parseInstant(run.finishedAt);
  return instant.ok ? timeView(instant.value) : { iso: '', day: run.id, time: run.id };
};

const labelOf = ({ alias, accountId }: Pick<IndexAccount, 'alias' | 'accountId'>): string =>
  visibleText(alias ?? accountId);

const pageOf = ({ run, files, directory = run.id }: IndexNight, account: string | null): string | null => {
  if (!files.some(({ path }) => path === 'report.html')) return null;
  return `${directory.split('/').map(encodeURIComponent).join('/')}/report.html${account === null ? '' : filterHref({ account })}`;
};

const nightRow = (night: IndexNight): NightRow => {
  const { accounts, unread, run } = night;
  const incomplete = accounts.filter(({ complete }) => !complete).length;
  const missing = [
    ...(unread.length > 0 ? [`${counted(unread.length, 'account')} not read`] : []),
    ...(incomplete > 0 ? [`${counted(incomplete, 'account')} read in part`] : []),
  ];
  // Of an audit that is compared with none, everything would be new.
  const isFirst = run.baselineRunId === null;
  return {
    id: run.id,
    time: timeOf(night),
    href: pageOf(night, null),
    accounts: listedInWords(accounts.map(labelOf), NAMED),
    cells: cellsOf(accounts),
    fresh: isFirst ? '–' : numberInWords(allOf(accounts, FRESH)),
    resolved: isFirst ? '–' : numberInWords(allOf(accounts, ['resolved'])),
    unjudged: unjudgedOf(accounts),
    coverage: missing.length === 0 ? 'Complete' : capitalized(missing.join(', ')),
    complete: missing.length === 0,
  };
};

/** Each account as of the last night that read it, by what people call it. */
const accountRows = (nights: readonly IndexNight[]): readonly AccountRow[] => {
  const rows = new Map<string, AccountRow>();
  for (const [index, night] of nights.entries()) {
    for (const account of night.accounts) {
      if (rows.has(account.accountId)) continue;
      rows.set(account.accountId, {
        label: labelOf(account),
        accountId: visibleText(account.accountId),
        time: timeOf(night),
        // A page of one account has no filter for it.
        href: pageOf(night, night.accounts.length > 1 ? account.accountId : null),
        cells: cellsOf([account]),
        unjudged: numberInWords(account.unjudged),
        complete: account.complete,
        isOld: index > 0,
      });
    }
  }
  return [...rows.values()].sort((one, other) => compareText(one.label, other.label));
};

/** All accounts as known after each night, the first one first: those that a night did not read as they were before. */
const estateByNight = (nights: readonly IndexNight[]): readonly (readonly IndexAccount[])[] => {
  const known = new Map<string, IndexAccount>();
  return nights.map(({ accounts }) => {
    for (const account of accounts) known.set(account.accountId, account);
    return [...known.values()];
  });
};

const verdictOf = (latest: IndexNight | undefined, accounts: readonly IndexAccount[] = []): string => {
  if (latest === undefined) return 'No night can be told of.';
  const problems = allOf(accounts, OPEN);
  const counts = SEVERITIES.flatMap((severity) => {
    const count = sumOf(accounts, severity, OPEN);
    return count === 0 ? [] : [`${numberInWords(count)} ${severity}`];
  });
  const told =
    problems === 0
      ? `No problem is known in ${counted(accounts.length, 'account')}.`
      : `${counted(problems, 'problem')} ${problems === 1 ? 'is' : 'are'} known in ${counted(accounts.length, 'account')}: ${listedInWords(counts, SEVERITIES.length)}.`;
  if (latest.run.baselineRunId === null) return told;
  const fresh = allOf(latest.accounts, FRESH);
  const resolved = allOf(latest.accounts, ['resolved']);
  return `${told} The last night found ${numberInWords(fresh)} new or worse, and ${numberInWords(resolved)} resolved.`;
};

const chartsOf = (
  nights: readonly IndexNight[],
  estate: readonly (readonly IndexAccount[])[],
): readonly ChartView[] => {
  const labels = nights.map((night) => timeOf(night).time);
  const [from, to] = [dayOf(nights[0]), dayOf(nights.at(-1))];
  const range = from === to ? from : `${from} to ${to}`;
  return [
    stackedChart({
      id: 'problems',
      title: 'Problems by severity',
      range,
      labels,
      series: [...SEVERITIES].reverse().map((severity) => ({
        kind: severity,
        label: severity,
        values: estate.map((accounts) => sumOf(accounts, severity, OPEN)),
      })),
    }),
    stackedChart({
      id: 'news',
      title: 'New or worse, and resolved',
      range,
      labels,
      series: [
        { kind: 'resolved', label: 'resolved', values: nights.map((night) => comparedOf(night, ['resolved'])) },
        { kind: 'fresh', label: 'new or worse', values: nights.map((night) => comparedOf(night, FRESH)) },
      ],
    }),
  ];
};

const comparedOf = ({ run, accounts }: IndexNight, states: readonly FindingState[]): number =>
  run.baselineRunId === null ? 0 : allOf(accounts, states);

const dayOf = (night: IndexNight | undefined): string => {
  const instant = parseInstant(night?.run.finishedAt ?? '');
  return instant.ok ? dayInWords(instant.value) : '';
};
