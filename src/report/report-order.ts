import type { AccountCoverage, AuditReport } from '../finding/audit-report.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { compareText } from '../kernel/compare-text.ts';
import { SOURCE_NAMES } from '../snapshot/collected.ts';

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
  accounts: report.accounts.map(orderedAccount).sort((left, right) => compareText(left.accountId, right.accountId)),
  principals: [...report.principals].sort((left, right) => compareText(left.arn, right.arn)),
  findings: [...report.findings].sort(compareFindings),
  ...(report.escalationCuts && {
    // Those that close most come first within an account.
    escalationCuts: [...report.escalationCuts].sort((left, right) => compareText(left.accountId, right.accountId)),
  }),
  // Those of one account come in an order of their own.
  ...(report.analyzer && {
    analyzer: [...report.analyzer].sort((left, right) => compareText(left.accountId, right.accountId)),
  }),
  // Those of one account come by kind and subject.
  ...(report.changes && {
    changes: [...report.changes].sort((left, right) => compareText(left.accountId, right.accountId)),
  }),
  ...(report.comparisons && {
    comparisons: [...report.comparisons].sort((left, right) => compareText(left.accountId, right.accountId)),
  }),
});
