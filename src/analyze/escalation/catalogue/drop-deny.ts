import type { EscalationMethod } from '../escalation-method.ts';

/** A principal frees itself of a policy that denies something. */
export const dropDeny = {
  id: 'own-iam-drop-deny',
  title: 'Take away a policy of its own that denies something',
  ways: [
    {
      self: 'user',
      on: 'own-denying-attachment',
      requires: [{ action: 'iam:DetachUserPolicy', context: { 'iam:PolicyARN': 'policy-of-target' } }],
      effect: 'drops-policy',
    },
    {
      self: 'role',
      on: 'own-denying-attachment',
      requires: [{ action: 'iam:DetachRolePolicy', context: { 'iam:PolicyARN': 'policy-of-target' } }],
      effect: 'drops-policy',
    },
    {
      self: 'user',
      on: 'own-denying-inline-policy',
      requires: [{ action: 'iam:DeleteUserPolicy' }],
      effect: 'drops-policy',
    },
    {
      self: 'role',
      on: 'own-denying-inline-policy',
      requires: [{ action: 'iam:DeleteRolePolicy' }],
      effect: 'drops-policy',
    },
    {
      self: 'user',
      on: 'own-denying-group',
      requires: [{ action: 'iam:RemoveUserFromGroup' }],
      effect: 'drops-policy',
    },
  ],
  remediation: ['Put denials that must hold into a permissions boundary or a service control policy.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
} as const satisfies EscalationMethod;
