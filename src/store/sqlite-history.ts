import { Kysely, SqliteDialect } from 'kysely';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { oneWriterTo } from './one-writer.ts';
import { openSqliteFile, toKyselyDatabase } from './sqlite-file.ts';
import { historyIn } from './stored-history.ts';
import type { Tables } from './tables.ts';

/** Opens the history in an SQLite file, made where there is none. The error is one line that names the file. */
export const openSqliteHistory = async (file: string): Promise<Result<HistoryStore, string>> => {
  try {
    const oneWriter = oneWriterTo(file);
    const database = toKyselyDatabase(await oneWriter(() => openSqliteFile(file)));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    return ok(
      historyIn({
        db,
        asWriter: (write) =>
          oneWriter(() =>
            db.transaction().execute(async (transaction) => {
              await takeLock(transaction);
              return write(transaction);
            }),
          ),
      }),
    );
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
