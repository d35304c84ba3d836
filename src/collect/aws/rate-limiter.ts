import type { Timer } from './aws-source-options.ts';

/** Holds calls back: a token bucket for each API. */
export interface RateLimiter {
  /** Waits until the API may be called once more. */
  take(api: string): Promise<void>;
  /** AWS throttled the API: half its rate from now on. */
  slowDown(api: string): void;
  /** The API answered: a little faster again, up to the rate it began with. */
  speedUp(api: string): void;
}

/** How much of the first rate each success gives back. */
const RECOVERY = 0.02;
const SLOWEST_PER_SECOND = 0.5;

/**
 * A limiter that lets each API be called `perSecond` times a second, and `burst` times at once after a rest. Each call
 * reserves the next free moment, so waiting calls need no queue and keep their order.
 */
export const createRateLimiter = (perSecond: number, burst: number, timer: Timer): RateLimiter => {
  const buckets = new Map<string, { perSecond: number; nextFree: number }>();
  const bucketOf = (api: string) => {
    const bucket = buckets.get(api) ?? { perSecond, nextFree: Number.NEGATIVE_INFINITY };
    buckets.set(api, bucket);
    return bucket;
  };
  return {
    async take(api) {
      const bucket = bucketOf(api);
      const intervalMs = 1000 / bucket.perSecond;
      const now = timer.now();
      bucket.nextFree = Math.max(bucket.nextFree, now - burst * intervalMs) + intervalMs;
      if (bucket.nextFree > now) await timer.sleep(bucket.nextFree - now);
    },
    slowDown(api) {
      const bucket = bucketOf(api);
      bucket.perSecond = Math.max(Math.min(perSecond, SLOWEST_PER_SECOND), bucket.perSecond / 2);
    },
    speedUp(api) {
      const bucket = bucketOf(api);
      bucket.perSecond = Math.min(perSecond, bucket.perSecond + perSecond * RECOVERY);
    },
  };
};
