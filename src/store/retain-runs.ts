import type { Kysely } from 'kysely';
import { addDays } from '../kernel/time.ts';
import type { RemovedRun, RetentionLimits } from '../ports/history-store.ts';
import { chunksOf } from './chunks.ts';
import { removeOrphans } from './documents.ts';
import { forgetRuns } from './forget-runs.ts';
import type { HistoryDatabase } from './history-database.ts';
import { storedInstant } from './stored-finding.ts';
import { forgetNights } from './stored-nights.ts';
import type { Tables } from './tables.ts';
import { forgetAlerts } from './told-routes.ts';

/** Removes audits beyond the limits; an audit stays where it is the latest of an account. */
export const retainRuns = async (
  { db, asWriter }: HistoryDatabase,
  limits: RetentionLimits,
): Promise<readonly RemovedRun[]> => {
  // While others write: an audit that is beyond the limits stays so, whatever is added.
  const beyond = await runsBeyond(db, limits);
  return asWriter(async (transaction) => {
    const { runIds, documents } = await forgetRuns(
      transaction,
      beyond.map(({ runId }) => runId),
    );
    // Another process may have been first.
    const removed = beyond.filter(({ runId }) => runIds.has(runId));
    for (const runs of chunksOf(removed)) await transaction.insertInto('removals').values(runs.map(toRow)).execute();
    await removeOrphans(transaction, documents);
    await forgetAlerts(transaction, oldestOf(limits));
    await forgetNights(transaction, oldestOf(limits));
    return removed;
  });
};

const oldestOf = ({ now, maxAgeDays }: RetentionLimits) => addDays(now, -maxAgeDays);

const toRow = ({ runId, startedAt, removedAt, reason }: RemovedRun): Tables['removals'] => ({
  run_id: runId,
  started_at: startedAt,
  removed_at: removedAt,
  reason,
});

/** The audits beyond the limits, the latest first. The latest of an account is its first, and an audit of several counts as the first that it is. */
const runsBeyond = async (db: Kysely<Tables>, limits: RetentionLimits): Promise<readonly RemovedRun[]> => {
  const oldest = oldestOf(limits);
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('runs')
        .innerJoin('run_accounts', 'run_accounts.run_id', 'runs.id')
        .select(({ fn }) => [
          'runs.id',
          'runs.started_at',
          fn
            .agg<number>('row_number')
            .over((over) =>
              over.partitionBy('run_accounts.account_id').orderBy('runs.started_at', 'desc').orderBy('runs.id', 'desc'),
            )
            .as('place'),
        ])
        .as('places'),
    )
    .select(({ fn }) => ['id', 'started_at', fn.min('place').as('place')])
    .groupBy(['id', 'started_at'])
    .having(({ fn }) => fn.min('place'), '>', 1)
    .having(({ or, eb, fn }) => or([eb('started_at', '<', oldest), eb(fn.min('place'), '>', limits.maxRuns)]))
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id, started_at }) => ({
    runId: id,
    startedAt: storedInstant.parse(started_at),
    removedAt: limits.now,
    reason: started_at < oldest ? 'age' : 'count',
  }));
};
