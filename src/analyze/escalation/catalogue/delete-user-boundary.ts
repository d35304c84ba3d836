import type { EscalationMethod } from '../escalation-method.ts';

/** A user takes its permissions boundary away. */
export const deleteUserBoundary = {
  id: 'iam-022',
  title: 'Remove the boundary of its own user',
  ways: [
    { self: 'user', on: 'self', requires: [{ action: 'iam:DeleteUserPermissionsBoundary' }], effect: 'lifts-boundary' },
  ],
  remediation: ['Deny iam:DeleteUserPermissionsBoundary in the boundary itself.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
} as const satisfies EscalationMethod;
