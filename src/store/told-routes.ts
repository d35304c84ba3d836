import type { Kysely } from 'kysely';
import type { Alert } from '../finding/alert.ts';
import { GONE, type News, type Told } from '../finding/told.ts';
import type { Instant } from '../kernel/time.ts';
import { chunksOf } from './chunks.ts';
import { parseAlert, printAlert } from './stored-alert.ts';
import { storedInstant } from './stored-finding.ts';
import type { Tables } from './tables.ts';

/** What the routes were told of these accounts, and of none. */
export const toldBefore = async (db: Kysely<Tables>, accountIds: readonly string[]): Promise<readonly Told[]> => {
  const rows = await db
    .selectFrom('told')
    .selectAll()
    .where('account_id', 'in', [...accountIds, ''])
    .orderBy('route')
    .orderBy('key')
    .execute();
  return rows.map(({ route, key, account_id, stance, as_of, told_at }) => ({
    route,
    key,
    accountId: account_id,
    stance,
    asOf: storedInstant.parse(as_of),
    toldAt: storedInstant.parse(told_at),
  }));
};

/** Queues what the routes are to be told, and remembers what they know then. */
export const tellRoutes = async (db: Kysely<Tables>, { alerts, held, told, at }: News): Promise<void> => {
  await queueAlerts(db, alerts, at);
  if (held !== undefined) await queueAlerts(db, held.alerts, at, await stateOfHeld(db, held.nightId));
  for (const rows of chunksOf(told)) {
    await db
      .insertInto('told')
      .values(rows.map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['route', 'key']).doUpdateSet(({ ref }) => ({
          account_id: ref('excluded.account_id'),
          stance: ref('excluded.stance'),
          as_of: ref('excluded.as_of'),
          told_at: ref('excluded.told_at'),
        })),
      )
      .execute();
  }
};

const toRow = ({ route, key, accountId, stance, asOf, toldAt }: Told): Tables['told'] => ({
  route,
  key,
  account_id: accountId,
  stance,
  as_of: asOf,
  told_at: toldAt,
});

/** The state of what is held back until a night ends. */
const heldFor = (nightId: string): string => `held ${nightId}`;

/** What comes when the night has ended waits for nothing. */
const stateOfHeld = async (db: Kysely<Tables>, nightId: string): Promise<string> => {
  const night = await db.selectFrom('nights').select('finished_at').where('id', '=', nightId).executeTakeFirst();
  return night?.finished_at === null ? heldFor(nightId) : 'waiting';
};

/** What the audits of a night have held back, which is nowhere from now on. */
export const takeHeld = async (db: Kysely<Tables>, nightId: string): Promise<readonly Alert[]> => {
  const held = await db
    .deleteFrom('alerts')
    .where('state', '=', heldFor(nightId))
    .returning(['number', 'body'])
    .execute();
  return held.toSorted((a, b) => a.number - b.number).map(({ body }) => parseAlert(body));
};

/** Queues alerts; one whose id was queued before is not queued again. */
export const queueAlerts = async (
  db: Kysely<Tables>,
  alerts: readonly Alert[],
  at: Instant,
  state = 'waiting',
): Promise<void> => {
  for (const some of chunksOf(alerts)) {
    await db
      .insertInto('alerts')
      .values(
        some.map((alert) => ({
          id: alert.id,
          route: alert.route,
          queued_at: at,
          state,
          settled_at: null,
          body: printAlert(alert),
        })),
      )
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
};

/** Removes alerts that were settled long ago, and what is known of what was over long ago. */
export const forgetAlerts = async (db: Kysely<Tables>, before: Instant): Promise<void> => {
  await db.deleteFrom('alerts').where('state', '!=', 'waiting').where('queued_at', '<', before).execute();
  await db.deleteFrom('told').where('stance', '=', GONE).where('told_at', '<', before).execute();
};
