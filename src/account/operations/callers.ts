import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { found } from './account-entities.ts';

/** The user who calls, or `root`; somebody else is refused, for there is no user to speak of. */
export const callerIn = (state: AccountState, { caller }: Call): Result<'root' | UserState, AwsError> => {
  if (caller.kind === 'root') return ok('root');
  if (caller.kind !== 'user')
    return awsError('ValidationError', 'Must specify userName when calling with non-User credentials');
  return found(state.users.get(caller.nameKey), `The user with name ${caller.nameKey} cannot be found.`);
};
