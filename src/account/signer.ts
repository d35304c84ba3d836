import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { accountOfAccessKeyId } from './access-key-id.ts';
import type { AccountState } from './account-state.ts';
import type { AwsError } from './aws-error.ts';
import type { AccountPlace, Caller } from './call.ts';
import { accountKey, type CloudState } from './cloud-state.ts';
import type { AccessKeyState } from './credential-state.ts';
import { openSession, type SealedSession } from './session-token.ts';

/** Whose credentials they are. */
export interface Signer {
  readonly account: AccountPlace;
  readonly caller: Caller;
  /** What the holder signs with; null: nothing signs for them, for they are made up, or inactive. */
  readonly secretAccessKey: string | null;
}

/** What a request says of the credentials that signed it. */
export interface Credentials {
  readonly accessKeyId: string;
  /** Of temporary credentials. */
  readonly sessionToken: string | null;
}

/** Signs for the root user, and for keys whose secret nobody knows. */
export const EMULATED_SECRET = 'emulated';

/** The access key of the root user of a server's main account, beside those that it has in the account. */
export const ROOT_ACCESS_KEY_ID = 'AKIAVIGILEMULATEROOT';

/**
 * Whose credentials are: a session's of which the emulator gave the token; a user's or the root user's who has the access
 * key; the root user's of the account whose id stands as key id; made-up ones are the root user's of the account at
 * `otherwise`. Sessions that have ended, or whose user or role is gone, are refused.
 */
export const signerOf = (
  cloud: CloudState,
  { accessKeyId, sessionToken }: Credentials,
  otherwise: AccountPlace,
  now: Instant,
): Result<Signer, AwsError> => {
  const opened = sessionToken === null ? null : openSession(sessionToken);
  if (opened !== null) {
    const { sealed, secretAccessKey } = opened;
    const problem = problemOfSession(cloud, accessKeyId, sealed, now);
    return problem === null ? ok({ account: sealed.account, caller: sealed.caller, secretAccessKey }) : err(problem);
  }
  const holder = sessionToken === null ? holderOf(cloud, accessKeyId, otherwise) : null;
  return ok(holder ?? { account: otherwise, caller: { kind: 'root' }, secretAccessKey: null });
};

/** AWS's words for credentials that it does not know, or that are inactive. */
export const UNKNOWN_CREDENTIALS: AwsError = {
  code: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
};

const problemOfSession = (
  cloud: CloudState,
  accessKeyId: string,
  { account, caller, entityId }: SealedSession,
  now: Instant,
): AwsError | null => {
  const { session } = caller;
  if (session.accessKeyId !== accessKeyId) return UNKNOWN_CREDENTIALS;
  if (session.expiresAt <= now) {
    return { code: 'ExpiredToken', message: 'The security token included in the request is expired' };
  }
  const state = cloud.accounts.get(accountKey(account));
  if (state === undefined || entityIdOf(state, caller) !== entityId) return UNKNOWN_CREDENTIALS;
  return null;
};

/** The unique id of the user or role whose session it is, as the account has it now; undefined where it is gone. */
const entityIdOf = (state: AccountState, caller: SealedSession['caller']): string | undefined => {
  switch (caller.kind) {
    case 'role':
      return state.roles.get(caller.nameKey)?.roleId;
    case 'user':
      return state.users.get(caller.nameKey)?.userId;
    case 'federatedUser':
      return caller.issuer === null ? '' : state.users.get(caller.issuer)?.userId;
    default:
      return '';
  }
};

/** The holder of a long-term access key; null where nobody is. */
const holderOf = (cloud: CloudState, accessKeyId: string, otherwise: AccountPlace): Signer | null => {
  if (accessKeyId === ROOT_ACCESS_KEY_ID) return rootOf(otherwise);
  const { partition } = otherwise;
  const named = cloud.accounts.get(`${partition}:${accessKeyId}`);
  if (named !== undefined) return rootOf(placeOf(named));
  for (const account of accountsToAsk(cloud, accessKeyId, partition)) {
    const holder = holderIn(account, accessKeyId);
    if (holder !== null) return holder;
  }
  return null;
};

/** Those of the partition, the one that stands in the key id first. */
function* accountsToAsk(cloud: CloudState, accessKeyId: string, partition: string): Generator<AccountState> {
  const accountId = accountOfAccessKeyId(accessKeyId);
  const named = accountId === null ? undefined : cloud.accounts.get(accountKey({ partition, accountId }));
  if (named !== undefined) yield named;
  for (const account of cloud.accounts.values()) if (account.partition === partition) yield account;
}

const holderIn = (state: AccountState, accessKeyId: string): Signer | null => {
  const owner = state.indexes.accessKeyOwners.get(accessKeyId);
  const keys = owner === undefined ? state.root.accessKeys : (state.users.get(owner)?.accessKeys ?? []);
  const key = keys.find((each) => each.accessKeyId === accessKeyId);
  if (key === undefined) return null;
  const caller: Caller = owner === undefined ? { kind: 'root' } : { kind: 'user', nameKey: owner };
  return { account: placeOf(state), caller, secretAccessKey: secretOf(key) };
};

const rootOf = (account: AccountPlace): Signer => ({
  account,
  caller: { kind: 'root' },
  secretAccessKey: EMULATED_SECRET,
});

const secretOf = ({ status, secretAccessKey }: AccessKeyState): string | null =>
  status === 'Active' ? (secretAccessKey ?? EMULATED_SECRET) : null;

const placeOf = ({ accountId, partition }: AccountState): AccountPlace => ({ accountId, partition });
