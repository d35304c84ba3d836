import type { Finding } from '../finding/audit-report.ts';
import type { SuppressionStatus, SuppressionVerdict } from '../finding/suppression.ts';
import { ACCOUNT_ID_MEANING, type Column, defineTable, RUN_ID } from './table.ts';

/** An entry of a suppression file, and one of the findings that it is about; null: there is none. */
interface SuppressionRow {
  readonly status: SuppressionStatus;
  readonly verdict: SuppressionVerdict | 'matches-nothing';
  readonly finding: Finding | null;
}

const FILE = 'suppression file';

const COLUMNS: readonly Column<SuppressionRow>[] = [
  [
    'status',
    ({ verdict }) => verdict,
    'word',
    'what becomes of the finding by the entry; `matches-nothing`: there is none',
  ],
  ['severity', ({ finding }) => finding?.severity ?? '', 'word', 'how bad the finding is'],
  ['summary', ({ finding }) => finding?.summary ?? '', 'text', 'the finding in a sentence'],
  ['reason', ({ status }) => status.rule.reason, 'word', 'why it is accepted, by one of a few reasons', FILE],
  ['justification', ({ status }) => status.rule.justification, 'text', 'why it is accepted, in words', FILE],
  ['owner', ({ status }) => status.rule.owner, 'text', 'who answers for the acceptance', FILE],
  ['approver', ({ status }) => status.rule.approver, 'text', 'who approved it', FILE],
  ['ticket', ({ status }) => status.rule.ticket ?? '', 'text', 'where it is written down', FILE],
  ['created', ({ status }) => status.rule.created?.slice(0, 10) ?? '', 'date', 'when it was accepted', FILE],
  ['expires', ({ status }) => status.rule.expires.slice(0, 10), 'date', 'until when it is accepted', FILE],
  [
    'days_left',
    ({ status }) => String(status.daysLeft),
    'number',
    'days until then, from the audit; after it, days since with a minus, which an apostrophe keeps from being a formula',
  ],
  ['check_id', ({ status }) => status.rule.check, 'text', 'the check whose findings are accepted', FILE],
  ['principal', ({ status }) => status.rule.principal ?? '', 'text', 'of whom', FILE],
  ['resource', ({ status }) => status.rule.resource ?? '', 'text', 'of what', FILE],
  ['account_id', ({ status, finding }) => finding?.accountId ?? status.rule.account ?? '', 'text', ACCOUNT_ID_MEANING],
  ['part', ({ status }) => status.rule.part ?? '', 'text', 'of which part of it', FILE],
  [
    'glob',
    ({ status }) => String(status.rule.glob),
    'boolean',
    'whether `*` and `?` in the entry stand for any characters',
    FILE,
  ],
  [
    'pin',
    ({ status }) => status.rule.pin ?? '',
    'text',
    'hash of the evidence that was accepted: other evidence is not',
    FILE,
  ],
  ['file', ({ status }) => status.rule.file, 'text', 'the file of the entry', FILE],
  ['line', ({ status }) => String(status.rule.line), 'number', 'the line of the entry', FILE],
  ['subject_arn', ({ finding }) => finding?.subject.arn ?? '', 'text', 'ARN of what the finding is about'],
  ['finding_key', ({ finding }) => finding?.key ?? '', 'text', '`key` of the finding in findings.csv'],
  RUN_ID,
];

/** `suppressions.csv`: a row for each finding that an entry of a suppression file is about, and one for an entry that is about none. */
export const suppressionsTable = defineTable({
  file: 'suppressions.csv',
  row: 'a finding that an entry of a suppression file is about, or an entry that is about none',
  columns: COLUMNS,
  rows: ({ suppressions, findings }) => {
    const byKey = new Map(findings.map((finding) => [finding.key, finding]));
    return suppressions?.flatMap((status) => rowsOf(status, byKey)) ?? null;
  },
});

const rowsOf = (status: SuppressionStatus, byKey: ReadonlyMap<string, Finding>): readonly SuppressionRow[] =>
  status.matches.length === 0
    ? [{ status, verdict: 'matches-nothing', finding: null }]
    : status.matches.map(({ key, verdict }) => ({ status, verdict, finding: byKey.get(key) ?? null }));
