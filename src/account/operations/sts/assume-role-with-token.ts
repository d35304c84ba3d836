import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { CloudState } from '../../cloud-state.ts';
import { cloudOperation } from '../../operation.ts';
import { isSamlProviderArn, readSamlAssertion } from '../../saml-assertion.ts';
import { type FederatedIdentity, readWebIdentity } from '../../web-identity.ts';
import { roleSessionAnswer, type SessionPlan } from './new-session.ts';
import { checkDuration, isRoleArn, type PlacedRole, roleOfArn } from './roles.ts';
import * as input from './session-input.ts';
import { passedAlong } from './session-limits.ts';

const common = {
  RoleArn: input.arn,
  ...input.sessionPolicies,
  DurationSeconds: input.duration(43_200).default(3600),
  ...input.tokenSize,
};

/** `sts:AssumeRoleWithWebIdentity`, which anybody may call who has a token of a provider that the role trusts. */
export const assumeRoleWithWebIdentity = cloudOperation(
  'sts:AssumeRoleWithWebIdentity',
  z.object({
    ...common,
    RoleSessionName: input.roleSessionName,
    WebIdentityToken: z.string().min(4).max(20_000),
    ProviderId: z.string().min(4).max(2048).optional(),
  }),
  (cloud, given, call) => {
    const found = trustingRole(cloud, given.RoleArn, 'AssumeRoleWithWebIdentity');
    if (!found.ok) return found;
    const identity = readWebIdentity(found.value.state, given.WebIdentityToken, call.now);
    if (!identity.ok) return identity;
    const plan = planFor(found.value, given, identity.value, given.RoleSessionName, given.DurationSeconds);
    if (!plan.ok) return plan;
    const { provider, subject, audience } = identity.value;
    const answer = {
      ...roleSessionAnswer(found.value, plan.value, given.MinimumSessionTokenSize, call),
      SubjectFromWebIdentityToken: subject,
      Provider: provider,
      Audience: audience,
    };
    return ok({ cloud, answer });
  },
);

/** `sts:AssumeRoleWithSAML`, which anybody may call who has an assertion of a provider that the role trusts. */
export const assumeRoleWithSaml = cloudOperation(
  'sts:AssumeRoleWithSAML',
  z.object({ ...common, PrincipalArn: input.arn, SAMLAssertion: z.string().min(4).max(100_000) }),
  (cloud, given, call) => {
    const found = trustingRole(cloud, given.RoleArn, 'AssumeRoleWithSAML');
    if (!found.ok) return found;
    if (!isSamlProviderArn(given.PrincipalArn)) return awsError('ValidationError', 'Request ARN is invalid');
    const asked = { roleArn: given.RoleArn, providerArn: given.PrincipalArn, response: given.SAMLAssertion };
    const identity = readSamlAssertion(found.value.state, asked, call.now);
    if (!identity.ok) return identity;
    const { sessionName, sessionDuration, subject, subjectType, issuer, audience, nameQualifier } = identity.value;
    const seconds = Math.min(given.DurationSeconds, sessionDuration ?? given.DurationSeconds);
    const plan = planFor(found.value, given, identity.value, sessionName, seconds);
    if (!plan.ok) return plan;
    const answer = {
      ...roleSessionAnswer(found.value, plan.value, given.MinimumSessionTokenSize, call),
      Subject: subject,
      SubjectType: subjectType,
      Issuer: issuer,
      Audience: audience,
      NameQualifier: nameQualifier,
    };
    return ok({ cloud, answer });
  },
);

/** The role to assume; that there is none is not told. */
const trustingRole = (cloud: CloudState, arn: string, action: string): Result<PlacedRole, AwsError> => {
  if (!isRoleArn(arn)) return awsError('ValidationError', 'Request ARN is invalid');
  const found = roleOfArn(cloud, arn);
  return found === null ? awsError('AccessDenied', `Not authorized to perform sts:${action}`) : ok(found);
};

/** The session for somebody whom an identity provider vouches for. */
const planFor = (
  role: PlacedRole,
  given: Parameters<typeof passedAlong>[1],
  { provider, tags, transitiveTagKeys, sourceIdentity, context }: FederatedIdentity,
  name: string,
  durationSeconds: number,
): Result<SessionPlan, AwsError> => {
  const lasting = checkDuration(role, durationSeconds);
  if (!lasting.ok) return lasting;
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const passed = passedAlong(role.state, { ...given, Tags, TransitiveTagKeys: transitiveTagKeys }, null);
  if (!passed.ok) return passed;
  const federation = { provider, context };
  return ok({ ...passed.value, name, durationSeconds, sourceIdentity, federation });
};
