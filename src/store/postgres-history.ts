import { Kysely, PostgresDialect, sql, WithSchemaPlugin } from 'kysely';
import { types } from 'pg';
import { shownPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { connectionSettings, openPool, type PostgresAccess, postgresProblem } from '../postgres/postgres-pool.ts';
import type { AsWriter } from './history-database.ts';
import { nulInText } from './nul-in-text.ts';
import { LOCK, migratePostgres, SCHEMA } from './postgres-schema.ts';
import { historyIn } from './stored-history.ts';
import type { Tables } from './tables.ts';

// An audit asks one thing after the other; a daemon answers whoever asks meanwhile.
const CONNECTIONS = 4;
// What stands still for so long has lost whoever waits for it.
const PATIENCE = '5min';

/** Opens the history in a PostgreSQL database, its tables made where there are none. The error is one line without a password. */
export const openPostgresHistory = async (
  access: Omit<PostgresAccess, 'applicationName'>,
): Promise<Result<HistoryStore, string>> => {
  const settings = await connectionSettings({ ...access, applicationName: 'vigil' });
  if (!settings.ok) return err(`history: the URL of the database: ${settings.error}`);
  const pool = openPool({ ...settings.value, max: CONNECTIONS, types: { getTypeParser } });
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end();
    const place = shownPostgresUrl(access.url);
    return err(`history: \`${place}\` cannot be opened as a history database: ${postgresProblem(error)}`);
  }
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new WithSchemaPlugin(SCHEMA), nulInText()],
  });
  return ok(historyIn({ db, asWriter: writerTo(db) }));
};

const writerTo =
  (db: Kysely<Tables>): AsWriter =>
  async (write) => {
    try {
      return await db.transaction().execute(async (transaction) => {
        await sql`SELECT ${sql.join(TIMEOUTS)}`.execute(transaction);
        await sql.raw(LOCK).execute(transaction);
        return write(transaction);
      });
    } catch (error) {
      throw new Error(postgresProblem(error), { cause: error });
    }
  };

// For this transaction, so that a pooler between may give the connection to others.
const TIMEOUTS = ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'].map(
  (name) => sql`set_config(${name}, ${PATIENCE}, true)`,
);

// Counts: none comes near 2^53.
const getTypeParser = (id: number, format?: 'text' | 'binary'): unknown =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);
