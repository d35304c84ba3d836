import type { EscalationMethod } from '../escalation-method.ts';

/** A role takes its permissions boundary away. */
export const deleteRoleBoundary = {
  id: 'iam-023',
  title: 'Remove the boundary of its own role',
  ways: [
    { self: 'role', on: 'self', requires: [{ action: 'iam:DeleteRolePermissionsBoundary' }], effect: 'lifts-boundary' },
  ],
  remediation: ['Deny iam:DeleteRolePermissionsBoundary in the boundary itself.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
} as const satisfies EscalationMethod;
