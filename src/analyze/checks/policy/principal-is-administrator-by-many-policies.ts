import type { AccountAccess } from '../../../access/account-access.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

/** A user or role is administrator, and none of its policies says so by itself. */
export const principalIsAdministratorByManyPolicies = defineCheck({
  id: 'principal-is-administrator-by-many-policies',
  title: 'Principal is administrator though none of its policies says so',
  category: 'policy',
  severity: 'high',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role is allowed every action on every resource by several policies together, none of which allows everything by itself. Policies that do are told by the checks of policies.',
    risk: 'The principal owns the account, and no list of attached policies shows it.',
    remediation: [
      'Replace the policies by such as the task needs, starting from what last accessed information says is used.',
      'Where it must be an administrator, attach AdministratorAccess, so that everybody sees it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  },
  frameworks: [
    'cis-aws-7.0:2.14',
    'cis-aws-6.0:2.15',
    'cis-aws-5.0:1.15',
    'cis-aws-4.0:1.16',
    'cis-aws-3.0:1.16',
    'cis-aws-2.0:1.16',
    'cis-aws-1.5:1.16',
    'cis-aws-1.4:1.16',
    'cis-aws-1.2:1.22',
  ],
  defaults: {},

  *run({ users, roles }, { access }) {
    for (const principal of [...users, ...roles.filter((role) => !isManagedByAws(role))]) {
      const subject = { arn: principal.arn };
      const administrator = access.administrator(principal);
      const { identity, missing } = access.effectivePolicies(principal);
      const doubts = [...missing.identity, ...missing.boundary];
      if (administrator !== 'no' && doubts.length > 0) {
        yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, doubts) };
        continue;
      }
      const isFinding = administrator !== 'no' && !hasEverythingInOne(principal, access);
      yield {
        subject,
        outcome: isFinding ? 'fail' : 'pass',
        ...(administrator === 'conditional' ? { severity: 'medium' as const } : {}),
        evidence: { administrator, policies: isFinding ? identity.map(({ name }) => name) : [] },
      };
    }
  },

  summary: ({ administrator, policies }, { name }) =>
    `Principal ${name} is administrator${administrator === 'conditional' ? ', under conditions,' : ''} by ${policies.length} policies together.`,
});

const hasEverythingInOne = (principal: User | Role, access: AccountAccess): boolean =>
  access
    .effectivePolicies(principal)
    .identity.some(({ document }) => access.documentGrantsEverything(document) !== 'no');
