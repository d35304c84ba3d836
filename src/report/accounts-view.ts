import type { AuditReport } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { accountLabel } from './coverage-view.ts';
import { groupsOf } from './finding-groups.ts';
import { accountPage } from './report-of-account.ts';
import { visibleText } from './visible-text.ts';
import { counted, numberInWords } from './words.ts';

/** The accounts of a report, those with the worst findings first. */
export interface AccountsView {
  readonly count: string;
  readonly rows: readonly AccountRow[];
}

interface AccountRow {
  readonly label: string;
  readonly accountId: string;
  /** The account's own page. */
  readonly href: string;
  readonly complete: boolean;
  readonly cells: readonly { readonly severity: Severity; readonly count: string; readonly none: boolean }[];
  readonly fresh: string;
  readonly administrators: string;
  readonly escalating: string;
}

/** What each account comes to, as a table; null where there is but one. */
export const accountsView = (report: AuditReport): AccountsView | null => {
  const { accounts, findings, principals } = report;
  if (accounts.length < 2) return null;
  const { problems } = groupsOf(findings);
  const rows = accounts.map((account) => {
    const own = problems.filter(({ accountId }) => accountId === account.accountId);
    const theirs = principals.filter(({ arn }) => arn.split(':')[4] === account.accountId);
    const counts = SEVERITIES.map((severity) => own.filter((finding) => finding.severity === severity).length);
    return { account, own, theirs, counts };
  });
  return {
    count: counted(accounts.length, 'account'),
    rows: rows.sort(byCounts).map(({ account, own, theirs, counts }) => ({
      label: accountLabel(account),
      accountId: visibleText(account.accountId),
      href: accountPage(account.accountId),
      complete: account.complete,
      cells: SEVERITIES.map((severity, index) => ({
        severity,
        count: numberInWords(counts[index] ?? 0),
        none: counts[index] === 0,
      })),
      fresh: numberInWords(own.filter(({ state }) => state === 'new' || state === 'reopened').length),
      administrators: numberInWords(theirs.filter(({ administrator }) => administrator === 'yes').length),
      escalating: numberInWords(theirs.filter(({ escalates }) => escalates !== 'no').length),
    })),
  };
};

/** The one with more of the worst comes first. */
const byCounts = (
  left: { readonly counts: readonly number[] },
  right: { readonly counts: readonly number[] },
): number => {
  const different = left.counts.findIndex((count, index) => count !== right.counts[index]);
  return different < 0 ? 0 : (right.counts[different] ?? 0) - (left.counts[different] ?? 0);
};
