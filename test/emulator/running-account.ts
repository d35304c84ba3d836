import { IAMClient } from '@aws-sdk/client-iam';
import { type Credentials, STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';

/** A policy document of an account file, where any will do. */
export const ANY_POLICY = '{ Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } }';

/** A clock that stands still until it is moved. */
export interface TestClock {
  now(): Instant;
  moveTo(instant: string): void;
}

/** An emulated account for one test, with clients of the SDK that talk to it. */
export interface RunningAccount extends RunningEmulator {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly clock: TestClock;
  /** Clients that sign with another access key. */
  readonly as: (accessKeyId: string, secretAccessKey?: string) => { readonly iam: IAMClient; readonly sts: STSClient };
  /** Clients that sign with temporary credentials. */
  readonly withSession: (credentials: Credentials | undefined) => { readonly iam: IAMClient; readonly sts: STSClient };
}

/** Serves the account that a file describes, as of 2026-01-31 12:00 UTC, until the test ends. */
export const runningAccount = async (
  accountFileText: string,
  { enforce = false }: { readonly enforce?: boolean } = {},
): Promise<RunningAccount> => {
  let time = '2026-01-31T12:00:00Z';
  const clock: TestClock = {
    now: () => time as Instant,
    moveTo: (instant) => {
      time = instant;
    },
  };
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'account.yaml', text: accountFileText },
    clock,
    enforce,
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  const emulator = started.value;
  onTestFinished(() => emulator.close());
  const clients = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) => {
    const systemClockOffset = Date.parse(time) - Date.now();
    const config = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1, systemClockOffset };
    return { iam: new IAMClient(config), sts: new STSClient(config) };
  };
  const as: RunningAccount['as'] = (accessKeyId, secretAccessKey = 'emulated') =>
    clients({ accessKeyId, secretAccessKey });
  const withSession: RunningAccount['withSession'] = (credentials) =>
    clients({
      accessKeyId: credentials?.AccessKeyId ?? '',
      secretAccessKey: credentials?.SecretAccessKey ?? '',
      sessionToken: credentials?.SessionToken ?? '',
    });
  return { ...emulator, ...as(emulator.credentials.accessKeyId), clock, as, withSession };
};

/** A client of a service that talks to an emulated account, as its root user or with another access key. */
export const clientOf = <Client>(
  Client: new (config: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  }) => Client,
  { endpoint, credentials }: RunningEmulator,
  accessKeyId = credentials.accessKeyId,
): Client =>
  new Client({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey: 'emulated' },
    maxAttempts: 1,
  });
