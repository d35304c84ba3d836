import type { EscalationMethod } from '../escalation-method.ts';

/** How a principal changes what it may do itself, the plainest first. */
export const ownPolicies = [
  {
    id: 'iam-007',
    title: 'Write an inline policy into its own user',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'self',
        requires: [
          {
            action: 'iam:PutUserPolicy',
            parameters: {
              UserName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:PutUserPolicy to users by path, and require a boundary with iam:PermissionsBoundary.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html',
      'https://pathfinding.cloud/paths/iam-007',
    ],
  },
  {
    id: 'iam-008',
    title: 'Attach a managed policy to its own user',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'self',
        requires: [
          {
            action: 'iam:AttachUserPolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { UserName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:AttachUserPolicy to named policies with iam:PolicyARN.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html',
      'https://pathfinding.cloud/paths/iam-008',
    ],
  },
  {
    id: 'iam-005',
    title: 'Write an inline policy into its own role',
    category: 'self-escalation',
    ways: [
      {
        self: 'role',
        on: 'self',
        requires: [
          {
            action: 'iam:PutRolePolicy',
            parameters: {
              RoleName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:PutRolePolicy to roles by path, and require a boundary with iam:PermissionsBoundary.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-005',
    ],
  },
  {
    id: 'iam-009',
    title: 'Attach a managed policy to its own role',
    category: 'self-escalation',
    ways: [
      {
        self: 'role',
        on: 'self',
        requires: [
          {
            action: 'iam:AttachRolePolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { RoleName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:AttachRolePolicy to named policies with iam:PolicyARN.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-009',
    ],
  },
  {
    id: 'iam-001',
    title: 'Write a new default version of a policy of its own',
    category: 'self-escalation',
    ways: [
      {
        on: 'own-policy',
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
        effect: 'rewrites-policy',
      },
    ],
    remediation: ['Limit iam:CreatePolicyVersion to policies that are attached to nobody who has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
      'https://pathfinding.cloud/paths/iam-001',
    ],
  },
  {
    id: 'iam-011',
    title: 'Write an inline policy into a group of its own',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'own-group',
        requires: [
          {
            action: 'iam:PutGroupPolicy',
            parameters: {
              GroupName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:PutGroupPolicy to groups that nobody who has it is in.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html',
      'https://pathfinding.cloud/paths/iam-011',
    ],
  },
  {
    id: 'iam-010',
    title: 'Attach a managed policy to a group of its own',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'own-group',
        requires: [
          {
            action: 'iam:AttachGroupPolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { GroupName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: ['Limit iam:AttachGroupPolicy to named policies with iam:PolicyARN.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html',
      'https://pathfinding.cloud/paths/iam-010',
    ],
  },
  {
    id: 'own-iam-set-default-version',
    title: 'Roll a policy of its own back to a wider version',
    category: 'self-escalation',
    ways: [
      {
        on: 'own-policy-version',
        requires: [
          { action: 'iam:SetDefaultPolicyVersion', parameters: { PolicyArn: 'policy-arn', VersionId: 'version-id' } },
        ],
        effect: 'rolls-back-policy',
      },
    ],
    remediation: [
      'Delete versions that allow more than the default one, and limit iam:SetDefaultPolicyVersion to policies that are attached to nobody who has it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html'],
  },
  {
    id: 'iam-013',
    title: 'Join a group that is allowed more',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'other-group',
        requires: [
          { action: 'iam:AddUserToGroup', parameters: { GroupName: 'name-of-target', UserName: 'name-of-self' } },
        ],
        effect: 'joins-group',
      },
    ],
    remediation: ['Limit iam:AddUserToGroup to groups that are allowed no more than whoever has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html',
      'https://pathfinding.cloud/paths/iam-013',
    ],
  },
  {
    id: 'own-iam-retag-self',
    title: 'Give itself a tag that conditions ask for',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'own-tag',
        requires: [{ action: 'iam:TagUser', parameters: { UserName: 'name-of-target', Tags: 'tag-of-target' } }],
        effect: 'sets-own-tag',
      },
      {
        self: 'role',
        on: 'own-tag',
        requires: [{ action: 'iam:TagRole', parameters: { RoleName: 'name-of-target', Tags: 'tag-of-target' } }],
        effect: 'sets-own-tag',
      },
    ],
    remediation: [
      'Deny iam:TagUser and iam:TagRole for the tag keys that conditions on aws:PrincipalTag read, with aws:TagKeys.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html',
    ],
  },
  {
    id: 'own-iam-create-role',
    title: 'Make a role without limits and assume it',
    category: 'self-escalation',
    ways: [
      {
        on: 'new-role',
        requires: [
          {
            action: 'iam:CreateRole',
            parameters: { RoleName: 'name-of-target', AssumeRolePolicyDocument: 'trust-self' },
          },
          {
            anyOf: [
              {
                action: 'iam:AttachRolePolicy',
                context: { 'iam:PolicyARN': 'administrator-policy' },
                parameters: { RoleName: 'name-of-target', PolicyArn: 'administrator-policy' },
              },
              {
                action: 'iam:PutRolePolicy',
                parameters: {
                  RoleName: 'name-of-target',
                  PolicyName: { value: 'escalation' },
                  PolicyDocument: 'allow-everything',
                },
              },
            ],
          },
          {
            action: 'sts:AssumeRole',
            after: 'trust-self',
            parameters: { RoleArn: 'arn-of-target', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'escapes-limits',
      },
    ],
    remediation: [
      'Require a boundary for new roles with iam:PermissionsBoundary on iam:CreateRole, iam:AttachRolePolicy and iam:PutRolePolicy.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html'],
  },
  {
    id: 'own-iam-create-group',
    title: 'Make a group without limits and join it',
    category: 'self-escalation',
    ways: [
      {
        self: 'user',
        on: 'new-group',
        requires: [
          { action: 'iam:CreateGroup', parameters: { GroupName: 'name-of-target' } },
          {
            anyOf: [
              {
                action: 'iam:AttachGroupPolicy',
                context: { 'iam:PolicyARN': 'administrator-policy' },
                parameters: { GroupName: 'name-of-target', PolicyArn: 'administrator-policy' },
              },
              {
                action: 'iam:PutGroupPolicy',
                parameters: {
                  GroupName: 'name-of-target',
                  PolicyName: { value: 'escalation' },
                  PolicyDocument: 'allow-everything',
                },
              },
            ],
          },
          {
            action: 'iam:AddUserToGroup',
            parameters: { GroupName: 'name-of-target', UserName: 'name-of-self' },
          },
        ],
        effect: 'allows-everything',
      },
    ],
    remediation: [
      'Limit iam:AddUserToGroup to named groups whose policies whoever has it cannot change.',
      'Limit iam:AttachGroupPolicy to named policies with iam:PolicyARN, and iam:PutGroupPolicy to named groups.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html',
    ],
  },
  {
    id: 'own-iam-create-user',
    title: 'Make a user without limits and use its access key',
    category: 'self-escalation',
    ways: [
      {
        on: 'new-user',
        requires: [
          { action: 'iam:CreateUser', parameters: { UserName: 'name-of-target' } },
          {
            anyOf: [
              {
                action: 'iam:AttachUserPolicy',
                context: { 'iam:PolicyARN': 'administrator-policy' },
                parameters: { UserName: 'name-of-target', PolicyArn: 'administrator-policy' },
              },
              {
                action: 'iam:PutUserPolicy',
                parameters: {
                  UserName: 'name-of-target',
                  PolicyName: { value: 'escalation' },
                  PolicyDocument: 'allow-everything',
                },
              },
              {
                action: 'iam:AddUserToGroup',
                on: 'administrator-group',
                parameters: { GroupName: 'name-of-resource', UserName: 'name-of-target' },
              },
            ],
          },
          {
            anyOf: [
              { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
              {
                action: 'iam:CreateLoginProfile',
                parameters: { UserName: 'name-of-target', Password: 'new-password' },
              },
            ],
          },
        ],
        effect: 'escapes-limits',
      },
    ],
    remediation: [
      'Require a boundary for new users with iam:PermissionsBoundary on iam:CreateUser, iam:AttachUserPolicy and iam:PutUserPolicy.',
      'Limit iam:AddUserToGroup to groups that are allowed no more than whoever has it.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html'],
  },
] as const satisfies readonly EscalationMethod[];
