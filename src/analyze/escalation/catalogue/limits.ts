import type { EscalationMethod } from '../escalation-method.ts';

/** How a principal takes away what limits it. */
export const limits = [
  {
    id: 'iam-022',
    title: 'Remove the boundary of its own user, or of one that it can become',
    category: 'boundary-removal',
    ways: [
      {
        self: 'user',
        on: 'self',
        requires: [{ action: 'iam:DeleteUserPermissionsBoundary', parameters: { UserName: 'name-of-target' } }],
        effect: 'lifts-boundary',
      },
      {
        on: 'user',
        requires: [
          { action: 'iam:DeleteUserPermissionsBoundary', parameters: { UserName: 'name-of-target' } },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'frees-target',
      },
    ],
    remediation: ['Deny iam:DeleteUserPermissionsBoundary in the boundary itself.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      'https://pathfinding.cloud/paths/iam-022',
    ],
  },
  {
    id: 'own-iam-put-user-boundary',
    title: 'Swap the boundary of its own user, or of one that it can become, for a wider one',
    category: 'boundary-removal',
    ways: [
      {
        self: 'user',
        on: 'self',
        requires: [
          {
            action: 'iam:PutUserPermissionsBoundary',
            context: { 'iam:PermissionsBoundary': 'administrator-policy' },
            parameters: { UserName: 'name-of-target', PermissionsBoundary: 'administrator-policy' },
          },
        ],
        effect: 'lifts-boundary',
      },
      {
        on: 'user',
        requires: [
          {
            action: 'iam:PutUserPermissionsBoundary',
            context: { 'iam:PermissionsBoundary': 'administrator-policy' },
            parameters: { UserName: 'name-of-target', PermissionsBoundary: 'administrator-policy' },
          },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'frees-target',
      },
    ],
    remediation: ['Limit iam:PutUserPermissionsBoundary to named boundaries with iam:PermissionsBoundary.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  {
    id: 'iam-023',
    title: 'Remove the boundary of its own role, or of one that it can become',
    category: 'boundary-removal',
    ways: [
      {
        self: 'role',
        on: 'self',
        requires: [{ action: 'iam:DeleteRolePermissionsBoundary', parameters: { RoleName: 'name-of-target' } }],
        effect: 'lifts-boundary',
      },
      {
        on: 'role',
        requires: [
          { action: 'iam:DeleteRolePermissionsBoundary', parameters: { RoleName: 'name-of-target' } },
          {
            action: 'sts:AssumeRole',
            parameters: { RoleArn: 'arn-of-target', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'frees-target',
      },
    ],
    remediation: ['Deny iam:DeleteRolePermissionsBoundary in the boundary itself.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      'https://pathfinding.cloud/paths/iam-023',
    ],
  },
  {
    id: 'own-iam-put-role-boundary',
    title: 'Swap the boundary of its own role, or of one that it can become, for a wider one',
    category: 'boundary-removal',
    ways: [
      {
        self: 'role',
        on: 'self',
        requires: [
          {
            action: 'iam:PutRolePermissionsBoundary',
            context: { 'iam:PermissionsBoundary': 'administrator-policy' },
            parameters: { RoleName: 'name-of-target', PermissionsBoundary: 'administrator-policy' },
          },
        ],
        effect: 'lifts-boundary',
      },
      {
        on: 'role',
        requires: [
          {
            action: 'iam:PutRolePermissionsBoundary',
            context: { 'iam:PermissionsBoundary': 'administrator-policy' },
            parameters: { RoleName: 'name-of-target', PermissionsBoundary: 'administrator-policy' },
          },
          {
            action: 'sts:AssumeRole',
            parameters: { RoleArn: 'arn-of-target', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'frees-target',
      },
    ],
    remediation: ['Limit iam:PutRolePermissionsBoundary to named boundaries with iam:PermissionsBoundary.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  {
    id: 'own-iam-edit-boundary',
    title: 'Write a new default version of the policy that is its boundary, or roll it back',
    category: 'boundary-removal',
    ways: [
      {
        on: 'own-boundary',
        requires: [
          {
            action: 'iam:DeletePolicyVersion',
            onlyIf: 'five-versions',
            parameters: { PolicyArn: 'policy-arn', VersionId: 'version-id' },
          },
          {
            action: 'iam:CreatePolicyVersion',
            parameters: { PolicyArn: 'policy-arn', PolicyDocument: 'allow-everything', SetAsDefault: { value: true } },
          },
        ],
        effect: 'lifts-boundary',
      },
      {
        on: 'own-boundary-version',
        requires: [
          { action: 'iam:SetDefaultPolicyVersion', parameters: { PolicyArn: 'policy-arn', VersionId: 'version-id' } },
        ],
        effect: 'rolls-back-policy',
      },
    ],
    remediation: [
      'Deny iam:CreatePolicyVersion and iam:SetDefaultPolicyVersion on the boundary in the boundary itself.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  {
    id: 'own-iam-drop-deny',
    title: 'Take away a policy of its own that denies something',
    category: 'boundary-removal',
    ways: [
      {
        self: 'user',
        on: 'own-denying-attachment',
        requires: [
          {
            action: 'iam:DetachUserPolicy',
            parameters: { UserName: 'name-of-target', PolicyArn: 'policy-arn' },
            context: { 'iam:PolicyARN': 'policy-of-target' },
          },
        ],
        effect: 'drops-policy',
      },
      {
        self: 'role',
        on: 'own-denying-attachment',
        requires: [
          {
            action: 'iam:DetachRolePolicy',
            parameters: { RoleName: 'name-of-target', PolicyArn: 'policy-arn' },
            context: { 'iam:PolicyARN': 'policy-of-target' },
          },
        ],
        effect: 'drops-policy',
      },
      {
        self: 'user',
        on: 'own-denying-inline-policy',
        requires: [
          { action: 'iam:DeleteUserPolicy', parameters: { UserName: 'name-of-target', PolicyName: 'policy-name' } },
        ],
        effect: 'drops-policy',
      },
      {
        self: 'role',
        on: 'own-denying-inline-policy',
        requires: [
          { action: 'iam:DeleteRolePolicy', parameters: { RoleName: 'name-of-target', PolicyName: 'policy-name' } },
        ],
        effect: 'drops-policy',
      },
      {
        self: 'user',
        on: 'own-denying-group',
        requires: [
          { action: 'iam:RemoveUserFromGroup', parameters: { UserName: 'name-of-self', GroupName: 'name-of-target' } },
        ],
        effect: 'drops-policy',
      },
    ],
    remediation: ['Put denials that must hold into a permissions boundary or a service control policy.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  },
  // It ends with sts:GetSessionToken, which needs no permission and which no policy controls.
  {
    id: 'own-iam-mfa-on',
    title: 'Enrol an MFA device of its own choice',
    category: 'boundary-removal',
    ways: [
      {
        self: 'user',
        on: 'self',
        requires: [
          {
            action: 'iam:CreateVirtualMFADevice',
            on: 'new',
            parameters: { VirtualMFADeviceName: { value: 'escalation' } },
          },
          {
            action: 'iam:EnableMFADevice',
            parameters: {
              UserName: 'name-of-target',
              SerialNumber: 'new-mfa-device',
              AuthenticationCode1: 'first-code',
              AuthenticationCode2: 'second-code',
            },
          },
        ],
        effect: 'presents-mfa',
      },
    ],
    remediation: [
      'Let users enrol a device only with aws:MultiFactorAuthPresent, or while they have none and hold no permission that waits on MFA.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html'],
  },
  {
    id: 'own-iam-mfa-off',
    title: 'Take away another user’s MFA device and set a password',
    category: 'boundary-removal',
    ways: [
      {
        on: 'user',
        requires: [
          {
            action: 'iam:DeactivateMFADevice',
            parameters: { UserName: 'name-of-target', SerialNumber: 'mfa-device-of-target' },
          },
          { action: 'iam:UpdateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-mfa-device', 'has-password'],
        effect: 'becomes-target',
      },
      {
        on: 'user',
        requires: [
          {
            action: 'iam:DeactivateMFADevice',
            parameters: { UserName: 'name-of-target', SerialNumber: 'mfa-device-of-target' },
          },
          { action: 'iam:CreateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-mfa-device', 'has-no-password'],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:DeactivateMFADevice to the user itself with ${aws:username}.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html'],
  },
  // Needs two codes of the device: whoever has it needs no method.
  {
    id: 'own-iam-mfa-resync',
    title: 'Resynchronize an MFA device that it holds',
    category: 'boundary-removal',
    ways: [],
    remediation: ['Limit iam:ResyncMFADevice to the user itself with ${aws:username}.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html'],
  },
] as const satisfies readonly EscalationMethod[];
