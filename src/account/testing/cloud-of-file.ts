import type { AccountId } from '../../iam/account-id.ts';
import type { Instant } from '../../kernel/time.ts';
import { parseAccountFile } from '../account-file.ts';
import type { Call, Caller, Session } from '../call.ts';
import { type CloudState, cloudOf } from '../cloud-state.ts';

/** When the calls of tests are made. */
export const NOW = '2026-01-31T12:00:00Z' as Instant;

/** A cloud of the accounts that files describe. */
export const cloudOfFiles = (...texts: readonly string[]): CloudState =>
  cloudOf(
    ...texts.map((text) => {
      const parsed = parseAccountFile(text, 'account.yaml', { now: NOW });
      if (!parsed.ok) throw new Error(parsed.error.join('\n'));
      return parsed.value.main;
    }),
  );

/** A call by a user, named by its name key, or by another caller. */
export const callBy = (caller: Caller | string, more: Partial<Call> = {}): Call => ({
  account: { accountId: '123456789012' as AccountId, partition: 'aws' },
  caller: typeof caller === 'string' ? { kind: 'user', nameKey: caller } : caller,
  now: NOW,
  random: (size) => new Uint8Array(size).fill(7),
  accessKeyId: 'AKIA2345ABCDEFGHIJKL',
  region: 'us-east-1',
  sourceIp: '127.0.0.1',
  ...more,
});

/** A session to which nothing was passed. */
export const sessionOf = (more: Partial<Session> = {}): Session => ({
  accessKeyId: 'ASIAQEXAMPLEEXAMPLE2',
  name: 'session',
  issuedAt: NOW,
  expiresAt: '2026-01-31T13:00:00Z' as Instant,
  mfaAuthenticatedAt: null,
  tags: {},
  transitiveTagKeys: [],
  sourceIdentity: null,
  policy: null,
  policyArns: [],
  chained: false,
  federation: null,
  ...more,
});
