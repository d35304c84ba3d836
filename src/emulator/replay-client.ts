import { nameKey } from '../account/account-state.ts';
import type { AccountPlace, Session } from '../account/call.ts';
import { sealSession, type TemporaryCredentials } from '../account/session-token.ts';
import { EMULATED_SECRET, ROOT_ACCESS_KEY_ID } from '../account/signer.ts';
import type { AnswerToReplay, ReplayCaller, RequestOfReplay } from '../analyze/prove-finding.ts';
import { parseAccountId } from '../iam/account-id.ts';
import { arnParts, friendlyName, parseArn } from '../iam/arn.ts';
import { isJsonObject } from '../kernel/json.ts';
import { toInstant } from '../kernel/time.ts';
import { type SdkCredentials, sendThroughSdk } from './send-through-sdk.ts';

/** Runs the requests of a replay against a served emulated account, over HTTP. */
export interface ReplayClient {
  perform(request: RequestOfReplay): Promise<AnswerToReplay>;
  /** Asks as the root user; null where it is refused. */
  askOwner(action: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

const OWNER: SdkCredentials = { accessKeyId: ROOT_ACCESS_KEY_ID, secretAccessKey: EMULATED_SECRET };

/** Makes the client of an endpoint on this machine, where calls are checked from now on. */
export const createReplayClient = async (endpoint: string): Promise<ReplayClient> => {
  await fetch(new URL('/_vigil/enforce?after=0', endpoint), { method: 'POST' });
  const send = (action: string, input: unknown, credentials: SdkCredentials | null, region: string | null) =>
    sendThroughSdk(action, input, { endpoint, credentials, region: region ?? 'us-east-1' });
  const askOwner: ReplayClient['askOwner'] = async (action, input) => {
    const answer = await send(action, input, OWNER, null);
    return answer.kind === 'done' ? answer.answer : null;
  };
  const known = new Map<string, SdkCredentials | null>();
  const credentialsOf = async (as: ReplayCaller): Promise<SdkCredentials | null> => {
    if (as.kind === 'anonymous') return null;
    if (as.kind === 'credentials') return withToken(as.given);
    const before = known.get(as.principal);
    if (before !== undefined) return before;
    const found = await credentialsBy(as.principal, as.kind === 'start' && as.mfa, askOwner);
    known.set(as.principal, found);
    return found;
  };
  return {
    askOwner,
    perform: async ({ as, action, resource, input, region }) => {
      if (input === null) return simulate('principal' in as ? as.principal : '', action, resource, askOwner);
      return send(action, input, await credentialsOf(as), region);
    },
  };
};

const withToken = ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}): SdkCredentials => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken === null ? {} : { sessionToken }),
});

/** What a service would be asked that the account does not have: only whether policies allow it. */
const simulate = async (
  principal: string,
  action: string,
  resource: string,
  askOwner: ReplayClient['askOwner'],
): Promise<AnswerToReplay> => {
  const asked = { PolicySourceArn: principal, ActionNames: [action], ResourceArns: [resource] };
  const answer = JSON.stringify(await askOwner('iam:SimulatePrincipalPolicy', asked));
  return answer.includes('"EvalDecision":"allowed"')
    ? { kind: 'allowed' }
    : { kind: 'refused', code: 'AccessDenied', message: `${principal} is not authorized to perform ${action}` };
};

/** Credentials of a user, a role or the root user that nobody made on the way: the emulated account knows no secret but its own. */
const credentialsBy = async (
  principal: string,
  mfa: boolean,
  askOwner: ReplayClient['askOwner'],
): Promise<SdkCredentials | null> => {
  const arn = parseArn(principal);
  const parts = arn.ok ? arnParts(arn.value) : null;
  const accountId = parseAccountId(parts?.account ?? '');
  if (parts === null || !accountId.ok) return null;
  if (parts.resource === 'root') return OWNER;
  const place = { accountId: accountId.value, partition: parts.partition };
  const name = friendlyName(principal);
  if (parts.resource.startsWith('role/')) {
    const roleId = textIn(await askOwner('iam:GetRole', { RoleName: name }), 'Role', 'RoleId');
    return fromSealed(
      sealSession({
        account: place,
        caller: { kind: 'role', nameKey: nameKey(name), session: session(place, mfa) },
        entityId: roleId,
      }),
    );
  }
  if (!mfa) return keyOf(name, askOwner);
  const userId = textIn(await askOwner('iam:GetUser', { UserName: name }), 'User', 'UserId');
  return fromSealed(
    sealSession({
      account: place,
      caller: { kind: 'user', nameKey: nameKey(name), session: session(place, mfa) },
      entityId: userId,
    }),
  );
};

const fromSealed = ({ accessKeyId, secretAccessKey, sessionToken }: TemporaryCredentials): SdkCredentials => ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
});

const HOUR_MS = 60 * 60 * 1000;

const session = ({ accountId }: AccountPlace, mfa: boolean): Session => {
  const now = Date.now();
  return {
    accessKeyId: `ASIA${accountId}REPLAY`.slice(0, 20),
    name: 'escalation',
    issuedAt: toInstant(now),
    expiresAt: toInstant(now + HOUR_MS),
    mfaAuthenticatedAt: mfa ? toInstant(now) : null,
    tags: {},
    transitiveTagKeys: [],
    sourceIdentity: null,
    policy: null,
    policyArns: [],
    chained: false,
    federation: null,
  };
};

/** A new key of a user; where it has two, the first, which signs with what all keys without a known secret sign with. */
const keyOf = async (UserName: string, askOwner: ReplayClient['askOwner']): Promise<SdkCredentials | null> => {
  const made = await askOwner('iam:CreateAccessKey', { UserName });
  if (made !== null) {
    const secretAccessKey = textIn(made, 'AccessKey', 'SecretAccessKey');
    return { accessKeyId: textIn(made, 'AccessKey', 'AccessKeyId'), secretAccessKey };
  }
  const listed = await askOwner('iam:ListAccessKeys', { UserName });
  const accessKeyId = textIn(listed, 'AccessKeyMetadata', '0', 'AccessKeyId');
  return accessKeyId === '' ? null : { accessKeyId, secretAccessKey: EMULATED_SECRET };
};

const textIn = (answer: unknown, ...path: readonly string[]): string => {
  let value = answer;
  for (const name of path) {
    if (Array.isArray(value)) value = Object.entries(value).find(([at]) => at === name)?.[1];
    else value = isJsonObject(value) ? value[name] : undefined;
  }
  return typeof value === 'string' ? value : '';
};
