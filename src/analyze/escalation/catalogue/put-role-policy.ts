import type { EscalationMethod } from '../escalation-method.ts';

/** A role embeds a policy in itself. */
export const putRolePolicy = {
  id: 'iam-005',
  title: 'Write an inline policy into its own role',
  ways: [{ self: 'role', on: 'self', requires: [{ action: 'iam:PutRolePolicy' }], effect: 'allows-everything' }],
  remediation: ['Limit iam:PutRolePolicy to roles by path, and require a boundary with iam:PermissionsBoundary.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html'],
} as const satisfies EscalationMethod;
