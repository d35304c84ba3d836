import { epochMillis, type Instant, toInstant } from '../../../kernel/time.ts';
import type { AccountState, RoleState } from '../../account-state.ts';
import type { AccountPlace, Call, Session } from '../../call.ts';
import { sessionIdentity } from '../../caller-identity.ts';
import type { Answer } from '../../operation.ts';
import { MAX_SESSION_TOKEN_BYTES, newSessionKeyId, type SealedSession, sealSession } from '../../session-token.ts';
import { type Passed, packedSize } from './session-limits.ts';

/** What a session is made of, beside what a call passes along. */
export interface SessionPlan extends Passed {
  readonly name: string;
  readonly durationSeconds: number;
  readonly mfaAuthenticatedAt?: Instant | null;
  readonly sourceIdentity?: string | null;
  readonly chained?: boolean;
  readonly federation?: Session['federation'];
}

/** Nothing is passed along. */
export const NOTHING_PASSED: Passed = { policy: null, policyArns: [], tags: {}, transitiveTagKeys: [] };

/** A session that begins now. */
export const newSession = (place: AccountPlace, plan: SessionPlan, { now, random }: Call): Session => {
  const {
    durationSeconds,
    mfaAuthenticatedAt = null,
    sourceIdentity = null,
    chained = false,
    federation = null,
  } = plan;
  const start = epochMillis(now);
  return {
    accessKeyId: newSessionKeyId(place, random),
    name: plan.name,
    issuedAt: toInstant(start),
    expiresAt: toInstant(start + durationSeconds * 1000),
    mfaAuthenticatedAt,
    tags: plan.tags,
    transitiveTagKeys: plan.transitiveTagKeys,
    sourceIdentity,
    policy: plan.policy,
    policyArns: plan.policyArns,
    chained,
    federation,
  };
};

/** The members of an answer that hands out a session's credentials. */
export const credentialsAnswer = (sealed: SealedSession, minimumTokenSize: number): Answer => {
  const { accessKeyId, secretAccessKey, sessionToken } = sealSession(sealed, minimumTokenSize);
  const { expiresAt } = sealed.caller.session;
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiresAt,
    },
    SessionTokenSize: sessionToken.length,
    SessionTokenUtilization: Math.min(100, Math.ceil((100 * sessionToken.length) / MAX_SESSION_TOKEN_BYTES)),
  };
};

/** `PackedPolicySize`, where anything is passed along. */
export const packedSizeAnswer = (passed: Passed): Answer => {
  const size = packedSize(passed);
  return size === 0 ? {} : { PackedPolicySize: size };
};

/** Begins a session of a role: the members of the answer that the three ways of assuming one have in common. */
export const roleSessionAnswer = (
  { state, role }: { readonly state: AccountState; readonly role: RoleState },
  plan: SessionPlan,
  minimumTokenSize: number,
  call: Call,
): Answer => {
  const place = { accountId: state.accountId, partition: state.partition };
  const session = newSession(place, plan, call);
  const caller = { kind: 'role', nameKey: role.roleName.toLowerCase(), session } as const;
  const { arn, userId } = sessionIdentity(state, role, plan.name);
  return {
    ...credentialsAnswer({ account: place, caller, entityId: role.roleId }, minimumTokenSize),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...packedSizeAnswer(plan),
    ...(session.sourceIdentity === null ? {} : { SourceIdentity: session.sourceIdentity }),
  };
};
