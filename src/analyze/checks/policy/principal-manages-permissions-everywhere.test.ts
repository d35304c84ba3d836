import { expect } from 'vitest';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalManagesPermissionsEverywhere } from './principal-manages-permissions-everywhere.ts';

const granted = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ users: [user('operator', { inlinePolicies: { p: { Version: '2012-10-17', Statement: statements } } })] });

const buckets = { Effect: 'Allow', Action: ['s3:PutBucketPolicy', 's3:GetObject'], Resource: '*' };

describeCheck(principalManagesPermissionsEverywhere, '2026-01-01T00:00:00Z', {
  fail: [
    ['policies of all buckets', granted(buckets), { actions: ['s3:PutBucketPolicy'], conditional: false }],
    ['in the ARN of all buckets', granted({ ...buckets, Resource: 'arn:aws:s3:::*' })],
    [
      'what adds permissions to functions and layers',
      granted({ ...buckets, Action: 'lambda:Add*' }),
      { actions: ['lambda:AddLayerVersionPermission', 'lambda:AddPermission'] },
    ],
    [
      'all of Lambda, with which it deploys',
      granted({ ...buckets, Action: ['lambda:*', 'sqs:*'] }),
      { actions: expect.not.arrayContaining(['sqs:AddPermission']) },
    ],
    [
      'with MFA',
      granted({ ...buckets, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      { conditional: true },
    ],
    ['as a role', snapshot({ roles: [role('ops', { inlinePolicies: { grants: allow('kms:CreateGrant') } })] })],
  ],
  pass: [
    ['of one bucket', granted({ ...buckets, Resource: 'arn:aws:s3:::logs' })],
    ['reads and writes only', granted({ ...buckets, Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'] })],
    ['all of the service, which is another finding', granted({ ...buckets, Action: 's3:*' })],
    [
      'grants for services of AWS only',
      granted({ ...buckets, Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    ],
    ['an administrator', granted({ ...buckets, Action: '*' })],
    [
      'one who can make itself administrator',
      granted({ ...buckets, Action: ['iam:PutUserPolicy', 'kms:CreateGrant'] }),
    ],
    [
      'one who can make itself administrator with MFA, which is another finding',
      granted({
        ...buckets,
        Action: 'iam:PutUserPolicy',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    ],
    ['a list that AWS counts among them', granted({ ...buckets, Action: 'backup:List*' })],
    [
      'all of Lambda and of a sensitive service, which is another finding',
      granted({ ...buckets, Action: ['lambda:*', 'kms:*'] }),
    ],
    ['all of a service for which it deploys', granted({ ...buckets, Action: ['sqs:*', 'sns:*'] })],
    ['denied', granted(buckets, { ...buckets, Effect: 'Deny' })],
  ],
  unknown: [
    [
      'a Deny that cannot be read',
      granted(buckets, { ...buckets, Effect: 'Deny', Condition: { StringEqual: { a: 'b' } } }),
    ],
  ],
});
