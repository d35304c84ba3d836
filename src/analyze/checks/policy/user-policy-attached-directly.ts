import { defineCheck } from '../../define-check.ts';
import { isQuarantine } from '../../facts/quarantine.ts';

/** A user has managed policies of its own, past any group. */
export const userPolicyAttachedDirectly = defineCheck({
  id: 'user-policy-attached-directly',
  title: 'IAM user has managed policies attached directly',
  category: 'policy',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether managed policies are attached to a user itself instead of to its groups. The quarantine that AWS attaches when it finds an access key in public does not count.',
    risk: 'Permissions given person by person are forgotten when the person changes work.',
    remediation: ['Attach the policy to a group for the task, put the user into it, and detach it from the user.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
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
    for (const { arn, attachedManagedPolicies } of users) {
      const policies = attachedManagedPolicies.map(({ policyArn }) => policyArn).filter((each) => !isQuarantine(each));
      yield {
        subject: { arn },
        outcome: policies.length > 0 ? 'fail' : 'pass',
        evidence: { policies: policies.sort() },
      };
    }
  },

  summary: ({ policies }, { name }) =>
    `User ${name} has ${policies.length} managed ${policies.length === 1 ? 'policy' : 'policies'} attached directly.`,
});
