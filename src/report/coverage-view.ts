import type { AccountCoverage, CoverageRow } from '../finding/audit-report.ts';
import { type TimeView, timeView } from './finding-view.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, instantsInWords, listedInWords, uncapitalizedName } from './words.ts';

/** How much of an account could be read. */
export interface AccountView {
  readonly accountId: string;
  /** What people call the account: its alias, or its id. */
  readonly label: string;
  readonly alias: string | null;
  readonly complete: boolean;
  readonly collectedAt: TimeView;
  readonly sources: readonly SourceView[];
}

interface SourceView {
  /** Its name amid a sentence: `password policy`. */
  readonly name: string;
  readonly label: string;
  readonly status: CoverageRow['status'];
  readonly statusLabel: string;
  readonly detail: string;
  readonly affects: readonly string[];
}

/** How the statuses of sources are called. */
export const STATUS_LABELS: Readonly<Record<CoverageRow['status'], string>> = {
  read: 'Read',
  partial: 'Read in part',
  denied: 'Refused',
  failed: 'Failed',
  skipped: 'Not read',
};

/** What people call an account. */
export const accountLabel = ({ accountId, alias }: AccountCoverage): string => visibleText(alias ?? accountId);

/** An account's coverage as the page shows it. */
export const accountView = (account: AccountCoverage): AccountView => ({
  accountId: visibleText(account.accountId),
  label: accountLabel(account),
  alias: account.alias === null ? null : visibleText(account.alias),
  complete: account.complete,
  collectedAt: timeView(account.collectedAt),
  sources: account.coverage.map((row) => ({
    name: uncapitalizedName(row.source),
    label: capitalized(uncapitalizedName(row.source)),
    status: row.status,
    statusLabel: STATUS_LABELS[row.status],
    detail: instantsInWords(visibleText(row.detail)),
    affects: row.affects.map(visibleText),
  })),
});

/** Something that a reader must know before all else: data that checks wanted and did not get. */
export interface GapView {
  /** The sources that are missing. */
  readonly label: string;
  readonly statusLabel: string;
  /** What happened; empty where it is several sources, whose rows of the coverage say it. */
  readonly detail: string;
  readonly affects: readonly string[];
  readonly affectsLabel: string;
  /** The accounts it is missing of. */
  readonly accounts: string;
}

/** The gaps of a report. What was not asked for is none unless a check wanted it; equal gaps of accounts are one. */
export const gapViews = (accounts: readonly AccountView[]): readonly GapView[] => {
  const gaps = new Map<string, { readonly gap: Omit<GapView, 'accounts'>; readonly labels: string[] }>();
  for (const { label, sources } of accounts) {
    for (const gap of gapsOf(sources)) {
      const identity = JSON.stringify(gap);
      const same = gaps.get(identity) ?? { gap, labels: [] };
      same.labels.push(label);
      gaps.set(identity, same);
    }
  }
  return [...gaps.values()].map(({ gap, labels }) => ({ ...gap, accounts: listedInWords(labels, 4) }));
};

// More sources than these that share a status are told in one sentence.
const TOLD_SINGLY = 2;

const gapsOf = (sources: readonly SourceView[]): readonly Omit<GapView, 'accounts'>[] =>
  (['denied', 'failed', 'partial', 'skipped'] as const).flatMap((status) => {
    const missing = sources.filter(
      (source) => source.status === status && (status !== 'skipped' || source.affects.length > 0),
    );
    const together = status === 'skipped' || missing.length > TOLD_SINGLY;
    return together ? (missing.length === 0 ? [] : [gapOf(missing)]) : missing.map((source) => gapOf([source]));
  });

const gapOf = (missing: readonly SourceView[]): Omit<GapView, 'accounts'> => {
  const [only, ...others] = missing;
  const names = missing.map(({ name }) => name);
  const affects = [...new Set(missing.flatMap((source) => source.affects))];
  return {
    label: capitalized(listedInWords(names, names.length)),
    statusLabel: only?.statusLabel ?? '',
    detail: only !== undefined && others.length === 0 && only.status !== 'skipped' ? only.detail : '',
    affects,
    affectsLabel: `${counted(affects.length, 'check')} could not judge everything`,
  };
};
