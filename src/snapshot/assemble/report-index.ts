import type { Arn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CredentialReport, CredentialReportRow } from '../account-snapshot.ts';
import { type Collected, type CollectionGap, known, missing } from '../collected.ts';
import { parseCredentialReport } from '../credential-report.ts';
import { ROOT_ROW } from '../credential-report-cells.ts';
import type { SnapshotDocuments } from '../snapshot-documents.ts';
import type { GapBook } from './gap-book.ts';

/** The credential report, by whom its rows are about. */
export interface ReportIndex {
  readonly report: Collected<CredentialReport>;
  readonly rootRow: Collected<CredentialReportRow>;
  /** The row of a user, or why there is none. */
  rowOf(user: { readonly arn: string; readonly createDate: Instant }): Collected<CredentialReportRow>;
}

const ACTION = 'iam:GetCredentialReport';

/** Reads the credential report, if there is one. One that cannot be read is a gap. */
export const indexCredentialReport = (
  { credentialReport }: SnapshotDocuments,
  gaps: GapBook,
  account: { readonly rootArn: Arn; readonly generatedTime: Instant },
): ReportIndex => {
  const unreadable = (gap: CollectionGap): ReportIndex => {
    const none = missing(gap);
    return { report: none, rootRow: none, rowOf: () => none };
  };
  const { rootArn, generatedTime } = account;
  if (credentialReport === undefined) return unreadable(gaps.ofSource('credential-report'));
  const failed = (detail: string, subject: string | null) =>
    gaps.add({ source: 'credential-report', action: ACTION, reason: 'failed', detail, subject });
  const rows = parseCredentialReport(credentialReport);
  if (!rows.ok) return unreadable(failed(rows.error[0]?.message ?? 'the credential report cannot be read', null));

  const wrap = (row: CredentialReportRow) => known(row, 'credential-report', generatedTime);
  const byArn = new Map(rows.value.map((row) => [row.arn, row]));
  const rootRow = rows.value.find(({ user }) => user === ROOT_ROW);
  return {
    report: known({ generatedTime, rows: rows.value }, 'credential-report', generatedTime),
    rootRow: rootRow ? wrap(rootRow) : missing(failed('the credential report has no row for the root user', rootArn)),
    rowOf: ({ arn, createDate }) => {
      const row = byArn.get(arn);
      // A user made after the report was is not the one of that name whom the report had seen.
      if (row !== undefined && createDate <= generatedTime) return wrap(row);
      const detail = `the credential report of ${generatedTime} has no row for ${arn}, created ${createDate}`;
      return missing(failed(detail, arn));
    },
  };
};
