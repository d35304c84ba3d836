import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { SuppressionStatus, SuppressionVerdict } from '../finding/suppression.ts';
import { type Column, table } from './csv.ts';

/** An entry of a suppression file, and one of the findings that it is about; null: there is none. */
interface SuppressionRow {
  readonly status: SuppressionStatus;
  readonly verdict: SuppressionVerdict | 'matches-nothing';
  readonly finding: Finding | null;
}

// Users script against names and order: new columns go to the end, none ever moves.
const COLUMNS: readonly Column<SuppressionRow>[] = [
  ['status', ({ verdict }) => verdict],
  ['severity', ({ finding }) => finding?.severity ?? ''],
  ['summary', ({ finding }) => finding?.summary ?? ''],
  ['reason', ({ status }) => status.rule.reason],
  ['justification', ({ status }) => status.rule.justification],
  ['owner', ({ status }) => status.rule.owner],
  ['approver', ({ status }) => status.rule.approver],
  ['ticket', ({ status }) => status.rule.ticket ?? ''],
  ['created', ({ status }) => status.rule.created?.slice(0, 10) ?? ''],
  ['expires', ({ status }) => status.rule.expires.slice(0, 10)],
  ['days_left', ({ status }) => String(status.daysLeft)],
  ['check_id', ({ status }) => status.rule.check],
  ['principal', ({ status }) => status.rule.principal ?? ''],
  ['resource', ({ status }) => status.rule.resource ?? ''],
  ['account_id', ({ status, finding }) => finding?.accountId ?? status.rule.account ?? ''],
  ['part', ({ status }) => status.rule.part ?? ''],
  ['glob', ({ status }) => String(status.rule.glob)],
  ['pin', ({ status }) => status.rule.pin ?? ''],
  ['file', ({ status }) => status.rule.file],
  ['line', ({ status }) => String(status.rule.line)],
  ['subject_arn', ({ finding }) => finding?.subject.arn ?? ''],
  ['finding_key', ({ finding }) => finding?.key ?? ''],
];

/** The text of `suppressions.csv`: a row for each finding that an entry of a suppression file is about, and one for an entry that is about none. */
export const suppressionsCsv = ({ suppressions = [], findings }: AuditReport): string => {
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  return table(
    COLUMNS,
    suppressions.flatMap((status): readonly SuppressionRow[] =>
      status.matches.length === 0
        ? [{ status, verdict: 'matches-nothing', finding: null }]
        : status.matches.map(({ key, verdict }) => ({ status, verdict, finding: byKey.get(key) ?? null })),
    ),
  );
};
