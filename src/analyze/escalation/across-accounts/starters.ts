import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { isUnconditional } from '../escalation-path.ts';

/**
 * Whether paths of a principal into other accounts are findings of their own. Of administrators, and of those who can become one, the
 * finding about that tells; nobody can be a service.
 */
export const isTold = (
  principal: User | Role,
  { access, escalationOf }: Pick<CheckTools, 'access' | 'escalationOf'>,
): boolean => {
  if (principal.path.startsWith('/aws-service-role/') || access.unlimited(principal) === 'yes') return false;
  const escalation = escalationOf(principal);
  return escalation.kind !== 'found' || !isUnconditional(escalation.path);
};
