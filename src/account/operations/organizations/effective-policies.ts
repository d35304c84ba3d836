import { z } from 'zod';
import { isJsonObject } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { effectivePolicy } from '../../effective-policy.ts';
import { pathTo, policiesOfTarget } from '../../organization-policies.ts';
import { type OrganizationState, POLICY_TYPES, type PolicyType } from '../../organization-state.ts';
import { parsed } from '../../trust-document.ts';
import { accountId, pageAnswer, paging } from './input.ts';
import { accessDenied, organizationRead } from './organization-operation.ts';
import { accountView } from './views.ts';

/** The types whose policies are merged; SCPs and RCPs are not. */
const mergedType = z.enum(
  POLICY_TYPES.filter((type) => type !== 'SERVICE_CONTROL_POLICY' && type !== 'RESOURCE_CONTROL_POLICY'),
);

/** `organizations:DescribeEffectivePolicy`: of the caller's account; the management account may ask about the others. */
const describeEffectivePolicy = organizationRead(
  'DescribeEffectivePolicy',
  'members',
  z.object({ PolicyType: mergedType, TargetId: accountId.optional() }),
  (organization, { PolicyType: type, TargetId }, call) => {
    const target = TargetId ?? call.account.accountId;
    if (!mayAsk(organization, target, call)) return accessDenied;
    if (!organization.accounts.has(target)) return targetNotFound;
    const policies = organization.enabledPolicyTypes.includes(type) ? documentsFor(organization, target, type) : [];
    if (policies.length === 0) return NONE;
    return ok({
      EffectivePolicy: {
        PolicyContent: JSON.stringify(effectivePolicy(policies)),
        LastUpdatedTimestamp: call.now,
        TargetId: target,
        PolicyType: type,
      },
    });
  },
);

const mayAsk = ({ managementAccountId }: OrganizationState, target: string, { account }: Call): boolean =>
  account.accountId === managementAccountId || account.accountId === target;

const targetNotFound = awsError('TargetNotFoundException', "You specified a target that doesn't exist.");

const NONE: Result<never, AwsError> = awsError(
  'EffectivePolicyNotFoundException',
  "If you ran this action on the management account, this policy type is not enabled. If you ran the action on a member account, the account doesn't have an effective policy of this type.",
);

const documentsFor = (organization: OrganizationState, target: string, type: PolicyType) =>
  pathTo(organization, target)
    .flatMap(({ id }) => policiesOfTarget(organization, id, type))
    .map(({ content }) => parsed(content))
    .filter(isJsonObject);

/** `organizations:ListAccountsWithInvalidEffectivePolicy`: none, since what is malformed is refused before it is attached. */
const listInvalid = organizationRead(
  'ListAccountsWithInvalidEffectivePolicy',
  'administrators',
  z.object({ PolicyType: mergedType, ...paging }),
  (_, { PolicyType: type }) => ok({ Accounts: [], PolicyType: type }),
);

/** `organizations:ListEffectivePolicyValidationErrors`: none, for the same reason. */
const listErrors = organizationRead(
  'ListEffectivePolicyValidationErrors',
  'administrators',
  z.object({ AccountId: accountId, PolicyType: mergedType, ...paging }),
  (organization, input, call) => {
    const member = organization.accounts.get(input.AccountId);
    if (member === undefined) {
      return awsError('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    const [path] = accountView(organization, member).Paths;
    const answer = pageAnswer('EffectivePolicyValidationErrors', input, () => [], String);
    if (!answer.ok) return answer;
    const { AccountId, PolicyType: type } = input;
    return ok({ ...answer.value, AccountId, PolicyType: type, Path: path, EvaluationTimestamp: call.now });
  },
);

/** The operations on policies that are merged from the root down. */
export const effectivePolicyOperations = [describeEffectivePolicy, listInvalid, listErrors];
