import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { SOURCE_NAMES } from '../snapshot/collected.ts';

/** Compares by code units, so that the order does not depend on the reader's language. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const byFinding = (left: Finding, right: Finding): number =>
  SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
  byText(left.checkId, right.checkId) ||
  byText(left.subject.arn, right.subject.arn) ||
  byText(left.subject.part ?? '', right.subject.part ?? '') ||
  byText(left.key, right.key);

const orderedAccount = (account: AccountCoverage): AccountCoverage => ({
  ...account,
  coverage: [...account.coverage].sort(
    (left, right) => SOURCE_NAMES.indexOf(left.source) - SOURCE_NAMES.indexOf(right.source),
  ),
});

/**
 * The report in the order that every format keeps: accounts by id and their sources as `SOURCE_NAMES` lists them,
 * principals by ARN, findings from the worst, then by check, subject, part and key.
 */
export const inReportOrder = (report: AuditReport): AuditReport => ({
  ...report,
  accounts: report.accounts.map(orderedAccount).sort((left, right) => byText(left.accountId, right.accountId)),
  principals: [...report.principals].sort((left, right) => byText(left.arn, right.arn)),
  findings: [...report.findings].sort(byFinding),
});
