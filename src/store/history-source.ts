import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A history that is only read, and not brought to another version. */
export interface HistorySource {
  /** Lets `use` read: all of it as it is at one moment, whoever writes meanwhile. */
  read<T>(use: (rows: StoredRows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What the tables hold. */
export interface StoredRows {
  count(table: string): Promise<number>;
  /** All rows of a table, at most so many at a time. */
  some(table: string, atOnce: number): AsyncIterable<readonly StoredRow[]>;
}

/** A row by the names of its columns. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Tables by their names alone. */
export type AnyTables = Record<string, StoredRow>;

/** The same database, where tables are known by their names alone. */
export const byName = (db: Kysely<Tables>): Kysely<AnyTables> =>
  db.$omitTables<keyof Tables>().$extendTables<AnyTables>();

/** A query for all rows of a table. */
export type AllRows = SelectQueryBuilder<AnyTables, string, StoredRow>;

/** What the tables hold, by an engine's way to read rows some at a time. */
export const storedRows = (
  db: Kysely<AnyTables>,
  some: (rows: AllRows, atOnce: number) => AsyncIterable<readonly StoredRow[]>,
): StoredRows => ({
  count: async (table) => {
    const counted = db.selectFrom(table).select(sql<number>`count(*)`.as('rows'));
    return (await counted.executeTakeFirstOrThrow()).rows;
  },
  some: (table, atOnce) => some(db.selectFrom(table).selectAll(), atOnce),
});

/** Why a history of another version is not read; null: it is of the version of this Vigil. The place is as people may see it. */
export const versionProblem = (version: number, latest: number, place: string): string | null => {
  if (version > latest) return 'it was written by a later version of Vigil, which can copy it';
  return version === latest
    ? null
    : `it was written by an earlier version of Vigil: \`vigil runs --history ${place}\` brings it to this one`;
};
