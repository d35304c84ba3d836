import type { Role, RootUser, User } from '../snapshot/account-snapshot.ts';

/** What a principal is called as a caller. */
export const principalKind = (principal: User | Role | RootUser): 'user' | 'role' | 'root' => {
  if ('userName' in principal) return 'user';
  return 'roleName' in principal ? 'role' : 'root';
};

/** Whether a principal is the root user of its account. */
export const isRootUser = (principal: User | Role | RootUser): principal is RootUser =>
  principalKind(principal) === 'root';

/** Whether SCPs and RCPs leave a principal alone ("Service control policies", AWS Organizations User Guide). */
export const isServiceLinked = (principal: User | Role | RootUser): boolean =>
  !isRootUser(principal) && principal.path.startsWith('/aws-service-role/');
