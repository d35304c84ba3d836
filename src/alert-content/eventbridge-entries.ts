import type { Alert } from '../finding/alert.ts';
import { alertJson, itemMembers } from './alert-json.ts';
import { digestOf } from './digest.ts';

/** An event of Amazon EventBridge, without its bus and time. */
export interface EventBridgeEntry {
  readonly source: 'vigil';
  /** `Vigil Alert`: the whole of it, which counts the findings; `Vigil Finding`: one of them. */
  readonly detailType: 'Vigil Alert' | 'Vigil Finding';
  readonly detail: string;
  readonly resources: readonly string[];
}

// EventBridge takes 256 KB an entry and a call of ten: a call of ten such entries stays below it.
const MOST_ITEMS = 200;
const MOST_ALERT_BYTES = 60_000;
const MOST_FINDING_BYTES = 20_000;

/** An alert as events: one of the whole, then one a finding, so that a rule can match on a finding's own members. */
export const eventBridgeEntries = (alert: Alert): readonly EventBridgeEntry[] => [
  {
    source: 'vigil',
    detailType: 'Vigil Alert',
    detail: alertJson(alert, { mostItems: 10, mostBytes: MOST_ALERT_BYTES }),
    resources: [],
  },
  ...digestOf(alert, MOST_ITEMS).shown.map((item) => ({
    source: 'vigil' as const,
    detailType: 'Vigil Finding' as const,
    detail: bounded({
      alertId: alert.id,
      test: alert.test,
      account: item.account ?? alert.account,
      runId: alert.runId,
      ...itemMembers(item),
    }),
    resources: [item.who.arn],
  })),
];

const bounded = (finding: ReturnType<typeof itemMembers> & Readonly<Record<string, unknown>>): string => {
  const detail = JSON.stringify(finding);
  if (detail.length * 2 <= MOST_FINDING_BYTES) return detail;
  return JSON.stringify({ ...finding, summary: finding.summary.slice(0, 1000), why: [], mend: [] });
};
