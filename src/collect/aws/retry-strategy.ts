import { ConfiguredRetryStrategy } from '@smithy/core/retry';

type Refresh = ConfiguredRetryStrategy['refreshRetryTokenForRetry'];

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;

/** Retries what throttling, the network or AWS's own trouble broke, after waits that double, with full jitter. */
export class PatientRetryStrategy extends ConfiguredRetryStrategy {
  constructor(maxAttempts: number, random: () => number) {
    super(maxAttempts, (retry) => random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (retry - 1)));
  }

  override async refreshRetryTokenForRetry(...args: Parameters<Refresh>): ReturnType<Refresh> {
    // The SDK takes this code for throttling; IAM means a quota of the account, and no waiting mends that.
    if (args[1].error?.name.startsWith('LimitExceeded')) throw new Error('a quota is exhausted');
    return super.refreshRetryTokenForRetry(...args);
  }
}
