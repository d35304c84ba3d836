import { Kysely, SqliteDialect } from 'kysely';
import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, RecordedRun, RemovedRun } from '../ports/history-store.ts';
import { oneWriterTo } from './one-writer.ts';
import { findingsOfRun } from './past-findings.ts';
import { auditBefore, snapshotFiles } from './past-snapshot.ts';
import { recordRun } from './record-run.ts';
import { retainRuns } from './retain-runs.ts';
import { openSqliteFile, toKyselyDatabase } from './sqlite-file.ts';
import { type AsWriter, outboxIn } from './sqlite-outbox.ts';
import { parseExpected } from './stored-expected.ts';
import { storedInstant, storedState } from './stored-finding.ts';
import type { Tables } from './tables.ts';

/** Opens the history in an SQLite file, made where there is none. The error is one line that names the file. */
export const openSqliteHistory = async (file: string): Promise<Result<HistoryStore, string>> => {
  try {
    const oneWriter = oneWriterTo(file);
    const database = toKyselyDatabase(await oneWriter(() => openSqliteFile(file)));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    return ok(historyIn(db, (write) => oneWriter(() => db.transaction().execute(write))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`history: \`${file}\` cannot be opened as a history database: ${reason}`);
  }
};

const historyIn = (db: Kysely<Tables>, asWriter: AsWriter): HistoryStore => ({
  record: (run, lives, news) => asWriter((transaction) => recordRun(transaction, run, lives, news)),
  outbox: outboxIn(db, asWriter),
  runs: () => recordedRuns(db),
  findings: (runId) => findingsOfRun(db, runId),
  snapshot: (runId, accountId) => snapshotFiles(db, runId, accountId),
  previous: async (accountId, before) => {
    const runId = await auditBefore(db, accountId, before);
    return runId === null ? null : { runId, files: await snapshotFiles(db, runId, accountId) };
  },
  retain: (limits) => asWriter((transaction) => retainRuns(transaction, limits)),
  removals: () => removedRuns(db),
  close: () => db.destroy(),
});

const recordedRuns = async (db: Kysely<Tables>): Promise<readonly RecordedRun[]> => {
  const runs = await db.selectFrom('runs').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc').execute();
  const accounts = await db.selectFrom('run_accounts').selectAll().orderBy('account_id').execute();
  const states = await db
    .selectFrom('findings')
    .select(({ fn }) => ['run_id', 'state', fn.countAll<number>().as('count')])
    .groupBy(['run_id', 'state'])
    .execute();
  return runs.map((run) => ({
    id: run.id,
    startedAt: storedInstant.parse(run.started_at),
    finishedAt: storedInstant.parse(run.finished_at),
    vigilVersion: run.vigil_version,
    baselineRunId: run.baseline_run_id,
    accounts: accounts
      .filter(({ run_id }) => run_id === run.id)
      .map(({ account_id, alias, complete }) => ({ accountId: account_id, alias, complete: complete === 1 })),
    expected: parseExpected(run.expected),
    states: Object.fromEntries(
      states.filter(({ run_id }) => run_id === run.id).map(({ state, count }) => [storedState.parse(state), count]),
    ),
  }));
};

const removalReason = z.enum(['age', 'count']);

const removedRuns = async (db: Kysely<Tables>): Promise<readonly RemovedRun[]> => {
  const rows = await db
    .selectFrom('removals')
    .selectAll()
    .orderBy('removed_at', 'desc')
    .orderBy('started_at', 'desc')
    .execute();
  return rows.map(({ run_id, started_at, removed_at, reason }) => ({
    runId: run_id,
    startedAt: storedInstant.parse(started_at),
    removedAt: storedInstant.parse(removed_at),
    reason: removalReason.parse(reason),
  }));
};
