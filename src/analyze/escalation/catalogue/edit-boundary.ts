import type { EscalationMethod } from '../escalation-method.ts';

/** A principal rewrites the policy that bounds it. */
export const editBoundary = {
  id: 'own-iam-edit-boundary',
  title: 'Write a new default version of the policy that is its boundary',
  ways: [
    {
      self: 'any',
      on: 'own-boundary',
      requires: [{ action: 'iam:CreatePolicyVersion' }, { action: 'iam:DeletePolicyVersion', onlyIf: 'five-versions' }],
      effect: 'rewrites-policy',
    },
  ],
  remediation: ['Deny iam:CreatePolicyVersion on the boundary in the boundary itself.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
} as const satisfies EscalationMethod;
