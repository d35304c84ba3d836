import type { AuditReport } from '../finding/audit-report.ts';
import type { SuppressionStatus } from '../finding/suppression.ts';

/** What a report says of one of its accounts. */
export const reportOfAccount = (report: AuditReport, accountId: string): AuditReport => {
  const isIts = (row: { readonly accountId: string | null }): boolean => row.accountId === accountId;
  const isOfIts = ({ arn }: { readonly arn: string }): boolean => arn.split(':')[4] === accountId;
  const findings = report.findings.filter(isIts);
  return {
    ...report,
    accounts: report.accounts.filter(isIts),
    principals: report.principals.filter(isOfIts),
    findings,
    ...(report.expected && { expected: report.expected.filter(isIts) }),
    ...(report.escalationCuts && { escalationCuts: report.escalationCuts.filter(isIts) }),
    ...(report.analyzer && { analyzer: report.analyzer.filter(isIts) }),
    ...(report.access && { access: report.access.filter(isOfIts) }),
    ...(report.controls && { controls: report.controls.filter(isIts) }),
    ...(report.controlEvidence && { controlEvidence: report.controlEvidence.filter(isIts) }),
    ...(report.policies && { policies: report.policies.filter(isIts) }),
    ...(report.populations && { populations: report.populations.filter(isIts) }),
    ...(report.credentialReport && { credentialReport: report.credentialReport.filter(isOfIts) }),
    ...(report.changes && { changes: report.changes.filter(isIts) }),
    ...(report.comparisons && { comparisons: report.comparisons.filter(isIts) }),
    ...(report.suppressions && {
      suppressions: suppressionsAbout(report.suppressions, new Set(findings.map(({ key }) => key))),
    }),
  };
};

/** Entries that are about an account's findings; those about nothing are told where all accounts are. */
const suppressionsAbout = (
  statuses: readonly SuppressionStatus[],
  keys: ReadonlySet<string>,
): readonly SuppressionStatus[] =>
  statuses
    .map((status) => ({ ...status, matches: status.matches.filter(({ key }) => keys.has(key)) }))
    .filter(({ matches }) => matches.length > 0);

/** The name of the page of one of several accounts. */
export const accountPage = (accountId: string): string => `account-${accountId}.html`;
