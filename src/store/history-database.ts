import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The database of a history, whichever engine keeps it. */
export interface HistoryDatabase {
  readonly db: Kysely<Tables>;
  readonly asWriter: AsWriter;
  /** Has the numbers that the database gives to rows go on after those that rows were written with. */
  readonly continueNumbers: (transaction: Kysely<Tables>) => Promise<void>;
  /** Lets go of the database, also where it was never asked anything, and however often. */
  readonly close: () => Promise<void>;
}

/**
 * Writes in a transaction, when nobody else does: no other process, nor anything else of this one. What is read in it is the
 * latest.
 */
export type AsWriter = <T>(write: (transaction: Kysely<Tables>) => Promise<T>) => Promise<T>;
