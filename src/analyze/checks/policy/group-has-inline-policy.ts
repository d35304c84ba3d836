import { defineCheck } from '../../define-check.ts';
import { countInlinePolicies, judgeInlinePolicies } from '../../facts/inline-policies.ts';

/** A group has inline policies. */
export const groupHasInlinePolicy = defineCheck({
  id: 'group-has-inline-policy',
  title: 'IAM group has inline policies',
  category: 'policy',
  severity: 'info',
  resourceType: 'Group',
  reads: ['groups'],
  doc: {
    what: 'Whether policies are embedded in a group.',
    risk: 'An inline policy has no versions to go back to and cannot be reused; its changes are easily overlooked.',
    remediation: ['Make it a customer managed policy, attach it to the group, and delete the inline policy.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ groups }) {
    for (const group of groups) yield judgeInlinePolicies(group);
  },

  summary: ({ policies }, { name }) => `Group ${name} has ${countInlinePolicies(policies)}.`,
});
