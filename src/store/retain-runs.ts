import type { Kysely } from 'kysely';
import { addDays } from '../kernel/time.ts';
import type { RemovedRun, RetentionLimits } from '../ports/history-store.ts';
import { removeOrphans, takeLock } from './documents.ts';
import { storedInstant } from './stored-finding.ts';
import type { Tables } from './tables.ts';
import { forgetAlerts } from './told-routes.ts';

/** Removes audits beyond the limits within a transaction; an audit stays where it is the latest of an account. */
export const retainRuns = async (
  db: Kysely<Tables>,
  { now, maxAgeDays, maxRuns }: RetentionLimits,
): Promise<readonly RemovedRun[]> => {
  await takeLock(db);
  const oldest = addDays(now, -maxAgeDays);
  const removed = (await ranked(db)).flatMap(({ runId, startedAt, rank }): readonly RemovedRun[] => {
    if (rank === 0) return [];
    const reason = startedAt < oldest ? 'age' : rank >= maxRuns ? 'count' : null;
    return reason === null ? [] : [{ runId, startedAt: storedInstant.parse(startedAt), removedAt: now, reason }];
  });
  for (const { runId, startedAt, removedAt, reason } of removed) {
    await db.deleteFrom('runs').where('id', '=', runId).execute();
    await db
      .insertInto('removals')
      .values({ run_id: runId, started_at: startedAt, removed_at: removedAt, reason })
      .execute();
  }
  if (removed.length > 0) await removeOrphans(db);
  await forgetAlerts(db, oldest);
  return removed;
};

/** Each audit with its place among those of its accounts: 0 is the latest of one of them. */
const ranked = async (
  db: Kysely<Tables>,
): Promise<readonly { readonly runId: string; readonly startedAt: string; readonly rank: number }[]> => {
  const rows = await db
    .selectFrom('runs')
    .innerJoin('run_accounts', 'run_accounts.run_id', 'runs.id')
    .select(['runs.id', 'runs.started_at', 'run_accounts.account_id'])
    .orderBy('runs.started_at', 'desc')
    .orderBy('runs.id', 'desc')
    .execute();
  const counts = new Map<string, number>();
  const runs = new Map<string, { readonly runId: string; readonly startedAt: string; readonly rank: number }>();
  for (const { id, started_at, account_id } of rows) {
    const rank = counts.get(account_id) ?? 0;
    counts.set(account_id, rank + 1);
    runs.set(id, { runId: id, startedAt: started_at, rank: Math.min(rank, runs.get(id)?.rank ?? rank) });
  }
  return [...runs.values()];
};
