import { createHash } from 'node:crypto';
import { withRole } from '../../../account/account-edits.ts';
import { type AccountState, nameKey } from '../../../account/account-state.ts';
import type { Authorizer, PermissionCheck } from '../../../account/authorizer.ts';
import type { AccountPlace, Call, Caller, Random, Session } from '../../../account/call.ts';
import { accountAt, accountKey, type CloudState, withAccount } from '../../../account/cloud-state.ts';
import { operations } from '../../../account/operations.ts';
import { signerOf } from '../../../account/signer.ts';
import { friendlyName } from '../../../iam/arn.ts';
import { addDays, type Instant } from '../../../kernel/time.ts';
import type { PathStep } from '../escalation-path.ts';
import { type Attacker, isRoleArn, SESSION_NAME } from './attacker.ts';
import type { Asked, Replay } from './replay-path.ts';
import type { OwnerQuestion, ReplayAnswer, ReplayRequest } from './replay-request.ts';

/** What a replay on a fork needs. */
export interface ForkGiven {
  /** The audited account; it stays as it is. */
  readonly cloud: CloudState;
  readonly place: AccountPlace;
  readonly authorize: Authorizer;
  readonly isPermitted: PermissionCheck;
  readonly now: Instant;
}

/** Runs a replay on a fork of an account, with every request authorized. Gives what came of it, and the fork as it is then. */
export const runOnFork = <Result>(
  replay: Replay<Result>,
  given: ForkGiven,
): { readonly result: Result; readonly cloud: CloudState } => {
  const fork: Fork = { ...given, random: steadyRandom() };
  let next = replay.next();
  while (next.done !== true) next = replay.next(answerOf(fork, next.value));
  return { result: next.value, cloud: fork.cloud };
};

interface Fork extends Omit<ForkGiven, 'cloud'> {
  cloud: CloudState;
  readonly random: Random;
}

/** The same bytes in the same order, so that two audits tell the same. */
const steadyRandom = (): Random => {
  let count = 0;
  return (size) => {
    const blocks: Buffer[] = [];
    for (let length = 0; length < size; length += 32) {
      count += 1;
      blocks.push(createHash('sha256').update(`escalation proof ${count}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, size);
  };
};

const answerOf = (fork: Fork, asked: Asked): unknown => {
  switch (asked.kind) {
    case 'request':
      return perform(fork, asked.request);
    case 'owner':
      return askOwner(fork, asked);
    case 'service':
      fork.cloud = afterService(fork.cloud, fork.place, asked.step);
      return null;
  }
};

const perform = (fork: Fork, request: ReplayRequest): ReplayAnswer => {
  const { as, action, resource, input, context, sourceIp, region } = request;
  const { cloud, authorize, isPermitted } = fork;
  const caller = callBy(fork, as, region ?? regionOf(resource, fork.place));
  if (caller === null)
    return { kind: 'refused', code: 'InvalidClientTokenId', message: 'the credentials are not valid' };
  const call = sourceIp === null ? caller : { ...caller, sourceIp };
  if (input === null) {
    const permitted = isPermitted(cloud, { action, resource, context }, call);
    return permitted.ok ? { kind: 'allowed' } : { kind: 'refused', ...plainly(permitted.error) };
  }
  const prepared = operations.get(action)?.prepare(input);
  if (prepared === undefined) return { kind: 'refused', code: 'InvalidAction', message: `no operation ${action}` };
  if (!prepared.ok) return { kind: 'refused', ...plainly(prepared.error) };
  const authorized = authorize(cloud, action, input, call);
  if (!authorized.ok) return { kind: 'refused', ...plainly(authorized.error) };
  const outcome = prepared.value(cloud, call);
  if (!outcome.ok) return { kind: 'refused', ...plainly(outcome.error) };
  fork.cloud = outcome.value.cloud;
  return { kind: 'done', answer: outcome.value.answer };
};

const plainly = ({ code, message }: { readonly code: string; readonly message: string }) => ({ code, message });

const askOwner = (fork: Fork, { action, input }: OwnerQuestion): unknown => {
  const call = callOf(fork, { kind: 'root' }, regionOf('', fork.place), '');
  const outcome = operations.get(action)?.run(fork.cloud, input, call);
  return outcome?.ok === true ? outcome.value.answer : null;
};

const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

const regionOf = (resource: string, { partition }: AccountPlace): string =>
  resource.split(':')[3] || (HOME_REGIONS.get(partition) ?? 'us-east-1');

const callOf = ({ place, now, random }: Fork, caller: Caller, region: string, accessKeyId: string): Call => ({
  account: place,
  caller,
  now,
  random,
  accessKeyId,
  region,
  sourceIp: '127.0.0.1',
});

const callBy = (fork: Fork, as: Attacker, region: string): Call | null => {
  if (as.kind === 'anonymous') return callOf(fork, { kind: 'anonymous' }, region, '');
  if (as.kind === 'credentials') {
    const signer = signerOf(fork.cloud, as.given, fork.place, fork.now);
    return signer.ok && signer.value.secretAccessKey === as.given.secretAccessKey
      ? { ...callOf(fork, signer.value.caller, region, as.given.accessKeyId), account: signer.value.account }
      : null;
  }
  const mfa = as.kind === 'start' && as.mfa;
  return callOf(fork, callerOf(as.principal, fork.now, mfa), region, '');
};

/** A user or role as it calls by itself, and the root user. */
const callerOf = (principal: string, now: Instant, mfa: boolean): Caller => {
  const name = nameKey(friendlyName(principal));
  const session = sessionAt(now, mfa);
  if (isRoleArn(principal)) return { kind: 'role', nameKey: name, session: { ...session, name: SESSION_NAME } };
  if (principal.endsWith(':root')) return { kind: 'root' };
  return { kind: 'user', nameKey: name, ...(mfa && { session }) };
};

const sessionAt = (now: Instant, mfa: boolean): Session => ({
  accessKeyId: '',
  name: '',
  issuedAt: now,
  expiresAt: addDays(now, 1),
  mfaAuthenticatedAt: mfa ? now : null,
  tags: {},
  transitiveTagKeys: [],
  sourceIdentity: null,
  policy: null,
  policyArns: [],
  chained: false,
  federation: null,
});

/** What the services of a step that the emulated account does not carry out have changed, where that is about policies. */
const afterService = (cloud: CloudState, place: AccountPlace, { effect, from }: PathStep): CloudState => {
  if (effect === 'lifts-guardrails') return { ...cloud, memberships: cloud.memberships.delete(accountKey(place)) };
  return effect === 'lifts-boundary' ? withAccount(cloud, unbounded(accountAt(cloud, place), from)) : cloud;
};

const unbounded = (state: AccountState, arn: string): AccountState => {
  const role = isRoleArn(arn) ? state.roles.get(nameKey(friendlyName(arn))) : undefined;
  return role === undefined ? state : withRole(state, { ...role, permissionsBoundary: null });
};
