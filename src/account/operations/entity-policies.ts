import { type Arn, arnParts } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type InlinePolicyState, nameKey } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import type { Answer } from '../operation.ts';
import { found } from './account-entities.ts';
import { type PageInput, page, wholeList } from './page.ts';
import { attachedPolicyList, urlEncoded } from './views.ts';

// What users, groups and roles answer alike about their policies.

/** A page of the managed policies attached to an entity whose path begins as asked. */
export const pageOfAttachedPolicies = (
  list: string,
  input: PageInput & { readonly PathPrefix: string },
  entity: { readonly attachedPolicies: readonly Arn[] },
): Result<Answer, AwsError> => {
  const under = entity.attachedPolicies.filter((arn) =>
    arnParts(arn).resource.slice('policy'.length).startsWith(input.PathPrefix),
  );
  const policies = page(list, input, wholeList(under));
  return policies.ok
    ? ok({ AttachedPolicies: attachedPolicyList(policies.value.items), ...policies.value.more })
    : policies;
};

/** A page of the names of an entity's inline policies. */
export const inlinePolicyNames = (
  list: string,
  input: PageInput,
  entity: { readonly inlinePolicies: readonly InlinePolicyState[] },
): Result<Answer, AwsError> => {
  const names = page(list, input, wholeList(entity.inlinePolicies.map(({ policyName }) => policyName)));
  return names.ok ? ok({ PolicyNames: names.value.items, ...names.value.more }) : names;
};

/** Name, as it was asked for, and document of an entity's inline policy. */
export const inlinePolicyAnswer = (
  { inlinePolicies }: { readonly inlinePolicies: readonly InlinePolicyState[] },
  name: string,
  entity: 'user' | 'group' | 'role',
): Result<Answer, AwsError> => {
  const policy = found(
    inlinePolicies.find(({ policyName }) => nameKey(policyName) === nameKey(name)),
    `The ${entity} policy with name ${name} cannot be found.`,
  );
  return policy.ok ? ok({ PolicyName: name, PolicyDocument: urlEncoded(policy.value.document) }) : policy;
};
