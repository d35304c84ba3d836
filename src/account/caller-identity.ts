import { type Arn, iamArn, stsArn } from '../iam/arn.ts';
import { type AccountState, nameKey } from './account-state.ts';
import type { Caller } from './call.ts';

/** How AWS names a caller. */
export interface CallerIdentity {
  readonly arn: Arn;
  /** `AIDA…`, `AROA…:session`, `account:federated-name`, or the account id of the root user. */
  readonly userId: string;
}

/**
 * The ARN and the unique id of a caller of an account; null for a caller without an account, and for one that is gone.
 * Source: `GetCallerIdentity`, AWS STS API Reference; "IAM identifiers", IAM User Guide.
 */
export const identityOf = (
  { partition, accountId, users, roles }: AccountState,
  caller: Caller,
): CallerIdentity | null => {
  switch (caller.kind) {
    case 'root':
      return { arn: iamArn(partition, accountId, 'root'), userId: accountId };
    case 'user': {
      const user = users.get(caller.nameKey);
      return user === undefined ? null : { arn: user.arn, userId: user.userId };
    }
    case 'role': {
      const role = roles.get(nameKey(caller.nameKey));
      if (role === undefined) return null;
      const { name } = caller.session;
      return sessionIdentity({ partition, accountId }, role, name);
    }
    case 'federatedUser': {
      const { name } = caller.session;
      return { arn: stsArn(partition, accountId, `federated-user/${name}`), userId: `${accountId}:${name}` };
    }
    default:
      return null;
  }
};

/** How AWS names a session of a role. */
export const sessionIdentity = (
  { partition, accountId }: Pick<AccountState, 'partition' | 'accountId'>,
  role: { readonly roleName: string; readonly roleId: string },
  sessionName: string,
): CallerIdentity => ({
  arn: stsArn(partition, accountId, `assumed-role/${role.roleName}/${sessionName}`),
  userId: `${role.roleId}:${sessionName}`,
});
