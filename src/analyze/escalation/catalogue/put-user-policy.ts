import type { EscalationMethod } from '../escalation-method.ts';

/** A user embeds a policy in itself. */
export const putUserPolicy = {
  id: 'iam-007',
  title: 'Write an inline policy into its own user',
  ways: [{ self: 'user', on: 'self', requires: [{ action: 'iam:PutUserPolicy' }], effect: 'allows-everything' }],
  remediation: ['Limit iam:PutUserPolicy to users by path, and require a boundary with iam:PermissionsBoundary.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html'],
} as const satisfies EscalationMethod;
