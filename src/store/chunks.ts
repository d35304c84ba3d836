// SQLite takes some 30,000 values a statement, PostgreSQL 65,535.
const ROWS_AT_ONCE = 1000;

/** Rows, as many at a time as one statement takes of any table. */
export function* chunksOf<T>(rows: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}
