import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { type Call, readOperation } from '../operation.ts';
import { rootArn } from './account-entities.ts';

/** `sts:GetCallerIdentity`. */
export const getCallerIdentity = readOperation('sts:GetCallerIdentity', z.object({}), (state, _input, call) => {
  const caller = callerIn(state, call);
  if (!caller.ok) return caller;
  const { user } = caller.value;
  return ok({
    UserId: user === null ? state.accountId : user.userId,
    Account: state.accountId,
    Arn: user === null ? rootArn(state) : user.arn,
  });
});

/** The user who calls; null: the root user. A user that is gone is refused. */
export const callerIn = (state: AccountState, { caller }: Call): Result<{ user: UserState | null }, AwsError> => {
  if (caller.kind === 'root') return ok({ user: null });
  const user = state.users.get(caller.nameKey);
  return user === undefined
    ? awsError('NoSuchEntity', `The user with name ${caller.nameKey} cannot be found.`)
    : ok({ user });
};
