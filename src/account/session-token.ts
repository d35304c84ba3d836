import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseAccountId } from '../iam/account-id.ts';
import { parseArn } from '../iam/arn.ts';
import type { Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import { newAccessKeyId } from './access-key-id.ts';
import type { AccountPlace, Caller, Random, Session } from './call.ts';

/** Whom temporary credentials stand for. */
export type SessionCaller = Extract<Caller, { readonly session: Session }> | (Caller & { readonly session: Session });

/** What a session token says. */
export interface SealedSession {
  readonly account: AccountPlace;
  readonly caller: SessionCaller;
  /** The unique id of the user or role whose session it is; empty for the root user. Another of the same name is not it. */
  readonly entityId: string;
}

/** Temporary credentials. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Not a secret: nobody needs to forge sessions of an account whose root key is printed at its start. It keeps made-up
 * tokens from being taken for one of the emulator's, and is the same in each process, so that sessions outlive a restart.
 */
const KEY = 'vigil emulated account';

/** What the tokens of AWS begin with: `IQoJb3JpZ2luX2Vj`. */
const MARK = Buffer.from('IQoJb3JpZ2luX2Vj', 'base64');

const SEAL_BYTES = 32;

/** The largest session token that AWS gives out. Source: `MinimumSessionTokenSize`, AWS STS API Reference. */
export const MAX_SESSION_TOKEN_BYTES = 4096;

/** The access key id of a session to be. */
export const newSessionKeyId = ({ accountId }: AccountPlace, random: Random): string =>
  newAccessKeyId('ASIA', accountId, random);

/**
 * The credentials of a session. The token holds all that the emulator needs to know of it, so that no state does: forks and
 * restarts cost nothing. It has at least `minimumSize` characters.
 */
export const sealSession = (sealed: SealedSession, minimumSize = 0): TemporaryCredentials => {
  const text = JSON.stringify(sealed);
  const overhead = MARK.length + SEAL_BYTES;
  const body = Buffer.from(text.padEnd(Math.ceil((minimumSize * 3) / 4) - overhead, ' '), 'utf8');
  const seal = sealOf(body);
  return {
    accessKeyId: sealed.caller.session.accessKeyId,
    secretAccessKey: secretOf(seal),
    sessionToken: Buffer.concat([MARK, seal, body]).toString('base64'),
  };
};

/** Reads a session token, and the secret key that goes with it; null where it is none of the emulator's. */
export const openSession = (
  token: string,
): { readonly sealed: SealedSession; readonly secretAccessKey: string } | null => {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length <= MARK.length + SEAL_BYTES || !bytes.subarray(0, MARK.length).equals(MARK)) return null;
  const seal = bytes.subarray(MARK.length, MARK.length + SEAL_BYTES);
  const body = bytes.subarray(MARK.length + SEAL_BYTES);
  if (!timingSafeEqual(seal, sealOf(body))) return null;
  const parsed = sealedSession.safeParse(JSON.parse(body.toString('utf8')));
  return parsed.success ? { sealed: parsed.data, secretAccessKey: secretOf(seal) } : null;
};

const sealOf = (body: Uint8Array): Buffer => createHmac('sha256', KEY).update(body).digest();

const secretOf = (seal: Uint8Array): string =>
  createHmac('sha256', KEY).update('secret').update(seal).digest('base64').slice(0, 40);

/** Text that a parser of ours reads. */
const read = <T>(parse: (text: string) => Result<T, string>) =>
  z.string().transform((text, context): T => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error });
    return z.NEVER;
  });

/** Tags by key, whatever the key is: `z.record` drops `__proto__`. */
const tags = z
  .custom<object>((value) => typeof value === 'object' && value !== null)
  .transform(
    (value): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)])),
  );

const session = z.object({
  accessKeyId: z.string(),
  name: z.string(),
  issuedAt: read(parseInstant),
  expiresAt: read(parseInstant),
  mfaAuthenticatedAt: read(parseInstant).nullable(),
  tags,
  transitiveTagKeys: z.array(z.string()),
  sourceIdentity: z.string().nullable(),
  policy: z.string().nullable(),
  policyArns: z.array(read(parseArn)),
  chained: z.boolean(),
  federation: z.object({ provider: z.string(), context: z.record(z.string(), z.array(z.string())) }).nullable(),
});

const sealedSession = z.object({
  account: z.object({ accountId: read(parseAccountId), partition: z.string() }),
  caller: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('root'), session }),
    z.object({ kind: z.literal('user'), nameKey: z.string(), session }),
    z.object({ kind: z.literal('role'), nameKey: z.string(), session }),
    z.object({ kind: z.literal('federatedUser'), issuer: z.string().nullable(), session }),
  ]),
  entityId: z.string(),
});
