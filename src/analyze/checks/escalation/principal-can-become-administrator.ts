import type { Escalation, ResidualConditions } from '../../../finding/check-result.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { type EscalationPath, isUnconditional, remediationOf } from '../../escalation/find-escalation.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

const PREVENTION = 'Where people must manage permissions, set a permissions boundary that forbids changes of itself.';

/** A user or role that is no administrator can make itself one. */
export const principalCanBecomeAdministrator = defineCheck({
  id: 'principal-can-become-administrator',
  title: 'Principal can make itself administrator',
  category: 'escalation',
  severity: 'critical',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role that is no administrator may change its own policies so that they allow everything, boundary and denials counted.',
    risk: 'Whoever gets hold of the principal holds the account, though no policy says so.',
    remediation: [
      'Take away the action that the first step needs, or limit it to resources that are not the principal or its groups.',
      PREVENTION,
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_controlling.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run({ users, roles }, { escalationOf }) {
    for (const principal of [...users, ...roles]) {
      const subject = { arn: principal.arn };
      const answer = escalationOf(principal);
      switch (answer.kind) {
        case 'none':
          yield { subject, outcome: 'pass', evidence: facts(principal, null, []) };
          break;
        case 'undetermined':
          yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, answer.doubts) };
          break;
        case 'found':
          yield {
            subject,
            outcome: 'fail',
            ...(isUnconditional(answer.path) ? {} : { severity: 'high' as const }),
            ...pathConditions(answer.path),
            evidence: facts(principal, answer.path, answer.alternatives),
            remediation: [...remediationOf(answer.path), PREVENTION],
            escalation: toEscalation(answer.path),
          };
      }
    }
  },

  summary: ({ principalType, requests, conditional }, { name }) =>
    `${principalType} ${name} can make itself administrator with ${requests.join(', ')}${conditional ? ', under conditions' : ''}.`,
});

const facts = (principal: User | Role, path: EscalationPath | null, alternatives: readonly string[]) => ({
  principalType: 'userName' in principal ? 'User' : 'Role',
  methods: path === null ? [] : path.steps.map(({ method }) => method),
  // Ids of the other methods that a path can begin with.
  alternatives,
  requests: path === null ? [] : path.steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
  conditional: path !== null && !isUnconditional(path),
  // Whom a role's trust policy names; a role is of use to nobody else.
  trustedPrincipals: 'roleName' in principal ? trustedPrincipals(principal) : [],
});

const trustedPrincipals = ({ trustPolicy }: Role): readonly string[] => [
  ...new Set(
    trustPolicy.statements.flatMap(({ effect, principal }) =>
      effect === 'Deny' || principal === null ? [] : [...principal.aws, ...principal.service, ...principal.federated],
    ),
  ),
];

const pathConditions = ({ residual, reaches }: EscalationPath): { readonly conditions?: ResidualConditions } => {
  if (residual.kind !== 'true' || reaches === 'administrator') return conditionsOf(residual);
  return { conditions: { text: `it is then ${reaches} of its other policies`, formula: { reaches } } };
};

const toEscalation = (path: EscalationPath): Escalation => ({
  reaches: 'administrator',
  proof: isUnconditional(path) ? 'derived' : 'conditional',
  steps: path.steps,
});
