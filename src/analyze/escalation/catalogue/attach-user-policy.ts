import type { EscalationMethod } from '../escalation-method.ts';

/** A user attaches a policy that allows everything to itself. */
export const attachUserPolicy = {
  id: 'iam-008',
  title: 'Attach a managed policy to its own user',
  ways: [
    {
      self: 'user',
      on: 'self',
      requires: [{ action: 'iam:AttachUserPolicy', context: { 'iam:PolicyARN': 'administrator-policy' } }],
      effect: 'allows-everything',
    },
  ],
  remediation: ['Limit iam:AttachUserPolicy to named policies with iam:PolicyARN.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html'],
} as const satisfies EscalationMethod;
