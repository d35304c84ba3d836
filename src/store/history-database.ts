import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The database of a history, whichever engine keeps it. */
export interface HistoryDatabase {
  readonly db: Kysely<Tables>;
  readonly asWriter: AsWriter;
}

/**
 * Writes in a transaction, when nobody else does: no other process, nor anything else of this one. What is read in it is the
 * latest.
 */
export type AsWriter = <T>(write: (transaction: Kysely<Tables>) => Promise<T>) => Promise<T>;
