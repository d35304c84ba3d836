import { deflateRawSync } from 'node:zlib';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../kernel/time.ts';
import type {
  AccountOfNight,
  AccountOutcome,
  LastAudit,
  Night,
  NightPlan,
  NightStanding,
  NightStore,
  PlannedAccount,
} from '../ports/night-store.ts';
import { chunksOf } from './chunks.ts';
import { documentText } from './documents.ts';
import type { HistoryDatabase } from './history-database.ts';
import { parseExpected } from './stored-expected.ts';
import { storedInstant } from './stored-finding.ts';
import type { Tables } from './tables.ts';
import { queueAlerts, takeHeld, tellRoutes, toldBefore } from './told-routes.ts';

/** The audits of many accounts that belong together, in the history database. */
export const nightsIn = ({ db, asWriter }: HistoryDatabase): NightStore => ({
  begin: (plan) => asWriter((transaction) => beginNight(transaction, plan)),
  read: (id) => readNight(db, id),
  account: (nightId, key) => readAccount(db, nightId, key),
  settle: (nightId, key, outcome) => asWriter((transaction) => settleAccount(transaction, { nightId, key }, outcome)),
  finish: (nightId, { finishedAt, expected, problem }, news) =>
    asWriter(async (transaction) => {
      await transaction
        .updateTable('nights')
        .set({ finished_at: finishedAt, expected: JSON.stringify(expected), problem })
        .where('id', '=', nightId)
        .execute();
      const accountIds = expected.flatMap(({ accountId }) => accountId ?? []);
      const held = await takeHeld(transaction, nightId);
      if (news === undefined) await queueAlerts(transaction, held, finishedAt);
      else await tellRoutes(transaction, news(await toldBefore(transaction, accountIds), held));
    }),
  standing: (id) => standingOf(db, id),
  before: async ({ group, startedAt }) => {
    const row = await db
      .selectFrom('nights')
      .select('id')
      .where('group_name', '=', group)
      .where('started_at', '<', startedAt)
      .where('finished_at', 'is not', null)
      .where('problem', 'is', null)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : readNight(db, row.id);
  },
  latest: async () => {
    const rows = await db
      .selectFrom('nights')
      .select(({ fn }) => ['group_name', fn.max('id').as('id')])
      .groupBy('group_name')
      .orderBy('group_name')
      .execute();
    const nights = await Promise.all(rows.map(({ id }) => standingOf(db, id)));
    return nights.filter((night) => night !== null);
  },
  lastAudits: (accountIds, before) => lastAudits(db, accountIds, before),
});

/** Removes nights that began before then; the last of a group stays. */
export const forgetNights = async (db: Kysely<Tables>, before: Instant): Promise<void> => {
  await db
    .deleteFrom('nights')
    .where('started_at', '<', before)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('nights as later')
          .select('later.id')
          .whereRef('later.group_name', '=', 'nights.group_name')
          .whereRef('later.id', '>', 'nights.id'),
      ),
    )
    .execute();
};

const beginNight = async (db: Kysely<Tables>, plan: NightPlan): Promise<NightPlan> => {
  const begun = await readNight(db, plan.id);
  if (begun !== null) return begun;
  const { id, group, startedAt, deadline, unread, accounts } = plan;
  await db
    .insertInto('nights')
    .values({ id, group_name: group, started_at: startedAt, deadline, unread: JSON.stringify(unread), ...UNFINISHED })
    .execute();
  for (const some of chunksOf(accounts)) {
    await db
      .insertInto('night_accounts')
      .values(some.map((account) => ({ night_id: id, key: account.key, plan: JSON.stringify(account), ...WAITING })))
      .execute();
  }
  return plan;
};

const UNFINISHED = { finished_at: null, expected: null, problem: null };
const WAITING = { state: 'waiting', account_id: null, run_id: null, reason: null, summary: null };

const settleAccount = async (
  db: Kysely<Tables>,
  { nightId, key }: { readonly nightId: string; readonly key: string },
  outcome: AccountOutcome,
): Promise<number> => {
  const row = db.updateTable('night_accounts').where('night_id', '=', nightId).where('key', '=', key);
  if (outcome.kind === 'audited') {
    const { accountId, run, summary } = outcome;
    const audited = { state: 'audited', account_id: accountId, run_id: run.id, reason: null };
    await row.set({ ...audited, summary: deflateRawSync(summary) }).execute();
  } else {
    await row.set({ state: 'failed', reason: outcome.reason }).where('state', '!=', 'audited').execute();
  }
  const { waiting } = await db
    .selectFrom('night_accounts')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('night_id', '=', nightId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return waiting;
};

const standingOf = async (db: Kysely<Tables>, id: string): Promise<NightStanding | null> => {
  const night = await db.selectFrom('nights').selectAll().where('id', '=', id).executeTakeFirst();
  if (night === undefined) return null;
  const accounts = db.selectFrom('night_accounts').where('night_id', '=', id);
  const counts = await accounts
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const failed = await accounts.select(['key', 'reason']).where('state', '=', 'failed').orderBy('key').execute();
  const countOf = (state: string): number => counts.find((row) => row.state === state)?.count ?? 0;
  return {
    ...headOf(night),
    waiting: countOf('waiting'),
    audited: countOf('audited'),
    failed: new Map(failed.map(({ key, reason }) => [key, reason ?? ''])),
  };
};

const headOf = (night: Tables['nights']): Pick<Night, 'id' | 'group' | 'startedAt' | 'deadline' | 'end'> => {
  const { id, group_name: group, started_at, deadline, finished_at, expected, problem } = night;
  const end = (finishedAt: string) => ({
    finishedAt: storedInstant.parse(finishedAt),
    expected: parseExpected(expected),
    problem,
  });
  return {
    id,
    group,
    startedAt: storedInstant.parse(started_at),
    deadline: storedInstant.parse(deadline),
    end: finished_at === null ? null : end(finished_at),
  };
};

const readNight = async (db: Kysely<Tables>, id: string): Promise<Night | null> => {
  const night = await db.selectFrom('nights').selectAll().where('id', '=', id).executeTakeFirst();
  if (night === undefined) return null;
  const rows = await accountRows(db, id).orderBy('key').execute();
  return {
    ...headOf(night),
    accounts: rows.map(({ plan }) => parsePlan(plan)),
    unread: parseExpected(night.unread),
    outcomes: new Map(
      rows.flatMap((row) => {
        const outcome = outcomeOf(row);
        return outcome === null ? [] : [[row.key, outcome]];
      }),
    ),
  };
};

const readAccount = async (db: Kysely<Tables>, nightId: string, key: string): Promise<AccountOfNight | null> => {
  const night = await db.selectFrom('nights').selectAll().where('id', '=', nightId).executeTakeFirst();
  const row = await accountRows(db, nightId).where('key', '=', key).executeTakeFirst();
  if (night === undefined || row === undefined) return null;
  const others = db.selectFrom('night_accounts').select('plan').where('night_id', '=', nightId).orderBy('key');
  const accounts = (await others.execute()).map(({ plan }) => parsePlan(plan));
  const { end, ...head } = headOf(night);
  return {
    night: { ...head, accounts, unread: parseExpected(night.unread) },
    plan: parsePlan(row.plan),
    outcome: outcomeOf(row),
    isOver: end !== null,
  };
};

const accountRows = (db: Kysely<Tables>, nightId: string) =>
  db
    .selectFrom('night_accounts')
    .leftJoin('runs', 'runs.id', 'night_accounts.run_id')
    .selectAll('night_accounts')
    .select(['runs.started_at', 'runs.finished_at'])
    .where('night_id', '=', nightId);

const plannedAccount: z.ZodType<PlannedAccount> = z.object({
  key: z.string(),
  accountId: z.string().nullable(),
  name: z.string().nullable(),
  group: z.string().nullable(),
  memberRole: z.string().nullable(),
  isListed: z.boolean(),
});

const parsePlan = (plan: string): PlannedAccount => plannedAccount.parse(JSON.parse(plan));

interface NightAccountRow extends Selectable<Tables['night_accounts']> {
  /** Of its audit; null: there is none, or it is forgotten. */
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

const outcomeOf = (row: NightAccountRow): AccountOutcome | null => {
  const { state, account_id: accountId, run_id: id, reason, summary, started_at, finished_at } = row;
  if (state === 'failed') return { kind: 'failed', reason: reason ?? '' };
  if (accountId === null || id === null || summary === null || started_at === null || finished_at === null) return null;
  const run = { id, startedAt: storedInstant.parse(started_at), finishedAt: storedInstant.parse(finished_at) };
  return { kind: 'audited', accountId, run, summary: documentText(summary) };
};

const lastAudits = async (
  db: Kysely<Tables>,
  accountIds: readonly string[],
  before: Instant,
): Promise<ReadonlyMap<string, LastAudit>> => {
  const last = new Map<string, LastAudit>();
  for (const ids of chunksOf(accountIds)) {
    const rows = await db
      .selectFrom('run_accounts')
      .innerJoin('runs', 'runs.id', 'run_accounts.run_id')
      .select(({ fn }) => ['run_accounts.account_id', fn.max('runs.id').as('run_id')])
      .where('run_accounts.account_id', 'in', ids)
      .where('runs.started_at', '<', before)
      .groupBy('run_accounts.account_id')
      .execute();
    const runs = await db
      .selectFrom('runs')
      .select(['id', 'started_at'])
      .where('id', 'in', [...rows.map(({ run_id }) => run_id), ''])
      .execute();
    const startedAt = new Map(runs.map((run) => [run.id, storedInstant.parse(run.started_at)]));
    for (const { account_id, run_id } of rows) {
      const at = startedAt.get(run_id);
      if (at !== undefined) last.set(account_id, { runId: run_id, startedAt: at });
    }
  }
  return last;
};
