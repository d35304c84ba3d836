import type { Alert } from '../finding/alert.ts';
import type { AccountCoverage, AuditReport } from '../finding/audit-report.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { alertId } from './alert-id.ts';
import { gapsOf, isOfRoute, isWanted, type RouteFilter, toldItem, transitionOf } from './told-item.ts';

/**
 * What a route is told after an audit by the audit alone, an alert for each account of which there is something to tell:
 * where no history knows what was told before.
 */
export const alertsOfReport = (report: AuditReport, route: RouteFilter, link: string | null): readonly Alert[] =>
  report.accounts
    .filter(({ accountId }) => isWanted(route.accounts, accountId))
    .map((account) => alertOfAccount(report, account, route, link))
    .filter(({ items, gaps }) => items.length > 0 || gaps.length > 0);

/** What a route is told where an account could not be audited at all. */
export const alertOfFailure = (reason: string, route: Pick<RouteFilter, 'name'>, at: Alert['at']): Alert => ({
  id: alertId([route.name, 'failure', reason, at]),
  route: route.name,
  test: false,
  account: null,
  runId: null,
  at,
  sinceBaseline: false,
  items: [],
  gaps: [],
  notices: [],
  failure: reason,
  link: null,
});

const alertOfAccount = (
  { run, findings }: AuditReport,
  account: AccountCoverage,
  route: RouteFilter,
  link: string | null,
): Alert => {
  const sinceBaseline = run.baselineRunId !== null;
  const items = findings
    .filter((finding) => finding.accountId === account.accountId && isOfRoute(route, finding))
    .toSorted(compareFindings)
    .flatMap((finding) => {
      const transition = transitionOf(finding, sinceBaseline);
      if (transition === null || (transition === 'resolved' && !route.resolved)) return [];
      return [toldItem(finding, transition, { account, link })];
    });
  const gaps = route.gaps ? gapsOf(account) : [];
  return {
    id: alertId([route.name, account.accountId, run.id, ...items.map(({ key, transition }) => `${transition} ${key}`)]),
    route: route.name,
    test: false,
    account: { id: account.accountId, alias: account.alias },
    runId: run.id,
    at: run.finishedAt,
    sinceBaseline,
    items,
    gaps,
    notices: [],
    failure: null,
    link,
  };
};
