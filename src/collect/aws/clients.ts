import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import pLimit from 'p-limit';
import type { AwsSourceOptions, Timer } from './aws-source-options.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { PatientRetryStrategy } from './retry-strategy.ts';

/** The clients of one collection, and what they have called. */
export interface AwsClients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  /** Calls made so far, retries included, by action. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** Closes the connections, so that the process can end. */
  close(): void;
}

/** The SDK's own default of 3 attempts loses calls on a busy account. */
const MAX_ATTEMPTS = 10;
/** A dead endpoint or refused credentials should show within seconds. */
const MAX_ATTEMPTS_FOR_IDENTITY = 3;
const DEFAULT_CALLS_PER_SECOND = 20;
/** Enough for an account of some fifty users to be read without a wait. */
const BURST = 60;
const DEFAULT_TIMEOUTS = { connectionMs: 5_000, requestMs: 60_000 };

/** Clients that count, pace and retry their calls. Nothing is called and no credentials are looked for yet. */
export const createClients = async (options: AwsSourceOptions, timer: Timer): Promise<AwsClients> => {
  const apiCalls = new Map<string, number>();
  const limiter = createRateLimiter(options.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND, BURST, timer);
  const inFlight = pLimit(options.concurrency ?? DEFAULT_CONCURRENCY);
  const random = options.random ?? Math.random;

  const perCall =
    <Args, Output>(next: (args: Args) => Promise<Output>) =>
    (args: Args) =>
      inFlight(() => next(args));
  const perAttempt =
    <Args, Output>(next: (args: Args) => Promise<Output>, context: CallContext) =>
    async (args: Args) => {
      const action = actionOf(context);
      await limiter.take(action);
      apiCalls.set(action, (apiCalls.get(action) ?? 0) + 1);
      try {
        const output = await next(args);
        limiter.speedUp(action);
        return output;
      } catch (error) {
        if (isThrottling(error)) limiter.slowDown(action);
        throw error;
      }
    };

  const retryForIdentity = new PatientRetryStrategy(MAX_ATTEMPTS_FOR_IDENTITY, random);
  const base = connection(options);
  const credentials = await credentialsOf(options, {
    clientConfig: { ...base, retryStrategy: retryForIdentity },
    clientPlugins: [{ applyToStack: (stack) => stack.add(perAttempt, PER_ATTEMPT) }],
  });
  const shared = { ...base, ...(credentials === undefined ? {} : { credentials }) };
  const iam = new IAMClient({ ...shared, retryStrategy: new PatientRetryStrategy(MAX_ATTEMPTS, random) });
  const sts = new STSClient({ ...shared, retryStrategy: retryForIdentity });
  iam.middlewareStack.add(perCall, { step: 'initialize', priority: 'high', name: 'vigilInFlight' });
  iam.middlewareStack.add(perAttempt, PER_ATTEMPT);
  sts.middlewareStack.add(perAttempt, PER_ATTEMPT);
  return {
    iam,
    sts,
    apiCalls,
    close() {
      iam.destroy();
      sts.destroy();
    },
  };
};

/** Calls in flight at once where nothing is said. */
export const DEFAULT_CONCURRENCY = 8;

// The retries of the SDK run outside this step: what stands here sees each attempt.
const PER_ATTEMPT = { step: 'deserialize', priority: 'low', name: 'vigilPerAttempt' } as const;

type AssumeRole = Parameters<typeof fromTemporaryCredentials>[0];

/** Undefined: the client finds credentials by itself, by the default chain or the profile. */
const credentialsOf = async (options: AwsSourceOptions, client: Pick<AssumeRole, 'clientConfig' | 'clientPlugins'>) => {
  const { credentials, profile, roleArn, externalId } = options;
  if (roleArn === undefined) return credentials;
  const providers = await import('@aws-sdk/credential-providers');
  return providers.fromTemporaryCredentials({
    ...client,
    // Without this the default chain would overlook the profile.
    masterCredentials: credentials ?? providers.fromNodeProviderChain(profile === undefined ? {} : { profile }),
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'iam-vigil',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
  });
};

interface CallContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** `IAMClient` and `ListAccessKeysCommand` are `iam:ListAccessKeys`. */
const actionOf = ({ clientName = '', commandName = '' }: CallContext): string =>
  `${clientName.replace(/Client$/, '').toLowerCase()}:${commandName.replace(/Command$/, '')}`;

const isThrottling = (error: unknown): boolean => error instanceof Error && /Throttl|TooManyRequests/.test(error.name);

const connection = (options: AwsSourceOptions) => {
  const { connectionMs, requestMs } = options.timeouts ?? DEFAULT_TIMEOUTS;
  // An emulated account has no region; a signature needs the name of one.
  const region = options.region ?? (options.endpointUrl === undefined ? undefined : 'us-east-1');
  return {
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    ...(region === undefined ? {} : { region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    customUserAgent: 'iam-vigil',
    requestHandler: {
      connectionTimeout: connectionMs,
      requestTimeout: requestMs,
      socketTimeout: requestMs,
      throwOnRequestTimeout: true,
    },
  };
};
