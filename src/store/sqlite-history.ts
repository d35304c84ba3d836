import { Kysely, SqliteDialect } from 'kysely';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { HistoryDatabase } from './history-database.ts';
import { oneWriterTo } from './one-writer.ts';
import { openSqliteFile, toKyselyDatabase } from './sqlite-file.ts';
import { historyIn } from './stored-history.ts';
import type { Tables } from './tables.ts';

/** Opens the history in an SQLite file, made where there is none. The error is one line that names the file. */
export const openSqliteHistory = async (file: string): Promise<Result<HistoryStore, string>> => {
  const database = await openSqliteDatabase(file);
  return database.ok ? ok(historyIn(database.value)) : database;
};

/** Opens the database of that history alone. */
export const openSqliteDatabase = async (file: string): Promise<Result<HistoryDatabase, string>> => {
  try {
    const oneWriter = oneWriterTo(file);
    const opened = await oneWriter(() => openSqliteFile(file));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: toKyselyDatabase(opened) }) });
    return ok({
      db,
      asWriter: (write) =>
        oneWriter(() =>
          db.transaction().execute(async (transaction) => {
            await takeLock(transaction);
            return write(transaction);
          }),
        ),
      // SQLite counts on from the largest by itself.
      continueNumbers: async () => {},
      close: async () => {
        if (opened.isOpen) opened.close();
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`history: \`${file}\` cannot be opened as a history database: ${reason}`);
  }
};

/**
 * Begins a transaction as a writer. SQLite then waits for whoever writes, and what is read afterwards is the latest; a
 * transaction that reads first fails where another process writes before it does.
 */
const takeLock = async (db: Kysely<Tables>): Promise<void> => {
  await db.deleteFrom('documents').where('hash', '=', '').execute();
};
