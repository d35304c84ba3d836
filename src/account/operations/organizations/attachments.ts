import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { organizationArn } from '../../organization-arn.ts';
import { policiesOfTarget } from '../../organization-policies.ts';
import { type OrganizationState, type PolicyType, pairKey, valuesUnder } from '../../organization-state.ts';
import { pageAnswer, paging, policyId, policyType, rootId, targetId } from './input.ts';
import { constraintViolation, organizationOperation, organizationRead } from './organization-operation.ts';
import { findPolicy } from './policies.ts';
import { awsPolicyOf, withAttachment, withoutAttachment } from './tree.ts';
import { policyView, rootView } from './views.ts';

/** Of one type at one target. Source: "Quotas for AWS Organizations"; raised from 5 for SCPs and RCPs. */
const MAX_ATTACHED = 10;

const targetsOf = ({ rootId: root, units, accounts }: OrganizationState): readonly string[] => [
  root,
  ...[...units.values()].map(({ id }) => id),
  ...[...accounts.values()].map(({ id }) => id),
];

const findTarget = (organization: OrganizationState, id: string): Result<null, AwsError> =>
  id === organization.rootId || organization.units.has(id) || organization.accounts.has(id)
    ? ok(null)
    : awsError('TargetNotFoundException', "You specified a target that doesn't exist.");

const notEnabled = awsError(
  'PolicyTypeNotEnabledException',
  'This operation can be performed only for enabled policy types.',
);

/** `organizations:EnablePolicyType`: AWS's own policy of the type comes with it, everywhere. */
const enablePolicyType = organizationOperation(
  'EnablePolicyType',
  'managementAccount',
  z.object({ RootId: rootId, PolicyType: policyType }),
  (organization, { RootId, PolicyType: type }) => {
    if (RootId !== organization.rootId) return rootNotFound;
    const { enabledPolicyTypes } = organization;
    if (enabledPolicyTypes.includes(type)) {
      return awsError('PolicyTypeAlreadyEnabledException', 'The specified policy type is already enabled.');
    }
    const own = awsPolicyOf(type);
    const enabled: OrganizationState = { ...organization, enabledPolicyTypes: [...enabledPolicyTypes, type] };
    const after =
      own === undefined
        ? enabled
        : targetsOf(organization).reduce((state, target) => withAttachment(state, own.id, target), enabled);
    return ok({ organization: after, answer: { Root: rootView(after) } });
  },
);

/** `organizations:DisablePolicyType`: what is attached of it is detached. */
const disablePolicyType = organizationOperation(
  'DisablePolicyType',
  'managementAccount',
  z.object({ RootId: rootId, PolicyType: policyType }),
  (organization, { RootId, PolicyType: type }) => {
    if (RootId !== organization.rootId) return rootNotFound;
    if (!organization.enabledPolicyTypes.includes(type)) return notEnabled;
    const disabled: OrganizationState = {
      ...organization,
      enabledPolicyTypes: organization.enabledPolicyTypes.filter((each) => each !== type),
    };
    const after = targetsOf(organization)
      .flatMap((target) => policiesOfTarget(organization, target, type).map(({ id }) => ({ id, target })))
      .reduce((state, { id, target }) => withoutAttachment(state, id, target), disabled);
    return ok({ organization: after, answer: { Root: rootView(after) } });
  },
);

const rootNotFound = awsError('RootNotFoundException', "You specified a root that doesn't exist.");

const attachment = z.object({ PolicyId: policyId, TargetId: targetId });

/** `organizations:AttachPolicy`. */
const attachPolicy = organizationOperation(
  'AttachPolicy',
  'managementAccount',
  attachment,
  (organization, { PolicyId, TargetId }) => {
    const policy = findPolicy(organization, PolicyId);
    if (!policy.ok) return policy;
    const target = findTarget(organization, TargetId);
    if (!target.ok) return target;
    const { type } = policy.value;
    if (!organization.enabledPolicyTypes.includes(type)) return notEnabled;
    const attached = policiesOfTarget(organization, TargetId, type);
    if (attached.some(({ id }) => id === PolicyId)) {
      const message = 'A policy with the specified name and type already exists.';
      return awsError('DuplicatePolicyAttachmentException', message);
    }
    if (attached.length >= MAX_ATTACHED) {
      const message = 'You have attached the maximum number of policies to the specified target.';
      return constraintViolation('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', message);
    }
    return ok({ organization: withAttachment(organization, PolicyId, TargetId), answer: {} });
  },
);

/** `organizations:DetachPolicy`: but not the last SCP of a target, and not AWS's own RCP. */
const detachPolicy = organizationOperation(
  'DetachPolicy',
  'managementAccount',
  attachment,
  (organization, { PolicyId, TargetId }) => {
    const policy = findPolicy(organization, PolicyId);
    if (!policy.ok) return policy;
    const target = findTarget(organization, TargetId);
    if (!target.ok) return target;
    const { type } = policy.value;
    const attached = policiesOfTarget(organization, TargetId, type);
    if (!attached.some(({ id }) => id === PolicyId)) {
      return awsError(
        'PolicyNotAttachedException',
        "The policy isn't attached to the specified target in the specified root.",
      );
    }
    if (mustStay(type, PolicyId, attached.length)) {
      const message =
        'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.';
      return constraintViolation('MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', message);
    }
    return ok({ organization: withoutAttachment(organization, PolicyId, TargetId), answer: {} });
  },
);

const mustStay = (type: PolicyType, id: string, attached: number): boolean =>
  type === 'SERVICE_CONTROL_POLICY'
    ? attached === 1
    : type === 'RESOURCE_CONTROL_POLICY' && id === awsPolicyOf(type)?.id;

/** `organizations:ListPoliciesForTarget`: those that are attached to the target itself. */
const listPoliciesForTarget = organizationRead(
  'ListPoliciesForTarget',
  'administrators',
  z.object({ TargetId: targetId, Filter: policyType, ...paging }),
  (organization, input) => {
    const target = findTarget(organization, input.TargetId);
    if (!target.ok) return target;
    const policies = policiesOfTarget(organization, input.TargetId, input.Filter);
    const from = (key: string) => policies.map((policy) => [policy.id, policy] as const).filter(([id]) => id >= key);
    return pageAnswer('Policies', input, from, (policy) => policyView(organization, policy));
  },
);

/** `organizations:ListTargetsForPolicy`. */
const listTargetsForPolicy = organizationRead(
  'ListTargetsForPolicy',
  'administrators',
  z.object({ PolicyId: policyId, ...paging }),
  (organization, input) => {
    const policy = findPolicy(organization, input.PolicyId);
    if (!policy.ok) return policy;
    const targets = valuesUnder(organization.targetsOfPolicies, input.PolicyId);
    const from = (key: string) =>
      targets.map((target) => [pairKey('', target), target] as const).filter(([each]) => each >= key);
    return pageAnswer('Targets', input, from, (target) => targetView(organization, target));
  },
);

const targetView = (organization: OrganizationState, id: string) => {
  const unit = organization.units.get(id);
  if (unit !== undefined) {
    return { TargetId: id, Arn: organizationArn(organization, 'ou', id), Name: unit.name, Type: 'ORGANIZATIONAL_UNIT' };
  }
  const account = organization.accounts.get(id);
  return account === undefined
    ? { TargetId: id, Arn: organizationArn(organization, 'root', id), Name: 'Root', Type: 'ROOT' }
    : { TargetId: id, Arn: organizationArn(organization, 'account', id), Name: account.name, Type: 'ACCOUNT' };
};

/** The operations that attach the policies of an organization. */
export const attachmentOperations = [
  enablePolicyType,
  disablePolicyType,
  attachPolicy,
  detachPolicy,
  listPoliciesForTarget,
  listTargetsForPolicy,
];
