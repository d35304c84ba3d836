import { defineCheck } from '../../define-check.ts';
import { countInlinePolicies, judgeInlinePolicies } from '../../facts/inline-policies.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';

/** A role has inline policies. */
export const roleHasInlinePolicy = defineCheck({
  id: 'role-has-inline-policy',
  title: 'IAM role has inline policies',
  category: 'policy',
  severity: 'info',
  resourceType: 'Role',
  reads: ['roles'],
  doc: {
    what: 'Whether policies are embedded in a role. Roles that AWS manages are left out.',
    risk: 'An inline policy has no versions to go back to and cannot be reused; its changes are easily overlooked.',
    remediation: [
      'Where people keep the role by hand, make it a customer managed policy, attach it, and delete the inline policy.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ roles }) {
    for (const role of roles) if (!isManagedByAws(role)) yield judgeInlinePolicies(role);
  },

  summary: ({ policies }, { name }) => `Role ${name} has ${countInlinePolicies(policies)}.`,
});
