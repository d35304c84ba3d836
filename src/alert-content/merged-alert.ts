import { type Alert, type AlertGap, type AlertItem, NOTICE_KINDS, type NoticeKind } from '../finding/alert.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { alertId } from './alert-id.ts';

/** The sentences of other notices name their accounts, or are about none. */
const SAYS_NOT_WHOSE: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['administrator', 'gap-ended']);

/**
 * Several alerts of a route as one: each finding once, as it was told last, and the worst first. The same alerts give the same
 * id, so that a message sent twice is one. Needs at least one alert.
 */
export const mergedAlert = (alerts: readonly Alert[]): Alert => {
  const [first, ...others] = alerts;
  if (first === undefined) throw new Error('nothing to merge');
  if (others.length === 0) return first;
  const last = others.at(-1) ?? first;
  const accounts = new Set(alerts.map(({ account }) => account?.id ?? null));
  const told = alerts.flatMap(({ accountIds, account }) => accountIds ?? account?.id ?? []);
  /** Whose something is, where that is not said by all that is told. */
  const whose = ({ account }: Alert): Pick<AlertGap, 'account'> =>
    accounts.size > 1 && account !== null ? { account } : {};
  const items = new Map<string, AlertItem>();
  for (const alert of alerts) {
    for (const item of alert.items) {
      const before = items.get(item.key);
      // What became worse on the day after it was found is news as a whole.
      const transition = before?.transition === 'new' && item.transition === 'worsened' ? 'new' : item.transition;
      items.delete(item.key);
      items.set(item.key, { ...item, ...whose(alert), transition });
    }
  }
  const failures = alerts.flatMap(({ failure }) => failure ?? []);
  return {
    ...last,
    id: alertId([first.route, 'digest', ...alerts.map(({ id }) => id).sort()]),
    account: accounts.size === 1 ? first.account : null,
    ...(alerts.some(({ accountIds }) => accountIds !== undefined) && { accountIds: [...new Set(told)] }),
    runId: alerts.every(({ runId }) => runId === first.runId) ? first.runId : null,
    sinceBaseline: alerts.every(({ sinceBaseline }) => sinceBaseline),
    items: [...items.values()].toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    gaps: alerts.flatMap((alert) => alert.gaps.map((gap) => ({ ...gap, ...whose(alert) }))),
    notices: alerts
      .flatMap((alert) =>
        alert.notices.map((notice) => (SAYS_NOT_WHOSE.has(notice.kind) ? { ...notice, ...whose(alert) } : notice)),
      )
      .toSorted((a, b) => NOTICE_KINDS.indexOf(a.kind) - NOTICE_KINDS.indexOf(b.kind)),
    failure: failures.length === 0 ? null : [...new Set(failures)].join('; '),
    link: last.link,
    ...reportsOf(alerts),
  };
};

/** Each directory of reports once: what is about all accounts together first, and then the latest first. */
const reportsOf = (alerts: readonly Alert[]): Pick<Alert, 'reports'> => {
  const reports = new Map(
    alerts.flatMap(({ reports: told = [] }) => told).map((one) => [`${one.runId} ${one.directory}`, one] as const),
  );
  const latest = [...reports.values()].toSorted(
    (a, b) => Number(b.group !== undefined) - Number(a.group !== undefined) || (a.runId < b.runId ? 1 : -1),
  );
  return latest.length === 0 ? {} : { reports: latest };
};
