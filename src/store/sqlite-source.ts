import type { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  type AllRows,
  byName,
  type HistorySource,
  type StoredRow,
  storedRows,
  versionProblem,
} from './history-source.ts';
import { MIGRATIONS } from './migrations.ts';
import { toKyselyDatabase, withoutExperimentalWarning } from './sqlite-file.ts';
import type { Tables } from './tables.ts';

/** Opens a history in an SQLite file to be read alone. The error is one line that names the file. */
export const openSqliteSource = async (file: string): Promise<Result<HistorySource, string>> => {
  try {
    const opened = await openToRead(file);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: toKyselyDatabase(opened) }) });
    return ok({
      read: (use) => db.transaction().execute((transaction) => use(storedRows(byName(transaction), rowsInTurn))),
      close: async () => opened.close(),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`history: \`${file}\` cannot be copied: ${reason}`);
  }
};

const openToRead = async (file: string): Promise<DatabaseSync> => {
  const { DatabaseSync: Database } = await withoutExperimentalWarning(() => import('node:sqlite'));
  const database = new Database(file, { readOnly: true });
  try {
    const problem = problemOf(database, file);
    if (problem !== null) throw new Error(problem);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const problemOf = (database: DatabaseSync, file: string): string | null => {
  // Another program's database may have a version of its own.
  const known = database.prepare(`SELECT name FROM sqlite_master WHERE name = 'run_accounts'`).get();
  if (known === undefined) return 'it holds no history';
  return versionProblem(
    Number(database.prepare('PRAGMA user_version').get()?.['user_version']),
    MIGRATIONS.length,
    file,
  );
};

async function* rowsInTurn(rows: AllRows, atOnce: number): AsyncIterable<readonly StoredRow[]> {
  let some: StoredRow[] = [];
  for await (const row of rows.stream()) {
    some.push(row);
    if (some.length < atOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
