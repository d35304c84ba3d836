import type { Extent } from '../../../access/grants-everything.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { isStopped } from '../../facts/stopped-holder.ts';
import { unreadDocumentGap } from '../../facts/unread-policy.ts';

/** An inline policy allows everything. */
export const inlinePolicyGrantsEverything = defineCheck({
  id: 'inline-policy-grants-everything',
  title: 'Inline policy allows everything',
  category: 'policy',
  severity: 'high',
  resourceType: ['User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether an inline policy of a user, group or role allows every action on every resource. Roles that AWS manages are left out. Milder under conditions, and where a boundary or denials stop the user or role.',
    risk: 'The principal owns the account, and no list of attached policies shows it.',
    remediation: [
      'Replace it by managed policies for the task, starting from what last accessed information says is used.',
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

  *run({ users, groups, roles }, tools) {
    for (const holder of [...users, ...groups, ...roles.filter((role) => !isManagedByAws(role))]) {
      const { arn, inlinePolicies } = holder;
      for (const { policyName, document } of inlinePolicies) {
        const subject = { arn, part: policyName };
        const gap = unreadDocumentGap(arn, document);
        if (gap !== null) {
          yield { subject, outcome: 'unknown', gap };
          continue;
        }
        const grantsEverything = tools.access.documentGrantsEverything(document);
        const stopped = grantsEverything !== 'no' && isStopped(holder, tools);
        yield {
          subject,
          outcome: grantsEverything === 'no' ? 'pass' : 'fail',
          ...severityOf(grantsEverything, stopped),
          evidence: { grantsEverything, stopped },
        };
      }
    }
  },

  summary: ({ grantsEverything, stopped }, { name, part }) =>
    `Inline policy ${part} of ${name} allows everything${grantsEverything === 'conditional' ? ', under conditions' : ''}${stopped ? ', which a boundary or denials stop' : ''}.`,
});

const severityOf = (extent: Extent, stopped: boolean) => {
  if (stopped) return { severity: 'low' as const };
  return extent === 'conditional' ? { severity: 'medium' as const } : {};
};
