import { parseAccountId } from '../../../iam/account-id.ts';
import { arnParts, friendlyName, parseArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AccountState, nameKey, type RoleState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { accountKey, type CloudState } from '../../cloud-state.ts';

/** A role and the account that it is in. */
export interface PlacedRole {
  readonly state: AccountState;
  readonly role: RoleState;
}

/** The role of an ARN, in whatever account of the cloud; null where there is none. */
export const roleOfArn = (cloud: CloudState, text: string): PlacedRole | null => {
  const arn = parseArn(text);
  if (!arn.ok) return null;
  const { partition, account } = arnParts(arn.value);
  const accountId = parseAccountId(account);
  const state = accountId.ok ? cloud.accounts.get(accountKey({ partition, accountId: accountId.value })) : undefined;
  const role = state?.roles.get(nameKey(friendlyName(arn.value)));
  return state !== undefined && role?.arn === arn.value ? { state, role } : null;
};

/** Whether text has the form of a role's ARN. */
export const isRoleArn = (text: string): boolean => /^arn:[^:]+:iam::\d{12}:role\/[!-~]*[^/]$/.test(text);

/** Whether a session of a role may last so long. */
export const checkDuration = ({ role }: PlacedRole, seconds: number): Result<null, AwsError> =>
  seconds <= role.maxSessionDuration
    ? ok(null)
    : awsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
