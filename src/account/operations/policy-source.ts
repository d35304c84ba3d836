import { arnParts, friendlyName, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Holder } from '../simulate/source-policies.ts';

/**
 * The user, group or role whose ARN is given. As recorded from AWS it is found by its name, whatever the path says.
 */
export const findPolicySource = (state: AccountState, text: string): Result<Holder, AwsError> => {
  const arn = parseArn(text);
  const parts = arn.ok ? arnParts(arn.value) : null;
  const kind = /^(user|group|role)\/./s.exec(parts?.resource ?? '')?.[1];
  if (parts === null || parts.service !== 'iam' || kind === undefined) return unclearEntity(text);
  if (parts.account !== state.accountId) {
    return awsError(
      'InvalidInput',
      `Invalid Policy Source Arn: caller's account ${state.accountId} does not have access to policies in account ${parts.account}`,
    );
  }
  return holderOf(state, kind, nameKey(friendlyName(parts.resource)));
};

/** AWS's words for an ARN that is none of a user, group or role. */
export const unclearEntity = (text: string): Result<never, AwsError> =>
  awsError('InvalidInput', `Invalid Entity Arn: ${text} does not clearly define entity type and name.`);

const holderOf = (state: AccountState, kind: string, key: string): Result<Holder, AwsError> => {
  const user = kind === 'user' ? state.users.get(key) : undefined;
  if (user !== undefined) return ok({ kind: 'user', entity: user });
  const group = kind === 'group' ? state.groups.get(key) : undefined;
  if (group !== undefined) return ok({ kind: 'group', entity: group });
  const role = kind === 'role' ? state.roles.get(key) : undefined;
  if (role !== undefined) return ok({ kind: 'role', entity: role });
  return awsError('NoSuchEntity', 'Unable to retrieve specified IAM entity.');
};
