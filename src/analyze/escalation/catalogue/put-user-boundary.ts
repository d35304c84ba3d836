import type { EscalationMethod } from '../escalation-method.ts';

/** A user swaps its permissions boundary. */
export const putUserBoundary = {
  id: 'own-iam-put-user-boundary',
  title: 'Swap the boundary of its own user for one that allows everything',
  ways: [
    {
      self: 'user',
      on: 'self',
      requires: [
        { action: 'iam:PutUserPermissionsBoundary', context: { 'iam:PermissionsBoundary': 'administrator-policy' } },
      ],
      effect: 'lifts-boundary',
    },
  ],
  remediation: ['Limit iam:PutUserPermissionsBoundary to named boundaries with iam:PermissionsBoundary.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
} as const satisfies EscalationMethod;
