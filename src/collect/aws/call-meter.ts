import pLimit from 'p-limit';
import type { AwsSourceOptions, Timer } from './aws-source-options.ts';
import { createRateLimiter } from './rate-limiter.ts';

/** Counts and paces the calls of clients, as middleware for their stacks. */
export interface CallMeter {
  /** Calls made so far, retries included, by action. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** Those of them that AWS throttled, by action. */
  readonly throttledCalls: ReadonlyMap<string, number>;
  /** Outside the retries: lets only so many calls be in flight. */
  readonly perCall: Middleware;
  /** Inside the retries: waits for the API's token bucket, and counts. */
  readonly perAttempt: Middleware;
}

type Middleware = <Args, Output>(
  next: (args: Args) => Promise<Output>,
  context: CallContext,
) => (args: Args) => Promise<Output>;

interface CallContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** Calls in flight at once where nothing is said. */
export const DEFAULT_CONCURRENCY = 8;
const DEFAULT_CALLS_PER_SECOND = 20;
/** Enough for an account of some fifty users to be read without a wait. */
const BURST = 60;

/**
 * Services whose APIs AWS counts together: of Identity Center 20 calls a second.
 * Source: "Quotas and limits in IAM Identity Center", IAM Identity Center User Guide.
 */
const SHARED: ReadonlySet<string> = new Set(['sso', 'identitystore']);
const SHARED_BURST = 20;

/** A meter for the clients of one collection. */
export const createCallMeter = (
  { callsPerSecond = DEFAULT_CALLS_PER_SECOND, concurrency = DEFAULT_CONCURRENCY }: AwsSourceOptions,
  timer: Timer,
): CallMeter => {
  const apiCalls = new Map<string, number>();
  const throttledCalls = new Map<string, number>();
  const limiter = createRateLimiter(callsPerSecond, BURST, timer);
  const shared = createRateLimiter(callsPerSecond, SHARED_BURST, timer);
  const inFlight = pLimit(concurrency);
  return {
    apiCalls,
    throttledCalls,
    perCall: (next) => (args) => inFlight(() => next(args)),
    perAttempt: (next, context) => async (args) => {
      const action = actionOf(context);
      const service = action.slice(0, action.indexOf(':'));
      const [bucket, api] = SHARED.has(service) ? [shared, service] : [limiter, action];
      await bucket.take(api);
      count(apiCalls, action);
      try {
        const output = await next(args);
        bucket.speedUp(api);
        return output;
      } catch (error) {
        if (isThrottling(error)) {
          bucket.slowDown(api);
          count(throttledCalls, action);
        }
        throw error;
      }
    },
  };
};

const count = (calls: Map<string, number>, action: string): void =>
  void calls.set(action, (calls.get(action) ?? 0) + 1);

/** `IAMClient` and `ListAccessKeysCommand` are `iam:ListAccessKeys`. */
const actionOf = ({ clientName = '', commandName = '' }: CallContext): string => {
  const service = clientName.replace(/Client$/, '').toLowerCase();
  return `${PREFIXES.get(service) ?? service}:${commandName.replace(/Command$/, '')}`;
};

/** How actions call services whose clients are named otherwise. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['accessanalyzer', 'access-analyzer'],
  ['ssoadmin', 'sso'],
]);

const isThrottling = (error: unknown): boolean =>
  error instanceof Error && /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(error.name);
