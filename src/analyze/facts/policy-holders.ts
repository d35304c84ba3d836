import type { Arn } from '../../iam/arn.ts';
import type { AccountSnapshot, Group, Role, User } from '../../snapshot/account-snapshot.ts';
import { isManagedByAws } from './managed-by-aws.ts';

/** Who may have policies attached. */
export type PolicyHolder = User | Group | Role;

/** Who has which managed policy attached, by its ARN; roles that AWS manages are left out. */
export const holdersByPolicy = ({
  users,
  groups,
  roles,
}: Pick<AccountSnapshot, 'users' | 'groups' | 'roles'>): ReadonlyMap<Arn, readonly PolicyHolder[]> => {
  const holders = new Map<Arn, PolicyHolder[]>();
  for (const holder of [...users, ...groups, ...roles.filter((role) => !isManagedByAws(role))]) {
    for (const { policyArn } of holder.attachedManagedPolicies) {
      const known = holders.get(policyArn);
      if (known === undefined) holders.set(policyArn, [holder]);
      else known.push(holder);
    }
  }
  return holders;
};
