import type { Kysely, Selectable } from 'kysely';
import type { AlertOutbox, QueuedAlert, RouteHealth, RouteQueue, RouteStanding } from '../ports/alert-outbox.ts';
import type { HistoryDatabase } from './history-database.ts';
import { parseAlert } from './stored-alert.ts';
import { storedInstant } from './stored-finding.ts';
import type { Tables } from './tables.ts';
import { queueAlerts } from './told-routes.ts';

/** The alerts on their way, in the history database. */
export const outboxIn = ({ db, asWriter }: HistoryDatabase): AlertOutbox => ({
  queue: (alerts, at) => asWriter((transaction) => queueAlerts(transaction, alerts, at)),
  claim: (route, lease) => asWriter((transaction) => claimRoute(transaction, route, lease)),
  settle: (route, settled) => asWriter((transaction) => settleRoute(transaction, route, settled)),
  release: (route, holder) => asWriter((transaction) => releaseRoute(transaction, route, holder)),
  standings: () => standingsOf(db),
});

const releaseRoute = async (db: Kysely<Tables>, route: string, holder: string): Promise<void> => {
  const free = { holder: null, held_until: null };
  await db.updateTable('alert_routes').set(free).where('route', '=', route).where('holder', '=', holder).execute();
};

type Claim = AlertOutbox['claim'];
type Settle = AlertOutbox['settle'];

const claimRoute = async (
  db: Kysely<Tables>,
  route: string,
  { holder, now, until }: Parameters<Claim>[1],
): Promise<RouteQueue | null> => {
  const row = await routeRow(db, route);
  if (isHeldByOther(row, holder, now)) return null;
  const held = { holder, held_until: until };
  await db
    .insertInto('alert_routes')
    .values({ ...row, ...held })
    .onConflict((conflict) => conflict.column('route').doUpdateSet(held))
    .execute();
  return { waiting: await waitingFor(db, route), health: healthOf(row) };
};

const settleRoute = async (
  db: Kysely<Tables>,
  route: string,
  { lease, delivered, dead, health, alerts }: Parameters<Settle>[1],
): Promise<boolean> => {
  for (const [ids, state] of [[delivered, 'delivered'] as const, [dead, 'dead'] as const]) {
    for (const id of ids) {
      await db.updateTable('alerts').set({ state, settled_at: lease.now }).where('id', '=', id).execute();
    }
  }
  await queueAlerts(db, alerts, lease.now);
  if (isHeldByOther(await routeRow(db, route), lease.holder, lease.now)) return false;
  const row = { ...rowOf(route, health), holder: lease.holder, held_until: lease.until };
  await db
    .insertInto('alert_routes')
    .values(row)
    .onConflict((conflict) => conflict.column('route').doUpdateSet(row))
    .execute();
  return true;
};

const standingsOf = async (db: Kysely<Tables>): Promise<readonly RouteStanding[]> => {
  const counts = await db
    .selectFrom('alerts')
    .select(({ fn }) => ['route', 'state', fn.countAll<number>().as('count')])
    .groupBy(['route', 'state'])
    .orderBy('route')
    .execute();
  const standings: RouteStanding[] = [];
  for (const route of new Set(counts.map((row) => row.route))) {
    const countOf = (state: string): number =>
      counts.find((row) => row.route === route && row.state === state)?.count ?? 0;
    standings.push({
      route,
      waiting: countOf('waiting') === 0 ? [] : await waitingFor(db, route),
      health: healthOf(await routeRow(db, route)),
      delivered: countOf('delivered'),
      dead: countOf('dead'),
    });
  }
  return standings;
};

const waitingFor = async (db: Kysely<Tables>, route: string): Promise<readonly QueuedAlert[]> => {
  const rows = await db
    .selectFrom('alerts')
    .select(['body', 'queued_at'])
    .where('route', '=', route)
    .where('state', '=', 'waiting')
    .orderBy('number')
    .execute();
  return rows.map(({ body, queued_at }) => ({ alert: parseAlert(body), queuedAt: storedInstant.parse(queued_at) }));
};

type RouteRow = Selectable<Tables['alert_routes']>;

const routeRow = async (db: Kysely<Tables>, route: string): Promise<RouteRow> =>
  (await db.selectFrom('alert_routes').selectAll().where('route', '=', route).executeTakeFirst()) ?? {
    route,
    failures: 0,
    failing_since: null,
    retry_at: null,
    dead_since: null,
    is_reported: 0,
    problem: null,
    last_delivery: null,
    holder: null,
    held_until: null,
  };

const isHeldByOther = ({ holder, held_until }: RouteRow, by: string, now: string): boolean =>
  holder !== null && holder !== by && held_until !== null && held_until > now;

const optionalInstant = storedInstant.nullable();

const healthOf = (row: RouteRow): RouteHealth => ({
  failures: row.failures,
  failingSince: optionalInstant.parse(row.failing_since),
  retryAt: optionalInstant.parse(row.retry_at),
  deadSince: optionalInstant.parse(row.dead_since),
  isReported: row.is_reported === 1,
  problem: row.problem,
  lastDelivery: optionalInstant.parse(row.last_delivery),
});

const rowOf = (route: string, health: RouteHealth) => ({
  route,
  failures: health.failures,
  failing_since: health.failingSince,
  retry_at: health.retryAt,
  dead_since: health.deadSince,
  is_reported: health.isReported ? 1 : 0,
  problem: health.problem,
  last_delivery: health.lastDelivery,
});
