import { type Arn, arnParts, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type AccountState, type InlinePolicyState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { checkPolicyDocument } from '../policy-grammar/check-policy-document.ts';
import { checkInlineSize, checkQuota } from '../quotas.ts';
import { findPolicy } from './account-entities.ts';
import { checkPolicyInUse } from './policies-in-use.ts';

// What attaching, embedding and bounding do alike to users, groups and roles.

/** What policies are attached to and embedded in. */
interface Holder {
  readonly attachedPolicies: readonly Arn[];
  readonly inlinePolicies: readonly InlinePolicyState[];
}

type HolderKind = 'user' | 'group' | 'role';

const ATTACHED_QUOTA = { user: 'PoliciesPerUser', group: 'PoliciesPerGroup', role: 'PoliciesPerRole' } as const;

/** The entity with a managed policy attached; one that is attached already stays so. */
export const withAttached = <T extends Holder>(
  state: AccountState,
  kind: HolderKind,
  entity: T,
  policyArn: string,
): Result<T, AwsError> => {
  const arn = attachable(state, policyArn, 'Policy');
  if (!arn.ok) return arn;
  if (arnParts(arn.value).resource.startsWith('policy/aws-service-role/')) {
    const holder = kind.charAt(0).toUpperCase() + kind.slice(1);
    return awsError('PolicyNotAttachable', `Cannot attach a Service Role Policy to a Customer ${holder}.`);
  }
  if (entity.attachedPolicies.includes(arn.value)) return ok(entity);
  const allowed = checkQuota(state, ATTACHED_QUOTA[kind], entity.attachedPolicies.length + 1);
  return allowed.ok ? ok({ ...entity, attachedPolicies: [...entity.attachedPolicies, arn.value] }) : allowed;
};

/** The entity with a managed policy detached, which is to be attached before. */
export const withDetached = <T extends Holder>(entity: T, policyArn: string): Result<T, AwsError> => {
  const arn = parseArn(policyArn);
  if (!arn.ok) return awsError('ValidationError', `ARN ${policyArn} is not valid.`);
  if (!entity.attachedPolicies.includes(arn.value))
    return awsError('NoSuchEntity', `Policy ${policyArn} was not found.`);
  return ok({ ...entity, attachedPolicies: entity.attachedPolicies.filter((attached) => attached !== arn.value) });
};

/** The ARN of a policy that may be a permissions boundary. */
export const boundaryArn = (state: AccountState, policyArn: string): Result<Arn, AwsError> => {
  const arn = parseArn(policyArn);
  return arn.ok && arnParts(arn.value).resource.startsWith('policy/')
    ? attachable(state, policyArn, 'Scope ARN:')
    : awsError('InvalidInput', `ARN ${policyArn} is not valid.`);
};

const attachable = (state: AccountState, policyArn: string, what: string): Result<Arn, AwsError> => {
  if (!parseArn(policyArn).ok) return awsError('ValidationError', `ARN ${policyArn} is not valid.`);
  const policy = findPolicy(state, policyArn);
  if (!policy.ok) return awsError('NoSuchEntity', `${what} ${policyArn} does not exist or is not attachable.`);
  const allowed = checkPolicyInUse(state, policy.value.arn);
  return allowed.ok ? ok(policy.value.arn) : allowed;
};

/** The entity without its permissions boundary; as recorded from AWS, it is to have one. */
export const withoutBoundary = <T extends { readonly arn: Arn; readonly permissionsBoundary: Arn | null }>(
  entity: T,
): Result<T, AwsError> =>
  entity.permissionsBoundary === null
    ? awsError('NoSuchEntity', `${entity.arn} has no permissions boundary.`)
    : ok({ ...entity, permissionsBoundary: null });

/** The entity with an inline policy embedded, or replaced under the name that it had. */
export const withInline = <T extends Holder>(
  state: AccountState,
  { kind, name }: { readonly kind: HolderKind; readonly name: string },
  entity: T,
  { PolicyName, PolicyDocument }: { readonly PolicyName: string; readonly PolicyDocument: string },
): Result<T, AwsError> => {
  const wellFormed = checkPolicyDocument(PolicyDocument, 'inline', state.partition);
  if (!wellFormed.ok) return wellFormed;
  const at = indexOfInline(entity, PolicyName);
  const policyName = entity.inlinePolicies[at]?.policyName ?? PolicyName;
  const embedded = { policyName, document: PolicyDocument };
  const inlinePolicies = at < 0 ? [...entity.inlinePolicies, embedded] : entity.inlinePolicies.with(at, embedded);
  const small = checkInlineSize(state, kind, name, inlinePolicies);
  return small.ok ? ok({ ...entity, inlinePolicies }) : small;
};

/** The entity without an inline policy, which is to be there before. */
export const withoutInline = <T extends Holder>(
  kind: HolderKind,
  entity: T,
  policyName: string,
): Result<T, AwsError> => {
  const at = indexOfInline(entity, policyName);
  return at < 0
    ? awsError('NoSuchEntity', `The ${kind} policy with name ${policyName} cannot be found.`)
    : ok({ ...entity, inlinePolicies: entity.inlinePolicies.toSpliced(at, 1) });
};

const indexOfInline = ({ inlinePolicies }: Holder, name: string): number =>
  inlinePolicies.findIndex(({ policyName }) => nameKey(policyName) === nameKey(name));
