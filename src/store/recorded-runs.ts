import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { RecordedRun, RemovedRun } from '../ports/history-store.ts';
import { parseExpected } from './stored-expected.ts';
import { storedInstant, storedState } from './stored-finding.ts';
import type { Tables } from './tables.ts';

/** The audits remembered, the latest first. */
export const recordedRuns = async (db: Kysely<Tables>): Promise<readonly RecordedRun[]> => {
  const runs = await db.selectFrom('runs').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc').execute();
  const accounts = await db.selectFrom('run_accounts').selectAll().orderBy('account_id').execute();
  const states = await db.selectFrom('run_states').selectAll().orderBy('state').execute();
  const accountsOf = byRun(accounts);
  const statesOf = byRun(states);
  return runs.map((run) => ({
    id: run.id,
    startedAt: storedInstant.parse(run.started_at),
    finishedAt: storedInstant.parse(run.finished_at),
    vigilVersion: run.vigil_version,
    baselineRunId: run.baseline_run_id,
    accounts: (accountsOf.get(run.id) ?? []).map(({ account_id, alias, complete }) => ({
      accountId: account_id,
      alias,
      complete: complete === 1,
    })),
    expected: parseExpected(run.expected),
    states: Object.fromEntries(
      (statesOf.get(run.id) ?? []).map(({ state, findings }) => [storedState.parse(state), findings]),
    ),
  }));
};

const byRun = <Row extends { readonly run_id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> => {
  const rowsOf = new Map<string, Row[]>();
  for (const row of rows) {
    const known = rowsOf.get(row.run_id);
    if (known === undefined) rowsOf.set(row.run_id, [row]);
    else known.push(row);
  }
  return rowsOf;
};

const removalReason = z.enum(['age', 'count']);

/** What was removed over time, the latest first. */
export const removedRuns = async (db: Kysely<Tables>): Promise<readonly RemovedRun[]> => {
  const rows = await db
    .selectFrom('removals')
    .selectAll()
    .orderBy('removed_at', 'desc')
    .orderBy('started_at', 'desc')
    .orderBy('run_id', 'desc')
    .execute();
  return rows.map(({ run_id, started_at, removed_at, reason }) => ({
    runId: run_id,
    startedAt: storedInstant.parse(started_at),
    removedAt: storedInstant.parse(removed_at),
    reason: removalReason.parse(reason),
  }));
};
