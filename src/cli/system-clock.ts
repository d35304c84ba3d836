import { type Instant, toInstant } from '../kernel/time.ts';
import type { Clock } from '../ports/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => toInstant(Date.now()) };

/** A clock that stands still. */
export const fixedClock = (instant: Instant): Clock => ({ now: () => instant });

/** The clock of an audit: it stands still where the time is given. */
export const clockOf = ({ now }: { readonly now?: Instant | undefined }): Clock =>
  now === undefined ? systemClock : fixedClock(now);
