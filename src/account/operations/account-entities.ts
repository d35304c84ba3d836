import { type Arn, arnParts, friendlyName, iamArn, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { indexPrefix } from '../account-edits.ts';
import {
  type AccountState,
  type GroupState,
  type ManagedPolicyState,
  nameKey,
  type PolicyUse,
  type RoleState,
  type UserState,
} from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';

/** The ARN of the root user. */
export const rootArn = (state: AccountState): Arn => iamArn(state.partition, state.accountId, 'root');

/** The user of a name, or AWS's refusal. */
export const findUser = (state: AccountState, name: string): Result<UserState, AwsError> =>
  found(state.users.get(nameKey(name)), `The user with name ${name} cannot be found.`);

/** The group of a name, or AWS's refusal. */
export const findGroup = (state: AccountState, name: string): Result<GroupState, AwsError> =>
  found(state.groups.get(nameKey(name)), `The group with name ${name} cannot be found.`);

/** The role of a name, or AWS's refusal. */
export const findRole = (state: AccountState, name: string): Result<RoleState, AwsError> =>
  found(state.roles.get(nameKey(name)), `The role with name ${name} cannot be found.`);

/** The managed policy of an ARN, customer's or AWS's, or AWS's refusal. */
export const findPolicy = (state: AccountState, text: string): Result<ManagedPolicyState, AwsError> => {
  const arn = parseArn(text);
  if (!arn.ok) return awsError('ValidationError', `ARN ${text} is not valid.`);
  const { account } = arnParts(arn.value);
  const policies = account === 'aws' ? awsManagedPolicies(state.partition) : state.policies;
  const policy = policies.get(nameKey(friendlyName(arn.value)));
  return found(policy?.arn === arn.value ? policy : undefined, `Policy ${text} was not found.`);
};

/** AWS's refusal of a version that a managed policy does not have, or of a policy that is not there to have it. */
export const noSuchVersion = (arn: string, id: string): Result<never, AwsError> =>
  awsError('NoSuchEntity', `Policy ${arn} version ${id} does not exist or is not attachable.`);

/** Something that is there, or `NoSuchEntity`. */
export const found = <T>(entity: T | undefined, message: string): Result<T, AwsError> =>
  entity === undefined ? awsError('NoSuchEntity', message) : ok(entity);

/** The entities that a managed policy is attached to, or bounds; users, groups, roles in the order of their names. */
export const usesOfPolicy = (state: AccountState, arn: Arn, use?: PolicyUse['use']): PolicyUse[] =>
  [...state.indexes.policyUses.entriesWithPrefix(indexPrefix(arn, ...(use === undefined ? [] : [use])))].map(
    ([, entry]) => entry,
  );

/** How many entities a managed policy is attached to, or bounds. */
export const countPolicyUses = (state: AccountState, arn: Arn, use: PolicyUse['use']): number =>
  state.indexes.policyUses.countWithPrefix(indexPrefix(arn, use));

/** Whether a managed policy is attached to anybody, or bounds anybody. */
export const isPolicyUsed = (state: AccountState, arn: Arn, use?: PolicyUse['use']): boolean =>
  state.indexes.policyUses.entriesWithPrefix(indexPrefix(arn, ...(use === undefined ? [] : [use]))).next().done !==
  true;
