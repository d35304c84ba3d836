import type { Clock } from '../../ports/clock.ts';
import type { JobCacheOptions } from './job-cache.ts';

/** How to reach an account, and how fast. */
export interface AwsSourceOptions {
  /** Endpoint of every service, for an emulated account; absent: AWS's own, or what the SDK's configuration says. */
  readonly endpointUrl?: string | undefined;
  /** Absent: from the environment or the profile. */
  readonly region?: string | undefined;
  /** Absent: the SDK's default credential chain. */
  readonly credentials?: AwsCredentials | CredentialsProvider | undefined;
  /** A profile of the shared AWS configuration files. */
  readonly profile?: string | undefined;
  /** A role to assume, with the credentials found, before reading. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** The account that is to be reached; credentials of another are refused. Absent: whichever the credentials reach. */
  readonly accountId?: string | undefined;
  readonly clock: Clock;
  /** Calls in flight at once; default 8. */
  readonly concurrency?: number | undefined;
  /** Calls a second to each API, before AWS asks for less; default 20. AWS publishes no rates of IAM. */
  readonly callsPerSecond?: number | undefined;
  /** Whether to ask which services each user and role last used: two calls each; default true. */
  readonly lastAccessed?: boolean | undefined;
  /** Regions to look for resources and analyzers in; default: the region of the calls, and `us-east-1` where it is AWS's. */
  readonly regions?: readonly string[] | undefined;
  /** Whether to read the resources that carry a policy or run as a role: default true. */
  readonly resources?: boolean | undefined;
  /** Whether to read the organization, and the policies that it has above the account: default true. */
  readonly organization?: boolean | undefined;
  /** Whether to read IAM Identity Center, where the account is told of it: default true. */
  readonly identityCenter?: boolean | undefined;
  /** Whether to read what IAM Access Analyzer found: default true. */
  readonly accessAnalyzer?: boolean | undefined;
  /** From 0 up to 1, the jitter of the waits before retries; default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** What token buckets, retries and the wait for the credential report measure and pass time with. */
  readonly timer?: Timer | undefined;
  /** How long to wait for a connection, and for an answer or its next byte; default 5 and 60 seconds. */
  readonly timeouts?: { readonly connectionMs: number; readonly requestMs: number } | undefined;
  /** For how many days back to look up events in CloudTrail, at 2 calls a second in each region; default 0, none. */
  readonly cloudTrailDays?: number | undefined;
  /** Whether it may be looked up in CloudTrail who made the changes that an audit finds: default true. */
  readonly attribution?: boolean | undefined;
  /** Where it is remembered what was last accessed, so that it need not be asked for again; absent: nowhere. */
  readonly lastAccessedCache?: JobCacheOptions | undefined;
}

/** Credentials of a user, or of a session where there is a token. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What gives credentials, fresh ones where those of before have expired. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

/** Time that passes. */
export interface Timer {
  /** Milliseconds since some fixed moment. */
  now(): number;
  sleep(ms: number): Promise<void>;
}
