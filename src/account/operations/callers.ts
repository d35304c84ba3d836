import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, UserState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import { type Call, readOperation } from '../operation.ts';
import { found, rootArn } from './account-entities.ts';

/** `sts:GetCallerIdentity`. */
export const getCallerIdentity = readOperation('sts:GetCallerIdentity', z.object({}), (state, _input, call) => {
  const caller = callerIn(state, call);
  if (!caller.ok) return caller;
  const { userId, arn } = caller.value === 'root' ? { userId: state.accountId, arn: rootArn(state) } : caller.value;
  return ok({ UserId: userId, Account: state.accountId, Arn: arn });
});

/** Who calls: the root user, or a user of the account; a user that is gone is refused. */
export const callerIn = (state: AccountState, { caller }: Call): Result<'root' | UserState, AwsError> =>
  caller.kind === 'root'
    ? ok('root')
    : found(state.users.get(caller.nameKey), `The user with name ${caller.nameKey} cannot be found.`);
