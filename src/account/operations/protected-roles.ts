import type { Result } from '../../kernel/result.ts';
import type { AccountState, RoleState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { findRole } from './account-entities.ts';

// Service-linked roles and those of Identity Center belong to AWS: nobody else may change them.

/** Whether a role is one that only AWS changes. */
export const isProtected = ({ path }: Pick<RoleState, 'path'>): boolean =>
  isServiceLinked({ path }) || path.startsWith('/aws-reserved/');

/** Whether a role is a service-linked one. */
export const isServiceLinked = ({ path }: Pick<RoleState, 'path'>): boolean => path.startsWith('/aws-service-role/');

/** The refusal of whoever would change such a role. */
export const protectedRole = (name: string): Result<never, AwsError> =>
  awsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );

/** The role of a name, where its owners may change it. */
export const modifiableRole = (state: AccountState, name: string): Result<RoleState, AwsError> => {
  const role = findRole(state, name);
  return role.ok && isProtected(role.value) ? protectedRole(role.value.roleName) : role;
};
