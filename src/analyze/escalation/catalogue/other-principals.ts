import type { EscalationMethod } from '../escalation-method.ts';

/** How a principal becomes another one with requests of IAM and STS alone. */
export const otherPrincipals = [
  {
    id: 'sts-001',
    title: 'Assume a role that is allowed more',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'sts:AssumeRole',
            parameters: { RoleArn: 'arn-of-target', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Name in the trust policy only who needs the role, and limit sts:AssumeRole to named roles.'],
    references: [
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
      'https://pathfinding.cloud/paths/sts-001',
    ],
  },
  {
    id: 'iam-002',
    title: 'Make an access key for another user',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [{ action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } }],
        facts: ['has-one-key-at-most'],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:CreateAccessKey to the user itself with ${aws:username}.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
      'https://pathfinding.cloud/paths/iam-002',
    ],
  },
  {
    id: 'iam-003',
    title: 'Replace an access key of another user',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          { action: 'iam:DeleteAccessKey', parameters: { UserName: 'name-of-target', AccessKeyId: 'key-of-target' } },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-two-keys'],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:CreateAccessKey and iam:DeleteAccessKey to the user itself with ${aws:username}.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html',
      'https://pathfinding.cloud/paths/iam-003',
    ],
  },
  {
    id: 'iam-004',
    title: 'Give another user a console password',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          { action: 'iam:CreateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-no-password', 'has-no-mfa-device'],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:CreateLoginProfile to users that are allowed no more than whoever has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html',
      'https://pathfinding.cloud/paths/iam-004',
    ],
  },
  {
    id: 'iam-006',
    title: 'Reset the console password of another user',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          { action: 'iam:UpdateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-password', 'has-no-mfa-device'],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:UpdateLoginProfile to users that are allowed no more than whoever has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html',
      'https://pathfinding.cloud/paths/iam-006',
    ],
  },
  {
    id: 'iam-012',
    title: 'Rewrite the trust policy of a role and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'iam:UpdateAssumeRolePolicy',
            parameters: { RoleName: 'name-of-target', PolicyDocument: 'trust-self' },
          },
          {
            action: 'sts:AssumeRole',
            after: 'trust-self',
            parameters: { RoleArn: 'arn-of-target', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'becomes-target',
      },
    ],
    remediation: ['Limit iam:UpdateAssumeRolePolicy to roles that are allowed no more than whoever has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-012',
    ],
  },
  {
    id: 'iam-014',
    title: 'Give a role a new managed policy and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'iam:AttachRolePolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { RoleName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:AttachRolePolicy to roles that whoever has it cannot assume.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-014',
    ],
  },
  {
    id: 'iam-015',
    title: 'Give a user a new managed policy and make an access key for it',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          {
            action: 'iam:AttachUserPolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { UserName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:AttachUserPolicy and iam:CreateAccessKey so that nobody has both on the same user.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html',
      'https://pathfinding.cloud/paths/iam-015',
    ],
  },
  {
    id: 'iam-019',
    title: 'Give a role a new managed policy, make it trust itself and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'iam:AttachRolePolicy',
            context: { 'iam:PolicyARN': 'administrator-policy' },
            parameters: { RoleName: 'name-of-target', PolicyArn: 'administrator-policy' },
          },
          {
            action: 'iam:UpdateAssumeRolePolicy',
            on: 'holder',
            parameters: { RoleName: 'name-of-holder', PolicyDocument: 'trust-self' },
          },
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            after: 'trust-self',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:AttachRolePolicy and iam:UpdateAssumeRolePolicy so that nobody has both on the same role.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-019',
    ],
  },
  {
    id: 'iam-017',
    title: 'Give a role a new inline policy and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'iam:PutRolePolicy',
            parameters: {
              RoleName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:PutRolePolicy to roles that whoever has it cannot assume.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-017',
    ],
  },
  {
    id: 'iam-018',
    title: 'Give a user a new inline policy and make an access key for it',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          {
            action: 'iam:PutUserPolicy',
            parameters: {
              UserName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:PutUserPolicy and iam:CreateAccessKey so that nobody has both on the same user.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html',
      'https://pathfinding.cloud/paths/iam-018',
    ],
  },
  {
    id: 'iam-021',
    title: 'Give a role a new inline policy, make it trust itself and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'role',
        requires: [
          {
            action: 'iam:PutRolePolicy',
            parameters: {
              RoleName: 'name-of-target',
              PolicyName: { value: 'escalation' },
              PolicyDocument: 'allow-everything',
            },
          },
          {
            action: 'iam:UpdateAssumeRolePolicy',
            on: 'holder',
            parameters: { RoleName: 'name-of-holder', PolicyDocument: 'trust-self' },
          },
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            after: 'trust-self',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:PutRolePolicy and iam:UpdateAssumeRolePolicy so that nobody has both on the same role.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
      'https://pathfinding.cloud/paths/iam-021',
    ],
  },
  {
    id: 'iam-016',
    title: 'Rewrite a customer managed policy of a role and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'policy-of-role',
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
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:CreatePolicyVersion to policies that are attached to no role that whoever has it can assume.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
      'https://pathfinding.cloud/paths/iam-016',
    ],
  },
  {
    id: 'iam-020',
    title: 'Rewrite a customer managed policy of a role, make it trust itself and assume it',
    category: 'principal-access',
    ways: [
      {
        on: 'policy-of-role',
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
          {
            action: 'iam:UpdateAssumeRolePolicy',
            on: 'holder',
            parameters: { RoleName: 'name-of-holder', PolicyDocument: 'trust-self' },
          },
          {
            action: 'sts:AssumeRole',
            on: 'holder',
            after: 'trust-self',
            parameters: { RoleArn: 'arn-of-holder', RoleSessionName: { value: 'escalation' } },
          },
        ],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:CreatePolicyVersion and iam:UpdateAssumeRolePolicy so that nobody has both on the same role.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
      'https://pathfinding.cloud/paths/iam-020',
    ],
  },
] as const satisfies readonly EscalationMethod[];
