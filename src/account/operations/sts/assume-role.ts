import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call, Session } from '../../call.ts';
import type { CloudState } from '../../cloud-state.ts';
import { notAuthorized } from '../../not-authorized.ts';
import { cloudOperation } from '../../operation.ts';
import { verifiedMfa } from './mfa.ts';
import { roleSessionAnswer } from './new-session.ts';
import { checkDuration, isRoleArn, type PlacedRole, roleOfArn } from './roles.ts';
import * as input from './session-input.ts';
import { passedAlong } from './session-limits.ts';

const schema = z.object({
  RoleArn: input.arn,
  RoleSessionName: input.roleSessionName,
  ...input.sessionPolicies,
  DurationSeconds: input.duration(43_200).default(3600),
  Tags: input.tags,
  TransitiveTagKeys: input.transitiveTagKeys,
  ExternalId: input.externalId.optional(),
  ...input.mfaInput,
  SourceIdentity: input.sourceIdentity.optional(),
  ...input.tokenSize,
});

/**
 * `sts:AssumeRole`. Whether the role's trust policy lets the caller in is decided with every other permission, before
 * this runs; what is checked here holds for everybody.
 */
export const assumeRole = cloudOperation('sts:AssumeRole', schema, (cloud, given, call) => {
  const found = assumableRole(cloud, given.RoleArn, call);
  if (!found.ok) return found;
  const asking = roleSession(call);
  const lasting = checkLasting(found.value, given.DurationSeconds, asking);
  if (!lasting.ok) return lasting;
  const passed = passedAlong(found.value.state, given, asking);
  if (!passed.ok) return passed;
  const sourceIdentity = keptSourceIdentity(given.SourceIdentity, asking);
  if (!sourceIdentity.ok) return sourceIdentity;
  const mfa = verifiedMfa(cloud, given, call);
  if (!mfa.ok) return mfa;
  const plan = {
    ...passed.value,
    name: given.RoleSessionName,
    durationSeconds: given.DurationSeconds,
    mfaAuthenticatedAt: mfa.value.at,
    sourceIdentity: sourceIdentity.value,
    chained: asking !== null,
  };
  const answer = roleSessionAnswer(found.value, plan, given.MinimumSessionTokenSize, call);
  return ok({ cloud: mfa.value.cloud, answer });
});

/** The role to assume. That there is none is not told: it is as if its trust policy let nobody in. */
const assumableRole = (cloud: CloudState, arn: string, call: Call): Result<PlacedRole, AwsError> => {
  if (!isRoleArn(arn)) return awsError('ValidationError', `${arn} is invalid`);
  const found = roleOfArn(cloud, arn);
  return found === null ? awsError('AccessDenied', notAuthorized(cloud, call, 'sts:AssumeRole', arn)) : ok(found);
};

/** The session of a role that asks for another; null where no role does. */
const roleSession = ({ caller }: Call): Session | null => (caller.kind === 'role' ? caller.session : null);

const CHAINED_SECONDS = 3600;

const checkLasting = (role: PlacedRole, seconds: number, asking: Session | null): Result<null, AwsError> =>
  asking !== null && seconds > CHAINED_SECONDS
    ? awsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      )
    : checkDuration(role, seconds);

/** A source identity that was set stays as it is in all sessions that follow. */
const keptSourceIdentity = (given: string | undefined, asking: Session | null): Result<string | null, AwsError> => {
  const before = asking?.sourceIdentity ?? null;
  if (given?.toLowerCase().startsWith('aws:') === true) {
    return awsError('ValidationError', 'SourceIdentity cannot begin with the reserved prefix aws:.');
  }
  if (given !== undefined && before !== null && given !== before) {
    return awsError('AccessDenied', 'The source identity of the calling session cannot be changed.');
  }
  return ok(given ?? before);
};
