import { expect, it } from 'vitest';
import { fakeTimer } from '../testing/collect-from.ts';
import { createRetryStrategy } from './retry-strategy.ts';

/** An answer by which the SDK saw that the clock of AWS is not ours. */
const inAnotherTime = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error(name), {
    name,
    cause: new Error(name),
    $metadata: { httpStatusCode, clockSkewCorrected: true as const },
  });

const again = async (errorType: 'THROTTLING' | 'TRANSIENT', error: ReturnType<typeof inAnotherTime>) => {
  const strategy = createRetryStrategy(5, () => 0, fakeTimer());
  return strategy.refreshRetryTokenForRetry(await strategy.acquireInitialRetryToken(''), { errorType, error });
};

it('makes a throttled call again though the clock of AWS is not ours', async () => {
  expect((await again('THROTTLING', inAnotherTime('Throttling'))).getRetryCount()).toBe(1);
});

it('takes any other answer in another time as it is', async () => {
  await expect(again('TRANSIENT', inAnotherTime('AccessDenied'))).rejects.toThrow('not to be made again');
});

it('makes a call again that was refused for the time of its signature', async () => {
  expect((await again('TRANSIENT', inAnotherTime('RequestTimeTooSkewed', 403))).getRetryCount()).toBe(1);
});
