import type { Kysely } from 'kysely';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Progress } from '../ports/progress.ts';
import type { HistoryDatabase } from './history-database.ts';
import { type AnyTables, byName, type HistorySource, type StoredRows } from './history-source.ts';
import { TABLES } from './migrations.ts';

/** How many rows were copied of each table. */
export type CopiedRows = ReadonlyMap<string, number>;

/** Why nothing was copied: the target holds something already, or a database failed. */
export type CopyProblem = { readonly kind: 'not-empty' } | { readonly kind: 'failed'; readonly reason: string };

// So many are held easily, also of the largest documents, about a megabyte each.
const ROWS_AT_ONCE = 30;

/** Copies all that a history holds into one that holds nothing, in one transaction. */
export const copyHistory = async (
  source: HistorySource,
  target: HistoryDatabase,
  progress: Progress,
): Promise<Result<CopiedRows, CopyProblem>> => {
  try {
    return await source.read((rows) =>
      target.asWriter(async (transaction) => {
        const db = byName(transaction);
        if (!(await isEmpty(db))) return err({ kind: 'not-empty' });
        const copied = await copyRows(rows, db, progress);
        await target.continueNumbers(transaction);
        return ok(copied);
      }),
    );
  } catch (error) {
    return err({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
};

const isEmpty = async (db: Kysely<AnyTables>): Promise<boolean> => {
  for (const table of TABLES) {
    if ((await db.selectFrom(table).selectAll().limit(1).executeTakeFirst()) !== undefined) return false;
  }
  return true;
};

const copyRows = async (rows: StoredRows, db: Kysely<AnyTables>, progress: Progress): Promise<CopiedRows> => {
  const counts = new Map<string, number>();
  for (const table of TABLES) counts.set(table, await rows.count(table));
  const steps = [...counts.values()].map((count) => Math.ceil(count / ROWS_AT_ONCE));
  progress.phase(
    'copying the history',
    steps.reduce((sum, some) => sum + some, 0),
  );
  for (const table of TABLES) {
    for await (const some of rows.some(table, ROWS_AT_ONCE)) {
      await db.insertInto(table).values(some).execute();
      progress.step();
    }
  }
  return counts;
};
