import { z } from 'zod';
import { stsArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call, Caller } from '../../call.ts';
import { accountAt, type CloudState } from '../../cloud-state.ts';
import { cloudOperation } from '../../operation.ts';
import { verifiedMfa } from './mfa.ts';
import { credentialsAnswer, NOTHING_PASSED, newSession, packedSizeAnswer } from './new-session.ts';
import * as input from './session-input.ts';
import { passedAlong } from './session-limits.ts';

const TWELVE_HOURS = 43_200;
const THIRTY_SIX_HOURS = 129_600;

/** `sts:GetSessionToken`. */
export const getSessionToken = cloudOperation(
  'sts:GetSessionToken',
  z.object({
    DurationSeconds: input.duration(THIRTY_SIX_HOURS).optional(),
    ...input.mfaInput,
    ...input.tokenSize,
  }),
  (cloud, given, call) => {
    const holder = longTermHolder(cloud, call, 'GetSessionToken');
    if (!holder.ok) return holder;
    const mfa = verifiedMfa(cloud, given, call);
    if (!mfa.ok) return mfa;
    const { caller, entityId } = holder.value;
    const plan = {
      ...NOTHING_PASSED,
      name: '',
      durationSeconds: durationFor(caller, given.DurationSeconds),
      mfaAuthenticatedAt: mfa.value.at,
    };
    const sealed = {
      account: call.account,
      caller: { ...caller, session: newSession(call.account, plan, call) },
      entityId,
    };
    return ok({ cloud: mfa.value.cloud, answer: credentialsAnswer(sealed, given.MinimumSessionTokenSize) });
  },
);

/** `sts:GetFederationToken`. */
export const getFederationToken = cloudOperation(
  'sts:GetFederationToken',
  z.object({
    Name: input.federatedName,
    DurationSeconds: input.duration(THIRTY_SIX_HOURS).optional(),
    ...input.sessionPolicies,
    Tags: input.tags,
    ...input.tokenSize,
  }),
  (cloud, given, call) => {
    const holder = longTermHolder(cloud, call, 'GetFederationToken');
    if (!holder.ok) return holder;
    const { caller, entityId } = holder.value;
    const { accountId, partition } = call.account;
    const passed = passedAlong(accountAt(cloud, call.account), given, null);
    if (!passed.ok) return passed;
    const plan = { ...passed.value, name: given.Name, durationSeconds: durationFor(caller, given.DurationSeconds) };
    const session = newSession(call.account, plan, call);
    const issuer = caller.kind === 'user' ? caller.nameKey : null;
    const sealed = { account: call.account, caller: { kind: 'federatedUser', issuer, session } as const, entityId };
    const FederatedUser = {
      FederatedUserId: `${accountId}:${given.Name}`,
      Arn: stsArn(partition, accountId, `federated-user/${given.Name}`),
    };
    const answer = {
      ...credentialsAnswer(sealed, given.MinimumSessionTokenSize),
      FederatedUser,
      ...packedSizeAnswer(plan),
    };
    return ok({ cloud, answer });
  },
);

interface Holder {
  readonly caller: Extract<Caller, { readonly kind: 'user' | 'root' }>;
  readonly entityId: string;
}

/** Only long-term credentials beget these sessions. */
const longTermHolder = (cloud: CloudState, { account, caller }: Call, action: string): Result<Holder, AwsError> => {
  if ((caller.kind !== 'user' && caller.kind !== 'root') || caller.session !== undefined) {
    return awsError('AccessDenied', `Cannot call ${action} with session credentials`);
  }
  const user = caller.kind === 'user' ? accountAt(cloud, account).users.get(caller.nameKey) : undefined;
  return ok({ caller, entityId: user?.userId ?? '' });
};

/** Sessions of the root user last an hour at most, whatever is asked for. Source: AWS STS API Reference. */
const durationFor = ({ kind }: Holder['caller'], asked = TWELVE_HOURS): number =>
  kind === 'root' ? Math.min(asked, 3600) : asked;
