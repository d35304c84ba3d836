import { alertOfDeadRoute } from '../alert-content/alert-of-dead-route.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { QueuedAlert } from '../ports/alert-outbox.ts';
import { dueMessages, nextDelivery } from './due-messages.ts';
import { type DeliveredRoute, type DrainedRoute, type DrainInput, leaseFrom, RouteDelivery } from './route-delivery.ts';

/** What delivering came to. */
export interface Drained {
  readonly sent: number;
  /** The routes that something due could not be delivered to now. */
  readonly failed: readonly string[];
  /** When something is to be delivered next; null: nothing waits. */
  readonly nextAt: Instant | null;
}

/**
 * Delivers what is due, the routes side by side, each from its oldest alert on. At least once: an alert whose delivery could
 * not be written down is sent again with the same id. A route that is dead is told of through one that works.
 */
export const drainOutbox = async (input: DrainInput): Promise<Drained> => {
  const first = await Promise.all(input.routes.map((route) => drainRoute(route, input)));
  await giveUpOfNobody(input);
  const told = await reportDeadRoutes(input);
  const second = await Promise.all(told.map((route) => drainRoute(route, input)));
  return {
    sent: [...first, ...second].reduce((sum, { sent }) => sum + sent, 0),
    failed: input.routes.flatMap(({ name }, index) => (first[index]?.failed === true ? [name] : [])),
    nextAt: nextDelivery(await input.outbox.standings(), input.routes),
  };
};

const drainRoute = async (route: DrainedRoute, input: DrainInput): Promise<DeliveredRoute> => {
  const { outbox, holder } = input;
  const queue = await outbox.claim(route.name, leaseFrom(input));
  if (queue === null) {
    input.tell({ route: route.name, kind: 'busy' });
    return { sent: 0, failed: false };
  }
  try {
    const delivery = new RouteDelivery(route, input, queue.health);
    const now = input.clock.now();
    const expired = tooOld(queue.waiting, input);
    if (expired.length > 0) await delivery.giveUp(expired.map(({ alert }) => alert.id));
    const ready: QueuedAlert[] = [];
    for (const queued of queue.waiting) {
      if (!expired.includes(queued) && (await input.isReady(queued))) ready.push(queued);
    }
    return await delivery.deliver(dueMessages(ready, route.times, now));
  } finally {
    await outbox.release(route.name, holder);
  }
};

const tooOld = (waiting: readonly QueuedAlert[], { clock, patience }: DrainInput): readonly QueuedAlert[] => {
  const oldest = addDays(clock.now(), -patience.giveUpAfterDays);
  return waiting.filter(({ queuedAt }) => queuedAt <= oldest);
};

/** Gives up what waits too long for routes that are no longer configured. */
const giveUpOfNobody = async (input: DrainInput): Promise<void> => {
  const { outbox, routes, tell } = input;
  const known = new Set(routes.map(({ name }) => name));
  for (const { route, waiting, health } of await outbox.standings()) {
    const dead = tooOld(waiting, input).map(({ alert }) => alert.id);
    if (known.has(route) || dead.length === 0) continue;
    await outbox.settle(route, { lease: leaseFrom(input), delivered: [], dead, health, alerts: [] });
    await outbox.release(route, input.holder);
    tell({ route, kind: 'given-up', count: dead.length, why: 'age' });
  }
};

/** Tells of each dead route, once an outage, through another that works; gives the routes that have something to tell now. */
const reportDeadRoutes = async (input: DrainInput): Promise<readonly DrainedRoute[]> => {
  const { outbox, routes, tell } = input;
  const standings = new Map((await outbox.standings()).map((standing) => [standing.route, standing]));
  const works = ({ name }: DrainedRoute): boolean => (standings.get(name)?.health.failures ?? 0) === 0;
  const told = new Set<DrainedRoute>();
  for (const { name } of routes) {
    const { health, waiting } = standings.get(name) ?? {};
    if (health === undefined || health.deadSince === null || health.isReported) continue;
    const working = routes.filter(works);
    const other = working.find(({ times }) => times.digest === null) ?? working[0];
    const outage = { route: name, since: health.deadSince, problem: health.problem ?? '' };
    tell({ ...outage, kind: 'dead', toldTo: other?.name ?? null });
    if (other === undefined) continue;
    const lease = leaseFrom(input);
    if ((await outbox.claim(name, lease)) === null) continue;
    const alert = alertOfDeadRoute({ ...outage, waiting: waiting?.length ?? 0 }, other.name, lease.now);
    await outbox.settle(name, {
      lease,
      delivered: [],
      dead: [],
      health: { ...health, isReported: true },
      alerts: [alert],
    });
    await outbox.release(name, lease.holder);
    told.add(other);
  }
  return [...told];
};
