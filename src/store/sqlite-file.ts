import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { MIGRATIONS } from './migrations.ts';

const BUSY_TIMEOUT_MS = 30_000;

/**
 * Opens the file, which is made where there is none, readable by its owner alone, and brings it to the latest version. Throws
 * where the file is no such database, or one of a later Vigil.
 */
export const openSqliteFile = async (
  file: string,
  migrations: readonly string[] = MIGRATIONS,
): Promise<DatabaseSync> => {
  const { DatabaseSync: Database } = await withoutExperimentalWarning(() => import('node:sqlite'));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // SQLite gives its files beside the database the permissions of the database.
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL`);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** A database of Node's own driver as Kysely's dialect asks for it. */
export const toKyselyDatabase = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare: (sql) => {
    const statement = database.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...values.map(toInput)),
      run: (values) => statement.run(...values.map(toInput)),
      iterate: (values) => statement.iterate(...values.map(toInput)),
    };
  },
});

const toInput = (value: unknown): string | number | Uint8Array | null => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) {
    return value;
  }
  throw new TypeError(`SQLite cannot store a ${typeof value}`);
};

const migrate = (database: DatabaseSync, migrations: readonly string[]): void => {
  // Takes the lock before it looks, so that of two processes one migrates and the other finds it done.
  database.exec('BEGIN IMMEDIATE');
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) throw new Error('it was written by a later version of Vigil');
  for (const script of migrations.slice(version)) database.exec(script);
  database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
};

/** Node 22 says on standard error that its driver is new, which would be the one line that users see. */
export const withoutExperimentalWarning = async <T>(load: () => Promise<T>): Promise<T> => {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
};
