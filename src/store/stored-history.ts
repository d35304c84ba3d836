import type { HistoryStore } from '../ports/history-store.ts';
import type { HistoryDatabase } from './history-database.ts';
import { findingsOfRun } from './past-findings.ts';
import { auditBefore, snapshotFiles } from './past-snapshot.ts';
import { recordRun } from './record-run.ts';
import { recordedRuns, removedRuns } from './recorded-runs.ts';
import { retainRuns } from './retain-runs.ts';
import { nightsIn } from './stored-nights.ts';
import { outboxIn } from './stored-outbox.ts';

/** The history that a database keeps. */
export const historyIn = (database: HistoryDatabase): HistoryStore => {
  const { db, asWriter, close } = database;
  return {
    record: (run, lives, news) => asWriter((transaction) => recordRun(transaction, run, lives, news)),
    outbox: outboxIn(database),
    nights: nightsIn(database),
    runs: () => recordedRuns(db),
    findings: (runId) => findingsOfRun(db, runId),
    snapshot: (runId, accountId) => snapshotFiles(db, runId, accountId),
    previous: async (accountId, before, except) => {
      const runId = await auditBefore(db, accountId, before, except);
      return runId === null ? null : { runId, files: await snapshotFiles(db, runId, accountId) };
    },
    retain: (limits) => retainRuns(database, limits),
    removals: () => removedRuns(db),
    close,
  };
};
