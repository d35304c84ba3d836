import type { EscalationMethod } from '../escalation-method.ts';

const boundaryOfPermissionSet = {
  id: 'own-sso-boundary',
  title: 'Remove or replace the boundary of its own permission set',
  category: 'boundary-removal',
  ways: [
    {
      self: 'role',
      on: 'own-permission-set',
      requires: [
        {
          anyOf: [
            { action: 'sso:DeletePermissionsBoundaryFromPermissionSet', on: 'existing' },
            { action: 'sso:PutPermissionsBoundaryToPermissionSet', on: 'existing' },
          ],
        },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: ['manages-organization'],
      effect: 'lifts-boundary',
    },
  ],
  remediation: [
    'Grant sso:DeletePermissionsBoundaryFromPermissionSet and sso:PutPermissionsBoundaryToPermissionSet only to those who administer the organization.',
  ],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeletePermissionsBoundaryFromPermissionSet.html',
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ProvisionPermissionSet.html',
  ],
} as const satisfies EscalationMethod;

const controlPolicy = {
  id: 'own-org-scp-detach',
  title: 'Detach or rewrite a service control policy, or disable the policies',
  category: 'boundary-removal',
  ways: [
    {
      on: 'organization',
      requires: [
        {
          anyOf: [
            { action: 'organizations:DetachPolicy', on: 'existing' },
            { action: 'organizations:UpdatePolicy', on: 'existing' },
            { action: 'organizations:DisablePolicyType', on: 'existing' },
          ],
        },
      ],
      facts: ['manages-organization'],
      effect: 'lifts-guardrails',
    },
    {
      on: 'organization',
      requires: [
        {
          anyOf: [
            { action: 'organizations:DetachPolicy', on: 'existing' },
            { action: 'organizations:UpdatePolicy', on: 'existing' },
            { action: 'organizations:DisablePolicyType', on: 'existing' },
          ],
        },
      ],
      facts: ['is-member-account', { unseen: 'delegated administration of the policies of the organization' }],
      effect: 'lifts-guardrails',
    },
  ],
  remediation: [
    'Grant organizations:DetachPolicy, organizations:UpdatePolicy and organizations:DisablePolicyType only to those who administer the organization.',
  ],
  references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html'],
} as const satisfies EscalationMethod;

const movedAccount = {
  id: 'own-org-move-account',
  title: 'Move an account out from under its service control policies',
  category: 'boundary-removal',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'organizations:MoveAccount', on: 'existing' }],
      facts: ['manages-organization'],
      effect: 'lifts-guardrails',
    },
  ],
  remediation: ['Grant organizations:MoveAccount only to those who administer the organization.'],
  references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html'],
} as const satisfies EscalationMethod;

const leftOrganization = {
  id: 'own-org-leave',
  title: 'Leave the organization with its service control policies',
  category: 'boundary-removal',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'organizations:LeaveOrganization', on: 'nothing', parameters: {} }],
      facts: ['is-member-account', { unseen: 'what the account needs to stand alone' }],
      effect: 'lifts-guardrails',
    },
  ],
  remediation: ['Deny organizations:LeaveOrganization by a service control policy.'],
  references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html'],
} as const satisfies EscalationMethod;

const memberRoot = {
  id: 'own-assume-root',
  title: 'Assume the root user of a member account',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'sts:AssumeRoot', on: 'member-account', type: 'root-user' }],
      facts: ['manages-organization', { unseen: 'centralized root access' }],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [{ action: 'sts:AssumeRoot', on: 'member-account', type: 'root-user' }],
      facts: ['is-member-account', { unseen: 'delegated administration of centralized root access' }],
      effect: 'administers-organization',
    },
  ],
  remediation: ['Grant sts:AssumeRoot with sts:TaskPolicyArn set to the audit policy.'],
  references: [
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html',
  ],
} as const satisfies EscalationMethod;

const accessRole = {
  id: 'own-org-access-role',
  title: 'Assume the access role of a member account',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'sts:AssumeRole', on: 'member-account', type: 'role' }],
      facts: ['manages-organization', { unseen: 'a role of the member account that trusts the management account' }],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant sts:AssumeRole on OrganizationAccountAccessRole and AWSControlTowerExecution only to those who administer the organization.',
  ],
  references: [
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html',
  ],
} as const satisfies EscalationMethod;

/** By which what an organization forbids no longer holds, or its members are entered. */
export const organizationLimitMethods: readonly EscalationMethod[] = [
  boundaryOfPermissionSet,
  controlPolicy,
  movedAccount,
  leftOrganization,
  memberRoot,
  accessRole,
];
