import { defineCheck } from '../../define-check.ts';
import { countInlinePolicies, judgeInlinePolicies } from '../../facts/inline-policies.ts';

/** A user has inline policies. */
export const userHasInlinePolicy = defineCheck({
  id: 'user-has-inline-policy',
  title: 'IAM user has inline policies',
  category: 'policy',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether policies are embedded in a user.',
    risk: 'Permissions embedded in one person are seen by no review of policies, and forgotten when the person changes work.',
    remediation: [
      'Make it a managed policy on a group for the task, put the user into it, and delete the inline policy.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.13',
    'cis-aws-6.0:2.14',
    'cis-aws-5.0:1.14',
    'cis-aws-4.0:1.15',
    'cis-aws-3.0:1.15',
    'cis-aws-2.0:1.15',
    'cis-aws-1.5:1.15',
    'cis-aws-1.4:1.15',
    'cis-aws-1.2:1.16',
  ],
  defaults: {},

  *run({ users }) {
    for (const user of users) yield judgeInlinePolicies(user);
  },

  summary: ({ policies }, { name }) => `User ${name} has ${countInlinePolicies(policies)}.`,
});
