import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { migratePostgres } from '../postgres-schema.ts';
import { openSqliteFile } from '../sqlite-file.ts';
import { startPostgres, type TestPostgres } from './postgres-server.ts';

/** The engines that a history may be kept by. */
export const ENGINES = ['SQLite', 'PostgreSQL'] as const;

/** An engine for the tests of one file or `describe`, which it is begun and ended with. */
export interface Engine {
  /** A place, a file or a URL, where no history is yet. */
  newPlace(): Promise<string>;
  /** A new place with what is at another, which nobody has open. */
  copyOf(place: string): Promise<string>;
  /** Migrates a database to the version that the scripts make, as an earlier Vigil did. */
  migrate(place: string, scripts: readonly string[]): Promise<void>;
  /** Has a database do something that no Vigil does, in SQLite's words. */
  exec(place: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  /** The version of a database's tables. */
  versionOf(place: string): Promise<unknown>;
}

/** Has the tests that follow use an engine: PostgreSQL is started for them. */
export const useEngine = (name: (typeof ENGINES)[number]): Engine => (name === 'SQLite' ? useSqlite() : usePostgres());

const useSqlite = (): Engine => {
  let directory = '';
  let places = 0;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'vigil-history-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const newPlace = async (): Promise<string> => {
    places += 1;
    return join(directory, `history-${String(places)}.sqlite`);
  };
  const exec: Engine['exec'] = async (place, sql) => {
    const database = new DatabaseSync(place);
    try {
      if (/^\s*(SELECT|PRAGMA)/.test(sql)) return database.prepare(sql).all();
      database.exec(sql);
      return [];
    } finally {
      database.close();
    }
  };
  return {
    newPlace,
    exec,
    copyOf: async (place) => {
      const copy = await newPlace();
      copyFileSync(place, copy);
      return copy;
    },
    migrate: async (place, scripts) => (await openSqliteFile(place, scripts)).close(),
    versionOf: async (place) => (await exec(place, 'PRAGMA user_version'))[0]?.['user_version'],
  };
};

const usePostgres = (): Engine => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  // A database costs a fifth of a second, and emptying one a hundredth.
  const empty: string[] = [];
  const used: string[] = [];
  afterEach(async () => {
    for (const place of used.splice(0)) {
      await exec(place, 'DROP SCHEMA IF EXISTS vigil CASCADE');
      empty.push(place);
    }
  });
  const withPool = async <T>(place: string, use: (pool: Pool) => Promise<T>): Promise<T> => {
    const pool = new Pool({ connectionString: place, options: '-c search_path=vigil' });
    return use(pool).finally(() => pool.end());
  };
  const exec: Engine['exec'] = (place, sql) =>
    withPool(place, async (pool) => (await pool.query(sql.replaceAll(/x'([0-9a-f]+)'/g, "'\\x$1'"))).rows);
  return {
    newPlace: async () => {
      const place = empty.pop() ?? (await server.freshDatabase());
      used.push(place);
      return place;
    },
    copyOf: (place) => server.freshDatabase(place),
    migrate: (place, scripts) => withPool(place, (pool) => migratePostgres(pool, scripts)),
    exec,
    versionOf: async (place) => (await exec(place, 'SELECT number FROM version'))[0]?.['number'],
  };
};
