import type { EscalationMethod } from '../escalation-method.ts';

/** A user attaches a policy that allows everything to a group it is in. */
export const attachGroupPolicy = {
  id: 'iam-010',
  title: 'Attach a managed policy to a group of its own',
  ways: [
    {
      self: 'user',
      on: 'own-group',
      requires: [{ action: 'iam:AttachGroupPolicy', context: { 'iam:PolicyARN': 'administrator-policy' } }],
      effect: 'allows-everything',
    },
  ],
  remediation: ['Limit iam:AttachGroupPolicy to named policies with iam:PolicyARN.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html'],
} as const satisfies EscalationMethod;
