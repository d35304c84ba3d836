import type { Instant } from '../kernel/time.ts';
import type { Alert } from './alert.ts';

/** The stance of what is over. */
export const GONE = 'gone';

/** What a route was told last of something: a finding, a source that could not be read, a suppression. */
export interface Told {
  readonly route: string;
  /** The account that it is about; empty: it is about none. */
  readonly accountId: string;
  /** What it is: the key of a finding, or a kind and a name. */
  readonly key: string;
  /** How it stood, in a word or a few that are only compared. */
  readonly stance: string;
  /** When the audit began that it stood so at. */
  readonly asOf: Instant;
  /** When the route was told of it last. */
  readonly toldAt: Instant;
}

/** What an audit comes to for the routes: what they are to be told, and what they know then. */
export interface News {
  readonly alerts: readonly Alert[];
  /** What is told when a night ends, together with what its other audits hold back; absent: nothing. */
  readonly held?: { readonly nightId: string; readonly alerts: readonly Alert[] };
  /** What is to be remembered in place of what was known of the same. */
  readonly told: readonly Told[];
  /** The time by the clock that delivers. */
  readonly at: Instant;
}
