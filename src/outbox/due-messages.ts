import { mergedAlert } from '../alert-content/merged-alert.ts';
import type { Alert } from '../finding/alert.ts';
import type { Instant } from '../kernel/time.ts';
import type { QueuedAlert, RouteStanding } from '../ports/alert-outbox.ts';
import { type DeliveryTimes, dueAt } from './delivery-times.ts';

/** What is sent at once: an alert, or several as one. */
export interface DueMessage {
  readonly alert: Alert;
  /** The ids of the alerts that it delivers. */
  readonly ids: readonly string[];
}

/** The messages that are due by now, those first that were queued first. */
export const dueMessages = (
  waiting: readonly QueuedAlert[],
  times: DeliveryTimes,
  now: Instant,
): readonly DueMessage[] => {
  const due = waiting.filter((queued) => dueAt(queued, times) <= now);
  if (times.digest === null) return due.map(({ alert }) => ({ alert, ids: [alert.id] }));
  // Those that were due at one time stay together when they are tried again, so that the message keeps its id.
  const together = new Map<Instant, QueuedAlert[]>();
  for (const queued of due) {
    const at = dueAt(queued, times);
    together.set(at, [...(together.get(at) ?? []), queued]);
  }
  return [...together.values()].map((queued) => ({
    alert: mergedAlert(queued.map(({ alert }) => alert)),
    ids: queued.map(({ alert }) => alert.id),
  }));
};

/** When something is to be delivered next; null: nothing waits for any of the routes. */
export const nextDelivery = (
  standings: readonly RouteStanding[],
  routes: readonly { readonly name: string; readonly times: DeliveryTimes }[],
): Instant | null => {
  const times = new Map(routes.map((route) => [route.name, route.times]));
  const next = standings.flatMap(({ route, waiting, health }) => {
    const known = times.get(route);
    const [first] = known === undefined ? [] : waiting.map((queued) => dueAt(queued, known)).sort();
    if (first === undefined) return [];
    return health.retryAt !== null && health.retryAt > first ? [health.retryAt] : [first];
  });
  return next.sort()[0] ?? null;
};
