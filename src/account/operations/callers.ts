import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { readOperation } from '../operation.ts';
import { found, rootArn } from './account-entities.ts';

/** `sts:GetCallerIdentity`. */
export const getCallerIdentity = readOperation('sts:GetCallerIdentity', z.object({}), (state, _input, call) => {
  const caller = callerIn(state, call);
  if (!caller.ok) return caller;
  const { userId, arn } = caller.value === 'root' ? { userId: state.accountId, arn: rootArn(state) } : caller.value;
  return ok({ UserId: userId, Account: state.accountId, Arn: arn });
});

/** The user who calls, or `root`; somebody else is refused, for there is no user to speak of. */
export const callerIn = (state: AccountState, { caller }: Call): Result<'root' | UserState, AwsError> => {
  if (caller.kind === 'root') return ok('root');
  if (caller.kind !== 'user')
    return awsError('ValidationError', 'Must specify userName when calling with non-User credentials');
  return found(state.users.get(caller.nameKey), `The user with name ${caller.nameKey} cannot be found.`);
};
