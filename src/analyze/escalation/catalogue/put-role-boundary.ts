import type { EscalationMethod } from '../escalation-method.ts';

/** A role swaps its permissions boundary. */
export const putRoleBoundary = {
  id: 'own-iam-put-role-boundary',
  title: 'Swap the boundary of its own role for one that allows everything',
  ways: [
    {
      self: 'role',
      on: 'self',
      requires: [
        { action: 'iam:PutRolePermissionsBoundary', context: { 'iam:PermissionsBoundary': 'administrator-policy' } },
      ],
      effect: 'lifts-boundary',
    },
  ],
  remediation: ['Limit iam:PutRolePermissionsBoundary to named boundaries with iam:PermissionsBoundary.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
} as const satisfies EscalationMethod;
