import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { AWS_POLICIES, policyOf } from '../../organization-policies.ts';
import {
  type OrganizationPolicyState,
  type OrganizationState,
  type PolicyType,
  pairKey,
} from '../../organization-state.ts';
import { checkContent } from './check-content.ts';
import { pageAnswer, paging, policyId, policyType, tags } from './input.ts';
import { organizationOperation, organizationRead } from './organization-operation.ts';
import { newId } from './tree.ts';
import { policyView } from './views.ts';

const policyName = z.string().min(1).max(128);

const description = z.string().max(512);

const content = z.string().min(1).max(1_000_000);

/** A policy by its id, or AWS's refusal. */
export const findPolicy = (organization: OrganizationState, id: string): Result<OrganizationPolicyState, AwsError> => {
  const policy = policyOf(organization, id);
  return policy === undefined
    ? awsError('PolicyNotFoundException', "You specified a policy that doesn't exist.")
    : ok(policy);
};

const duplicate = awsError('DuplicatePolicyException', 'A policy with the specified name and type already exists.');

const isTaken = (organization: OrganizationState, type: PolicyType, name: string): boolean =>
  policiesOfType(organization, type).some((policy) => policy.name === name);

const policiesOfType = ({ policies }: OrganizationState, type: PolicyType): OrganizationPolicyState[] =>
  [...Object.values(AWS_POLICIES), ...policies.values()].filter((policy) => policy.type === type);

const policyAnswer = (organization: OrganizationState, policy: OrganizationPolicyState) => ({
  Policy: { PolicySummary: policyView(organization, policy), Content: policy.content },
});

/** `organizations:CreatePolicy`. */
const createPolicy = organizationOperation(
  'CreatePolicy',
  'managementAccount',
  z.object({ Content: content, Description: description, Name: policyName, Type: policyType, Tags: tags.default([]) }),
  (organization, input, call) => {
    const checked = checkContent(input.Type, input.Content);
    if (!checked.ok) return checked;
    if (isTaken(organization, input.Type, input.Name)) return duplicate;
    const policy: OrganizationPolicyState = {
      id: newId('p-', 8, call.random),
      name: input.Name,
      description: input.Description,
      type: input.Type,
      content: input.Content,
      awsManaged: false,
    };
    const given = new Map(input.Tags.map(({ Key, Value }) => [Key, Value]));
    const after = {
      ...organization,
      policies: organization.policies.set(policy.id, policy),
      tags: given.size > 0 ? organization.tags.set(policy.id, given) : organization.tags,
    };
    return ok({ organization: after, answer: policyAnswer(organization, policy) });
  },
);

/** `organizations:DescribePolicy`. */
const describePolicy = organizationRead(
  'DescribePolicy',
  'administrators',
  z.object({ PolicyId: policyId }),
  (organization, { PolicyId }) => {
    const policy = findPolicy(organization, PolicyId);
    return policy.ok ? ok(policyAnswer(organization, policy.value)) : policy;
  },
);

const findOwnPolicy = (organization: OrganizationState, id: string): Result<OrganizationPolicyState, AwsError> => {
  const policy = findPolicy(organization, id);
  if (!policy.ok || !policy.value.awsManaged) return policy;
  return awsError('InvalidInputException', 'You cannot modify or delete an AWS managed policy.', {
    Reason: 'IMMUTABLE_POLICY',
  });
};

/** `organizations:UpdatePolicy`. */
const updatePolicy = organizationOperation(
  'UpdatePolicy',
  'managementAccount',
  z.object({
    PolicyId: policyId,
    Name: policyName.optional(),
    Description: description.optional(),
    Content: content.optional(),
  }),
  (organization, input) => {
    const policy = findOwnPolicy(organization, input.PolicyId);
    if (!policy.ok) return policy;
    const { name, description: text, content: document, type } = policy.value;
    const updated = {
      ...policy.value,
      name: input.Name ?? name,
      description: input.Description ?? text,
      content: input.Content ?? document,
    };
    const checked = checkContent(type, updated.content);
    if (!checked.ok) return checked;
    if (updated.name !== name && isTaken(organization, type, updated.name)) return duplicate;
    const after = { ...organization, policies: organization.policies.set(updated.id, updated) };
    return ok({ organization: after, answer: policyAnswer(organization, updated) });
  },
);

/** `organizations:DeletePolicy`: one that is attached to nothing. */
const deletePolicy = organizationOperation(
  'DeletePolicy',
  'managementAccount',
  z.object({ PolicyId: policyId }),
  (organization, { PolicyId }) => {
    const policy = findOwnPolicy(organization, PolicyId);
    if (!policy.ok) return policy;
    for (const _ of organization.targetsOfPolicies.entriesWithPrefix(pairKey(PolicyId, ''))) {
      const message =
        'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.';
      return awsError('PolicyInUseException', message);
    }
    const { policies, tags: all } = organization;
    return ok({
      organization: { ...organization, policies: policies.delete(PolicyId), tags: all.delete(PolicyId) },
      answer: {},
    });
  },
);

/** `organizations:ListPolicies`: those of a type. */
const listPolicies = organizationRead(
  'ListPolicies',
  'administrators',
  z.object({ Filter: policyType, ...paging }),
  (organization, input) => {
    const policies = policiesOfType(organization, input.Filter).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const from = (key: string) => policies.map((policy) => [policy.id, policy] as const).filter(([id]) => id >= key);
    return pageAnswer('Policies', input, from, (policy) => policyView(organization, policy));
  },
);

/** The operations on the policies of an organization. */
export const policyOperations = [createPolicy, describePolicy, updatePolicy, deletePolicy, listPolicies];
