import { describe, expect, it } from 'vitest';
import { fakeTimer } from '../testing/collect-from.ts';
import { createRateLimiter } from './rate-limiter.ts';

/** When each of a number of calls may be made, in milliseconds. */
const times = async (limiter: ReturnType<typeof createRateLimiter>, timer: { now(): number }, calls: number) => {
  const made: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    await limiter.take('iam:ListUsers');
    made.push(timer.now());
  }
  return made;
};

describe('the token bucket of an API', () => {
  it('lets a burst through at once, and then the rate', async () => {
    const timer = fakeTimer();
    expect(await times(createRateLimiter(10, 3, timer), timer, 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('fills up again while nothing is called, but not beyond the burst', async () => {
    const timer = fakeTimer();
    const limiter = createRateLimiter(10, 2, timer);
    await times(limiter, timer, 2);
    await timer.sleep(60_000);
    expect(await times(limiter, timer, 4)).toEqual([60_000, 60_000, 60_100, 60_200]);
  });

  it('halves the rate when AWS throttles, and wins it back with answers', async () => {
    const timer = fakeTimer();
    const limiter = createRateLimiter(10, 1, timer);
    await times(limiter, timer, 1);
    limiter.slowDown('iam:ListUsers');
    expect(await times(limiter, timer, 2)).toEqual([200, 400]);
    for (let answer = 0; answer < 25; answer += 1) limiter.speedUp('iam:ListUsers');
    expect((await times(limiter, timer, 2)).map(Math.round)).toEqual([500, 600]);
  });

  it('is one for each API', async () => {
    const timer = fakeTimer();
    const limiter = createRateLimiter(1, 1, timer);
    await limiter.take('iam:ListUsers');
    await limiter.take('iam:ListRoles');
    expect(timer.now()).toBe(0);
  });

  it('never waits without a rate', async () => {
    const timer = fakeTimer();
    expect(await times(createRateLimiter(Number.POSITIVE_INFINITY, 1, timer), timer, 3)).toEqual([0, 0, 0]);
  });
});
