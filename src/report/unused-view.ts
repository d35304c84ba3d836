import type { Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { JsonValue } from '../kernel/json.ts';
import { daysBetween, type Instant, parseInstant } from '../kernel/time.ts';
import { findingAnchor } from './finding-anchor.ts';
import { stateLabel } from './finding-view.ts';
import { type FoldedNote, foldedNote, wholeAndFolded } from './folded-rows.ts';
import { nameOfSubject } from './name-of-arn.ts';
import { type UnusedRow, unusedRows } from './unused-csv.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, dayInWords, nameInWords } from './words.ts';

/** What nobody uses, as a table. */
export interface UnusedView {
  readonly count: string;
  readonly rows: readonly UnusedRowView[];
  /** Those beyond what the page shows whole. */
  readonly otherRows: readonly UnusedRowView[];
  readonly otherRowsNote: FoldedNote | null;
  /** What is in `unused-access.csv` only; null: nothing. */
  readonly others: string | null;
}

interface UnusedRowView {
  readonly name: string;
  readonly nameOrder: string;
  readonly typeLabel: string;
  readonly part: string | null;
  readonly accountLabel: string;
  /** A service or an action; null: the subject itself, as `title` says. */
  readonly access: string | null;
  readonly title: string;
  readonly accessOrder: string;
  /** Empty: it is nothing that has a use, such as a group. */
  readonly lastUsed: string;
  /** The age in days, if there is one. */
  readonly lastUsedAge: string | null;
  /** What was used longest ago, or never, comes first. */
  readonly usedOrder: string;
  readonly severity: Finding['severity'];
  readonly severityRank: number;
  readonly severityLabel: string;
  /** Null: it is a problem as others are. */
  readonly stateLabel: string | null;
  readonly href: string;
  /** What the finding tells of and does not list; null: nothing. */
  readonly notListed: string | null;
}

/** A page of the largest account has to stay below 10 MB. */
const MOST_ROWS = 10_000;

/** What nobody uses as of an instant, by findings in their order; null: everything is in use, as far as it is known. */
export const unusedView = (
  findings: readonly Finding[],
  now: Instant,
  accountLabels: ReadonlyMap<string, string>,
): UnusedView | null => {
  const unused = unusedRows(findings);
  if (unused.length === 0) return null;
  const views = unused
    .slice(0, MOST_ROWS)
    .map((row, index) => rowView(row, { now, accountLabels, isLast: unused[index + 1]?.finding !== row.finding }));
  const [rows, otherRows] = wholeAndFolded(views);
  return {
    count: counted(unused.length, 'entry', 'entries'),
    rows,
    otherRows,
    otherRowsNote: foldedNote(views.length, 'row', 'unused-access.csv'),
    others: unused.length > MOST_ROWS ? counted(unused.length - MOST_ROWS, 'more entry', 'more entries') : null,
  };
};

interface RowSurroundings {
  readonly now: Instant;
  readonly accountLabels: ReadonlyMap<string, string>;
  /** Of its finding. */
  readonly isLast: boolean;
}

const UNKNOWN_USE = 'Not known';

const rowView = (
  { finding, access, lastUsed, notListed }: UnusedRow,
  { now, accountLabels, isLast }: RowSurroundings,
): UnusedRowView => {
  const { accountId, severity, outcome, subject, state } = finding;
  const accountLabel = accountLabels.get(accountId) ?? visibleText(accountId);
  const name = nameOfSubject(finding, accountLabel);
  const isSettled = state === 'suppressed' || state === 'not-evaluated';
  return {
    name,
    nameOrder: `${name.toLowerCase()} ${subject.part ?? ''} ${access}`,
    typeLabel: nameInWords(subject.type),
    part: subject.part === null ? null : visibleText(subject.part),
    accountLabel,
    access: access === '' ? null : visibleText(access),
    title: visibleText(finding.title),
    accessOrder: visibleText(access === '' ? ` ${finding.title}` : access),
    ...useOf(outcome === 'unknown' ? UNKNOWN_USE : lastUsed, now),
    severity,
    severityRank: SEVERITIES.indexOf(severity),
    severityLabel: outcome === 'unknown' ? 'Unknown' : capitalized(severity),
    stateLabel: isSettled ? stateLabel(state) : null,
    href: `#${findingAnchor(finding.key)}`,
    notListed: isLast && notListed > 0 ? counted(notListed, 'more', 'more') : null,
  };
};

const useOf = (
  used: JsonValue | undefined,
  now: Instant,
): Pick<UnusedRowView, 'lastUsed' | 'lastUsedAge' | 'usedOrder'> => {
  if (used === null) return { lastUsed: 'No use on record', lastUsedAge: null, usedOrder: '' };
  const instant = typeof used === 'string' ? parseInstant(used) : null;
  if (!instant?.ok) return { lastUsed: used === UNKNOWN_USE ? used : '', lastUsedAge: null, usedOrder: '~' };
  return {
    lastUsed: dayInWords(instant.value),
    lastUsedAge: `${counted(daysBetween(instant.value, now), 'day')} ago`,
    usedOrder: instant.value,
  };
};
