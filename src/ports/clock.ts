import type { Instant } from '../kernel/time.ts';

/** Where the time comes from. */
export interface Clock {
  now(): Instant;
}
