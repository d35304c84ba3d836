import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** A user is in no group. */
export const userWithoutGroup = defineCheck({
  id: 'user-without-group',
  title: 'IAM user is in no group',
  category: 'policy',
  severity: 'info',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user with a console password, made at least `afterDays` days ago, is in any group. One with policies of its own is left to `user-policy-attached-directly` and `user-has-inline-policy`.',
    risk: 'A person whom no group counts gets permissions one by one, or from policies of resources that nobody reviews.',
    remediation: ['Put the user into the groups of their work, or delete the user where there is none.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html'],
  },
  frameworks: [],
  defaults: { afterDays: 14 },

  *run({ users }, { now, options }) {
    for (const { arn, createDate, groups, inlinePolicies, attachedManagedPolicies, password } of users) {
      const ageDays = daysBetween(createDate, now);
      const hasPolicies = inlinePolicies.length + attachedManagedPolicies.length > 0;
      const inOrder = groups.length > 0 || hasPolicies || ageDays < options.afterDays;
      if (!inOrder && !password.known) yield { subject: { arn }, outcome: 'unknown', gap: password.gap };
      else {
        const isPerson = password.known && password.value.enabled;
        yield { subject: { arn }, outcome: !inOrder && isPerson ? 'fail' : 'pass', evidence: { ageDays } };
      }
    }
  },

  summary: (_, { name }) => `User ${name} signs in to the console and is in no group.`,
});
