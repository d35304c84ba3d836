import type { PrincipalSummary } from '../finding/audit-report.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import type { CheckTools } from './check-tools.ts';
import { isUnconditional } from './escalation/escalation-path.ts';

/** Says of the root user and each user and role whether it is administrator or can become one, by ARN. */
export const summarizePrincipals = (
  { root, users, roles }: AccountSnapshot,
  { access, escalationOf }: Pick<CheckTools, 'access' | 'escalationOf'>,
): readonly PrincipalSummary[] => {
  const escalates = (principal: User | Role): PrincipalSummary['escalates'] => {
    const answer = escalationOf(principal);
    if (answer.kind === 'none') return 'no';
    // What could not be decided is not ruled out.
    return answer.kind === 'found' && isUnconditional(answer.path) ? 'yes' : 'conditional';
  };
  const summarize = (principal: User | Role): PrincipalSummary => ({
    arn: principal.arn,
    type: 'userName' in principal ? 'user' : 'role',
    administrator: access.administrator(principal),
    escalates: escalates(principal),
  });
  return [
    { arn: root.arn, type: 'root' as const, administrator: 'yes' as const, escalates: 'no' as const },
    ...[...users, ...roles].map(summarize),
  ].sort((left, right) => (left.arn < right.arn ? -1 : left.arn > right.arn ? 1 : 0));
};
