import { Kysely, PostgresDialect, sql, WithSchemaPlugin } from 'kysely';
import { type Pool, types } from 'pg';
import { shownPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { connectionSettings, openPool, type PostgresAccess, postgresProblem } from '../postgres/postgres-pool.ts';
import type { AsWriter, HistoryDatabase } from './history-database.ts';
import { nulInText } from './nul-in-text.ts';
import { LOCK, migratePostgres, SCHEMA } from './postgres-schema.ts';
import { historyIn } from './stored-history.ts';
import type { Tables } from './tables.ts';

// An audit asks one thing after the other; a daemon answers whoever asks meanwhile.
const CONNECTIONS = 4;
// What stands still for so long has lost whoever waits for it.
const PATIENCE = '5min';

/** How to reach the database of a history. */
export type HistoryAccess = Omit<PostgresAccess, 'applicationName'>;

/** Opens the history in a PostgreSQL database, its tables made where there are none. The error is one line without a password. */
export const openPostgresHistory = async (access: HistoryAccess): Promise<Result<HistoryStore, string>> => {
  const database = await openPostgresDatabase(access);
  return database.ok ? ok(historyIn(database.value)) : database;
};

/** Opens the database of that history alone. */
export const openPostgresDatabase = async (access: HistoryAccess): Promise<Result<HistoryDatabase, string>> => {
  const connected = await connectTo(access);
  if (!connected.ok) return connected;
  const { pool, db } = connected.value;
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end();
    const place = shownPostgresUrl(access.url);
    return err(`history: \`${place}\` cannot be opened as a history database: ${postgresProblem(error)}`);
  }
  return ok({ db, asWriter: writerTo(db), continueNumbers, close: () => endOf(pool) });
};

/** Connections to the database of a history, which whoever asked for them ends, and the tables in it, if there are any. */
export const connectTo = async (
  access: HistoryAccess,
): Promise<Result<{ readonly pool: Pool; readonly db: Kysely<Tables> }, string>> => {
  const settings = await connectionSettings({ ...access, applicationName: 'vigil' });
  if (!settings.ok) return err(`history: the URL of the database: ${settings.error}`);
  const pool = openPool({ ...settings.value, max: CONNECTIONS, types: { getTypeParser } });
  const plugins = [new WithSchemaPlugin(SCHEMA), nulInText()];
  return ok({ pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins }) });
};

const endOf = async (pool: Pool): Promise<void> => {
  if (!pool.ending) await pool.end();
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

const continueNumbers: HistoryDatabase['continueNumbers'] = async (transaction) => {
  const numbered = sql<{ table_name: string; column_name: string }>`
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = ${SCHEMA} AND is_identity = 'YES'`;
  for (const { table_name, column_name } of (await numbered.execute(transaction)).rows) {
    const table = `${SCHEMA}.${table_name}`;
    await sql`
      SELECT setval(pg_get_serial_sequence(${table}, ${column_name}), max(${sql.ref(column_name)}))
      FROM ${sql.table(table)}`.execute(transaction);
  }
};

// Counts: none comes near 2^53.
const getTypeParser = (id: number, format?: 'text' | 'binary'): unknown =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);
