import type { Instant } from '../kernel/time.ts';

/**
 * The places that IAM state is read from; a coverage row each. `other` is what another tool says it could not read and
 * Vigil has no word for.
 */
export const SOURCE_NAMES = [
  'authorization-details',
  'credential-report',
  'account-summary',
  'password-policy',
  'account-alias',
  'mfa-devices',
  'access-keys',
  'service-specific-credentials',
  'ssh-public-keys',
  'signing-certificates',
  'server-certificates',
  'identity-providers',
  'instance-profiles',
  'last-accessed',
  'cloudtrail',
  'resources',
  'organization',
  'identity-center',
  'access-analyzer',
  'other',
] as const;

/** One of the places that IAM state is read from. */
export type SourceName = (typeof SOURCE_NAMES)[number];

/** Something that could not be read, and why. */
export interface CollectionGap {
  readonly source: SourceName;
  /** The IAM action of the call that failed (`iam:ListAccessKeys`), or the file that is absent. */
  readonly action: string;
  /** denied: AWS refused; failed: the call or file broke; skipped: nobody asked for it. */
  readonly reason: 'denied' | 'failed' | 'skipped';
  /** What happened, for people; holds no secret. */
  readonly detail: string;
  /** The entity the call was about, where it was about one. */
  readonly subject: string | null;
}

/** A datum that is known, with where and when it was read, or a gap. */
export type Collected<T> =
  | { readonly known: true; readonly value: T; readonly source: SourceName; readonly time: Instant }
  | { readonly known: false; readonly gap: CollectionGap };

/** Wraps a datum that was read. */
export const known = <T>(value: T, source: SourceName, time: Instant): Collected<T> => ({
  known: true,
  value,
  source,
  time,
});

/** Wraps a datum that could not be read. */
export const missing = (gap: CollectionGap): Collected<never> => ({ known: false, gap });

/** Applies a function to a datum that is known; a gap stays the gap it is. */
export const mapCollected = <T, U>(collected: Collected<T>, change: (value: T) => U): Collected<U> =>
  collected.known ? known(change(collected.value), collected.source, collected.time) : collected;
