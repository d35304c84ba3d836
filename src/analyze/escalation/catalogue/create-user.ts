import type { EscalationMethod } from '../escalation-method.ts';

/** A principal makes a user that is not limited as it is itself. */
export const createUser = {
  id: 'own-iam-create-user',
  title: 'Make a user without limits and use its access key',
  ways: [
    {
      self: 'any',
      on: 'new-user',
      requires: [
        { action: 'iam:CreateUser' },
        { action: 'iam:AttachUserPolicy', context: { 'iam:PolicyARN': 'administrator-policy' } },
        { action: 'iam:CreateAccessKey' },
      ],
      effect: 'escapes-limits',
    },
  ],
  remediation: ['Require a boundary for new users with iam:PermissionsBoundary.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html'],
} as const satisfies EscalationMethod;
