import type { EscalationMethod } from '../escalation-method.ts';

/** How a principal has another user allowed everything and becomes it, beside a policy and an access key of its own. */
export const raisedUsers = [
  {
    id: 'own-iam-policy-of-user',
    title: 'Rewrite a customer managed policy of a user and make an access key for it',
    category: 'principal-access',
    ways: [
      {
        on: 'policy-of-user',
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
          { action: 'iam:CreateAccessKey', on: 'holder', parameters: { UserName: 'name-of-holder' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:CreatePolicyVersion to policies that are attached to no user for whom whoever has it can make access keys.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
    ],
  },
  {
    id: 'own-iam-group-of-user',
    title: 'Give a group of another user a new policy and make an access key for the user',
    category: 'principal-access',
    ways: [
      {
        on: 'group-of-user',
        requires: [
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
          { action: 'iam:CreateAccessKey', on: 'holder', parameters: { UserName: 'name-of-holder' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:AttachGroupPolicy, iam:PutGroupPolicy and iam:CreateAccessKey so that nobody has them on a group and its members.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
    ],
  },
  {
    id: 'own-iam-raise-and-sign-in',
    title: 'Give a user a new policy and a console password',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
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
            ],
          },
          { action: 'iam:UpdateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-password', 'has-no-mfa-device'],
        effect: 'raises-target',
      },
      {
        on: 'user',
        requires: [
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
            ],
          },
          { action: 'iam:CreateLoginProfile', parameters: { UserName: 'name-of-target', Password: 'new-password' } },
        ],
        facts: ['has-no-password', 'has-no-mfa-device'],
        effect: 'raises-target',
      },
    ],
    remediation: [
      'Limit iam:AttachUserPolicy and iam:PutUserPolicy so that nobody who sets console passwords has them on the same user.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html',
    ],
  },
  {
    id: 'own-iam-join-user',
    title: 'Put another user into a group of administrators and make an access key for it',
    category: 'principal-access',
    ways: [
      {
        on: 'user',
        requires: [
          {
            action: 'iam:AddUserToGroup',
            on: 'administrator-group',
            parameters: { GroupName: 'name-of-resource', UserName: 'name-of-target' },
          },
          { action: 'iam:CreateAccessKey', parameters: { UserName: 'name-of-target' } },
        ],
        facts: ['has-one-key-at-most'],
        effect: 'raises-target',
      },
    ],
    remediation: ['Limit iam:AddUserToGroup to groups that are allowed no more than whoever has it.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html',
    ],
  },
] as const satisfies readonly EscalationMethod[];
