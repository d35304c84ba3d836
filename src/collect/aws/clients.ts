import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsSourceOptions, Timer } from './aws-source-options.ts';
import type { CallMeter } from './call-meter.ts';
import { createRetryStrategy } from './retry-strategy.ts';

/** The clients of one collection. */
export interface AwsClients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  /** The region of the calls, as given or as the SDK's configuration says. */
  region(): Promise<string>;
  /** Makes a client of another service in a region, on the same credentials, metered and retried alike. */
  readonly connect: Connect;
  /** Closes the connections, so that the process can end. */
  close(): void;
}

/** Makes clients of further services. */
export type Connect = <C extends ServiceClient>(Client: ClientClass<C>, region: string) => C;

/** The class of a service's clients. */
export type ClientClass<C> = new (config: ServiceConfig) => C;

/** What the clients of all services have in common. */
export interface ServiceClient {
  readonly middlewareStack: {
    add(middleware: CallMeter['perCall'], place: typeof OUTSIDE_RETRIES): void;
    add(middleware: CallMeter['perAttempt'], place: typeof INSIDE_RETRIES): void;
  };
  destroy(): void;
}

/** What clients are made with. */
interface ServiceConfig extends Required<Pick<STSClientConfig, 'credentials' | 'retryStrategy' | 'customUserAgent'>> {
  readonly endpoint?: string;
  readonly region: string;
  readonly requestHandler: ReturnType<typeof requestHandler>;
  /** Of S3: an emulated account may have no host name for each bucket. */
  readonly forcePathStyle: boolean;
  /** Of SQS: a URL that comes in an answer is no place to send signed requests to. */
  readonly useQueueUrlAsEndpoint: boolean;
}

/** The SDK's own default of 3 attempts loses calls on a busy account. */
const MAX_ATTEMPTS = 10;
/** A dead endpoint or refused credentials should show within seconds. */
const MAX_ATTEMPTS_FOR_IDENTITY = 3;
const LONGEST_IDENTITY_MS = 10_000;
const DEFAULT_TIMEOUTS = { connectionMs: 5_000, requestMs: 60_000 };

/** Clients whose calls are metered and retried. Nothing is called and no credentials are looked for yet. */
export const createClients = async (options: AwsSourceOptions, meter: CallMeter, timer: Timer): Promise<AwsClients> => {
  const { random = Math.random, timeouts = DEFAULT_TIMEOUTS } = options;
  const { connectionMs, requestMs } = timeouts;
  const connection = connectionOf(options);
  const identityConfig = {
    ...connection,
    requestHandler: requestHandler(connectionMs, Math.min(requestMs, LONGEST_IDENTITY_MS)),
    retryStrategy: createRetryStrategy(MAX_ATTEMPTS_FOR_IDENTITY, random, timer),
  };
  const credentials = await credentialsOf(options, {
    clientConfig: identityConfig,
    clientPlugins: [{ applyToStack: (stack) => stack.add(meter.perAttempt, ONCE_INSIDE_RETRIES) }],
  });
  const sts = new STSClient({ ...identityConfig, ...(credentials === undefined ? {} : { credentials }) });
  sts.middlewareStack.add(meter.perAttempt, INSIDE_RETRIES);
  const config = {
    ...connection,
    requestHandler: requestHandler(connectionMs, requestMs),
    // The same provider for all: credentials are fetched, or the role assumed, once.
    credentials: sts.config.credentials,
    retryStrategy: createRetryStrategy(MAX_ATTEMPTS, random, timer),
    forcePathStyle: options.endpointUrl !== undefined,
    useQueueUrlAsEndpoint: false,
  };
  const opened: ServiceClient[] = [sts];
  const metered = <C extends ServiceClient>(client: C): C => {
    client.middlewareStack.add(meter.perAttempt, INSIDE_RETRIES);
    client.middlewareStack.add(meter.perCall, OUTSIDE_RETRIES);
    opened.push(client);
    return client;
  };
  return {
    iam: metered(new IAMClient(config)),
    sts,
    region: () => sts.config.region(),
    connect: (Client, region) => metered(new Client({ ...config, region })),
    close() {
      for (const client of opened) client.destroy();
    },
  };
};

const OUTSIDE_RETRIES = { step: 'initialize', priority: 'high', name: 'vigilPerCall' } as const;

// After the step in which the SDK retries, and around the SDK's own reading of the answer, so that errors show.
const INSIDE_RETRIES = { step: 'deserialize', priority: 'high', name: 'vigilPerAttempt' } as const;

/** The SDK keeps its client and hands it to plugins again each time that it assumes the role anew. */
const ONCE_INSIDE_RETRIES = { ...INSIDE_RETRIES, override: true } as const;

const connectionOf = (options: AwsSourceOptions) => {
  // An emulated account has no region; a signature needs the name of one.
  const region = options.region ?? (options.endpointUrl === undefined ? undefined : 'us-east-1');
  return {
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    ...(region === undefined ? {} : { region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    customUserAgent: 'iam-vigil',
  };
};

/** `requestMs` bounds the wait for the answer to begin, and each silence in the midst of it. */
const requestHandler = (connectionMs: number, requestMs: number) => ({
  connectionTimeout: connectionMs,
  requestTimeout: requestMs,
  socketTimeout: requestMs,
  throwOnRequestTimeout: true,
});

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
