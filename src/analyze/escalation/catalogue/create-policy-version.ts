import type { EscalationMethod } from '../escalation-method.ts';

/** A principal rewrites a customer managed policy that applies to it. A policy has five versions at most. */
export const createPolicyVersion = {
  id: 'iam-001',
  title: 'Write a new default version of a policy of its own',
  ways: [
    {
      self: 'any',
      on: 'own-policy',
      requires: [{ action: 'iam:CreatePolicyVersion' }, { action: 'iam:DeletePolicyVersion', onlyIf: 'five-versions' }],
      effect: 'rewrites-policy',
    },
  ],
  remediation: ['Limit iam:CreatePolicyVersion to policies that are attached to nobody who has it.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html'],
} as const satisfies EscalationMethod;
