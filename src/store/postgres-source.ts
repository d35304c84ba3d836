import { type Kysely, sql } from 'kysely';
import { shownPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { postgresProblem } from '../postgres/postgres-pool.ts';
import {
  type AllRows,
  type AnyTables,
  byName,
  type HistorySource,
  type StoredRow,
  storedRows,
  versionProblem,
} from './history-source.ts';
import { MIGRATIONS } from './migrations.ts';
import { connectTo, type HistoryAccess } from './postgres-history.ts';
import { versionIn } from './postgres-schema.ts';
import type { Tables } from './tables.ts';

/** Opens a history in a PostgreSQL database to be read alone. The error is one line without a password. */
export const openPostgresSource = async (access: HistoryAccess): Promise<Result<HistorySource, string>> => {
  const connected = await connectTo(access);
  if (!connected.ok) return connected;
  const { pool, db } = connected.value;
  const place = shownPostgresUrl(access.url);
  const refused = async (problem: string): Promise<Result<never, string>> => {
    await pool.end();
    return err(`history: \`${place}\` cannot be copied: ${problem}`);
  };
  try {
    const version = await versionIn(pool);
    const problem = version === 0 ? 'it holds no history' : versionProblem(version, MIGRATIONS.length, place);
    if (problem !== null) return await refused(problem);
  } catch (error) {
    return refused(postgresProblem(error));
  }
  return ok({ read: readerOf(db), close: () => pool.end() });
};

const readerOf =
  (db: Kysely<Tables>): HistorySource['read'] =>
  async (use) => {
    try {
      return await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((transaction) => use(storedRows(byName(transaction), fetchedFrom(byName(transaction)))));
    } catch (error) {
      throw new Error(postgresProblem(error), { cause: error });
    }
  };

const fetchedFrom = (db: Kysely<AnyTables>) =>
  async function* (rows: AllRows, atOnce: number): AsyncIterable<readonly StoredRow[]> {
    await sql`DECLARE copied NO SCROLL CURSOR FOR ${rows}`.execute(db);
    for (;;) {
      const some = (await sql<StoredRow>`FETCH ${sql.lit(atOnce)} FROM copied`.execute(db)).rows;
      if (some.length === 0) break;
      yield some;
    }
    await sql`CLOSE copied`.execute(db);
  };
