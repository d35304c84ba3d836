import type { IAMClientConfig } from '@aws-sdk/client-iam';
import type { Timer } from './aws-source-options.ts';

/** How the SDK is told whether to make a call again. */
export type RetryStrategy = Extract<
  NonNullable<IAMClientConfig['retryStrategy']>,
  { readonly refreshRetryTokenForRetry: unknown }
>;

const FIRST_WAIT_MS = 200;
const FIRST_WAIT_WHEN_THROTTLED_MS = 1000;
const LONGEST_WAIT_MS = 20_000;
/** An answer that did not come within a minute seldom comes within ten. */
const MAX_TIMEOUTS = 3;

/**
 * Makes a call again, up to `maxAttempts` times in all, where throttling, the network or AWS's own trouble broke it,
 * after waits that double, with full jitter. The SDK's own strategies also stop when the client as a whole has retried
 * too often; a crawl that other tools of the account slow down would lose calls by that, and it is paced anyway.
 */
export const createRetryStrategy = (maxAttempts: number, random: () => number, timer: Timer): RetryStrategy => ({
  acquireInitialRetryToken: async () => retryToken(0),
  async refreshRetryTokenForRetry(token, { errorType, error }) {
    const retry = token.getRetryCount() + 1;
    const isTemporary = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
    // The SDK takes this code for throttling; IAM means a quota of the account, and no waiting mends that.
    const isQuota = error?.name.startsWith('LimitExceeded') === true;
    const isAnswer = errorType !== 'THROTTLING' && error !== undefined && isAnswerInAnotherTime(error);
    const most = error !== undefined && isTimeout(error) ? Math.min(MAX_TIMEOUTS, maxAttempts) : maxAttempts;
    if (!isTemporary || isQuota || isAnswer || retry >= most) throw new Error('not to be made again');
    const firstWaitMs = errorType === 'THROTTLING' ? FIRST_WAIT_WHEN_THROTTLED_MS : FIRST_WAIT_MS;
    await timer.sleep(random() * Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (retry - 1)));
    return retryToken(retry);
  },
  recordSuccess: () => {},
});

// The SDK gives broken connections the same name; those have Node's code (`ECONNRESET`).
const isTimeout = (error: Error): boolean =>
  error.name === 'TimeoutError' && (!('code' in error) || error.code === 'ETIMEDOUT');

/**
 * Whether AWS understood the call and said no, and it is only that its clock is not ours. The SDK takes each such answer
 * for a reason to call again with the clock corrected; only who was refused for the time of the signature gains by that.
 */
const isAnswerInAnotherTime = (error: Error): boolean => {
  const metadata: unknown = '$metadata' in error ? error.$metadata : null;
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'clockSkewCorrected' in metadata &&
    'httpStatusCode' in metadata &&
    Number(metadata.httpStatusCode) < 500 &&
    !/^(AuthFailure|InvalidSignature|SignatureDoesNotMatch|Request(Expired|InTheFuture|TimeTooSkewed|Timeout))/.test(
      error.name,
    )
  );
};

const retryToken = (retries: number) => ({ getRetryCount: () => retries, getRetryDelay: () => 0 });
