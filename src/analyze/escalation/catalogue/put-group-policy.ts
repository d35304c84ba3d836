import type { EscalationMethod } from '../escalation-method.ts';

/** A user embeds a policy in a group it is in. */
export const putGroupPolicy = {
  id: 'iam-011',
  title: 'Write an inline policy into a group of its own',
  ways: [{ self: 'user', on: 'own-group', requires: [{ action: 'iam:PutGroupPolicy' }], effect: 'allows-everything' }],
  remediation: ['Limit iam:PutGroupPolicy to groups that nobody who has it is in.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html'],
} as const satisfies EscalationMethod;
