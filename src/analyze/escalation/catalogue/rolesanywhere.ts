import type { EscalationMethod } from '../escalation-method.ts';

const newTrustAnchor = {
  id: 'own-rolesanywhere-create',
  title: 'Pass a role to a new Roles Anywhere profile under a certificate authority of its own',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      service: 'rolesanywhere.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'rolesanywhere:CreateTrustAnchor', on: 'nothing' },
        { action: 'rolesanywhere:CreateProfile', on: 'nothing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that workloads outside of AWS are meant to use, with iam:PassedToService set to rolesanywhere.amazonaws.com.',
    'Name the trust anchor in aws:SourceArn in the trust policy of the role.',
  ],
  references: [
    'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html',
    'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html',
  ],
} as const satisfies EscalationMethod;

const existingTrustAnchor = {
  id: 'own-rolesanywhere-update',
  title: 'Swap the certificate of a Roles Anywhere trust anchor',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      service: 'rolesanywhere.amazonaws.com',
      requires: [{ action: 'rolesanywhere:UpdateTrustAnchor', on: 'existing' }],
      facts: [{ unseen: 'an enabled profile that holds the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant rolesanywhere:UpdateTrustAnchor on named trust anchors, to those who run the certificate authority.',
  ],
  references: [
    'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateTrustAnchor.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementrolesanywhere.html',
  ],
} as const satisfies EscalationMethod;

const existingProfile = {
  id: 'own-rolesanywhere-profile',
  title: 'Pass a role to an existing Roles Anywhere profile',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      service: 'rolesanywhere.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'rolesanywhere:UpdateProfile', on: 'existing' }],
      facts: [{ unseen: 'a certificate of the principal that a trust anchor accepts' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that workloads outside of AWS are meant to use, with iam:PassedToService set to rolesanywhere.amazonaws.com.',
    'Name the trust anchor in aws:SourceArn in the trust policy of the role.',
  ],
  references: [
    'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateProfile.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementrolesanywhere.html',
  ],
} as const satisfies EscalationMethod;

/** By which IAM Roles Anywhere gives the credentials of a role to a certificate. */
export const rolesAnywhereMethods: readonly EscalationMethod[] = [newTrustAnchor, existingTrustAnchor, existingProfile];
