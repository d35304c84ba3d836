import type { EscalationMethod } from '../escalation-method.ts';

const newPermissionSet = {
  id: 'sso-001',
  title: 'Make a permission set and assign it to itself in an account',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        { action: 'sso:CreatePermissionSet', on: 'new' },
        { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'new' },
        { action: 'sso:CreateAccountAssignment', on: 'new' },
      ],
      facts: ['manages-organization', { unseen: 'a user of the identity store that the principal signs in as' }],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        { action: 'sso:CreatePermissionSet', on: 'new' },
        { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'new' },
        { action: 'sso:CreateAccountAssignment', on: 'new' },
      ],
      facts: [
        'is-member-account',
        { unseen: 'a user of the identity store that the principal signs in as' },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant sso:CreateAccountAssignment and sso:AttachManagedPolicyToPermissionSet only to those who administer the organization.',
  ],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html',
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html',
    'https://pathfinding.cloud/paths/sso-001',
  ],
} as const satisfies EscalationMethod;

const policyOfPermissionSet = {
  id: 'sso-002',
  title: 'Attach a managed policy to its own permission set',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: ['manages-organization', { unseen: 'a permission set that is assigned to the principal' }],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: [
        'is-member-account',
        { unseen: 'a permission set that is assigned to the principal' },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: ['Grant sso:AttachManagedPolicyToPermissionSet on permission sets that administrators do not use.'],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AttachManagedPolicyToPermissionSet.html',
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ProvisionPermissionSet.html',
    'https://pathfinding.cloud/paths/sso-002',
  ],
} as const satisfies EscalationMethod;

const inlinePolicyOfPermissionSet = {
  id: 'sso-003',
  title: 'Write an inline policy onto its own permission set',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        { action: 'sso:PutInlinePolicyToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: ['manages-organization', { unseen: 'a permission set that is assigned to the principal' }],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        { action: 'sso:PutInlinePolicyToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: [
        'is-member-account',
        { unseen: 'a permission set that is assigned to the principal' },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: ['Grant sso:PutInlinePolicyToPermissionSet on permission sets that administrators do not use.'],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html',
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ProvisionPermissionSet.html',
    'https://pathfinding.cloud/paths/sso-003',
  ],
} as const satisfies EscalationMethod;

const customerPolicyOfPermissionSet = {
  id: 'own-sso-customer-policy',
  title: 'Attach a customer managed policy to its own permission set',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        { action: 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: [
        'manages-organization',
        {
          unseen:
            'a permission set that is assigned to the principal, and a policy of that name in the accounts that allows everything',
        },
      ],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        { action: 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet', on: 'existing' },
        { action: 'sso:ProvisionPermissionSet', on: 'existing' },
      ],
      facts: [
        'is-member-account',
        {
          unseen:
            'a permission set that is assigned to the principal, and a policy of that name in the accounts that allows everything',
        },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant sso:AttachCustomerManagedPolicyReferenceToPermissionSet only to those who administer the organization.',
  ],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AttachCustomerManagedPolicyReferenceToPermissionSet.html',
  ],
} as const satisfies EscalationMethod;

const existingPermissionSet = {
  id: 'own-sso-assign',
  title: 'Assign an existing permission set to itself in an account',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'sso:CreateAccountAssignment', on: 'existing' }],
      facts: [
        'manages-organization',
        {
          unseen:
            'a permission set that allows everything, and a user of the identity store that the principal signs in as',
        },
      ],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [{ action: 'sso:CreateAccountAssignment', on: 'existing' }],
      facts: [
        'is-member-account',
        {
          unseen:
            'a permission set that allows everything, and a user of the identity store that the principal signs in as',
        },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: ['Grant sso:CreateAccountAssignment on named permission sets and accounts.'],
  references: ['https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html'],
} as const satisfies EscalationMethod;

const assignedGroup = {
  id: 'own-identitystore-group',
  title: 'Join a group of the identity store that is assigned to accounts',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        {
          anyOf: [
            { action: 'identitystore:CreateGroupMembership', on: 'existing' },
            { action: 'sso-directory:AddMemberToGroup', on: 'nothing' },
          ],
        },
      ],
      facts: [
        'manages-organization',
        {
          unseen:
            'a group of the identity store that is administrator of accounts, and a user of the identity store that the principal signs in as',
        },
      ],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        {
          anyOf: [
            { action: 'identitystore:CreateGroupMembership', on: 'existing' },
            { action: 'sso-directory:AddMemberToGroup', on: 'nothing' },
          ],
        },
      ],
      facts: [
        'is-member-account',
        {
          unseen:
            'a group of the identity store that is administrator of accounts, and a user of the identity store that the principal signs in as',
        },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant identitystore:CreateGroupMembership on named groups.',
    'Manage the groups that hold assignments in an external directory.',
  ],
  references: [
    'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html',
  ],
} as const satisfies EscalationMethod;

const passwordOfDirectoryUser = {
  id: 'own-sso-password',
  title: 'Reset the password of a user of the identity store',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'sso-directory:UpdatePassword', on: 'nothing' }],
      facts: [
        'manages-organization',
        { unseen: 'a user of the identity store that is administrator of accounts and needs no MFA device' },
      ],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [{ action: 'sso-directory:UpdatePassword', on: 'nothing' }],
      facts: [
        'is-member-account',
        { unseen: 'a user of the identity store that is administrator of accounts and needs no MFA device' },
        { unseen: 'delegated administration of IAM Identity Center' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: ['Take sso-directory:UpdatePassword out of policies, and require MFA in IAM Identity Center.'],
  references: [
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycentersuccessortoawssinglesign-ondirectory.html',
  ],
} as const satisfies EscalationMethod;

/** By which IAM Identity Center makes somebody administrator of the accounts of an organization. */
export const identityCenterMethods: readonly EscalationMethod[] = [
  newPermissionSet,
  policyOfPermissionSet,
  inlinePolicyOfPermissionSet,
  customerPolicyOfPermissionSet,
  existingPermissionSet,
  assignedGroup,
  passwordOfDirectoryUser,
];
