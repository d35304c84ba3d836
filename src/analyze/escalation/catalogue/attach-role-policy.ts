import type { EscalationMethod } from '../escalation-method.ts';

/** A role attaches a policy that allows everything to itself. */
export const attachRolePolicy = {
  id: 'iam-009',
  title: 'Attach a managed policy to its own role',
  ways: [
    {
      self: 'role',
      on: 'self',
      requires: [{ action: 'iam:AttachRolePolicy', context: { 'iam:PolicyARN': 'administrator-policy' } }],
      effect: 'allows-everything',
    },
  ],
  remediation: ['Limit iam:AttachRolePolicy to named policies with iam:PolicyARN.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html'],
} as const satisfies EscalationMethod;
