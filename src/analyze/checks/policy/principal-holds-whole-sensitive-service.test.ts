import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalHoldsWholeSensitiveService } from './principal-holds-whole-sensitive-service.ts';

const granted = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ users: [user('operator', { inlinePolicies: { p: { Version: '2012-10-17', Statement: statements } } })] });

const keys = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const readers = managedPolicy('readers', allow(['kms:Decrypt', 's3:GetObject']));

describeCheck(principalHoldsWholeSensitiveService, '2026-01-01T00:00:00Z', {
  fail: [
    ['all of KMS', granted(keys), { services: ['kms'], principalType: 'User', conditional: false }],
    ['all of two services, told once', granted({ ...keys, Action: ['kms:*', 's3:*'] }), { services: ['kms', 's3'] }],
    [
      'all but some services',
      granted({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*', 'sso:*'], Resource: '*' }),
      { services: ['cloudtrail', 'kms', 'ram', 's3', 'secretsmanager', 'sts'] },
    ],
    [
      'with MFA',
      granted({ ...keys, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      { conditional: true },
    ],
    [
      'but one action and one key, which Denies name',
      granted(keys, { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' }),
    ],
    ['as a role', snapshot({ roles: [role('ops', { inlinePolicies: { all: allow('secretsmanager:*') } })] })],
  ],
  pass: [
    ['each name of a kind of action', granted({ ...keys, Action: ['kms:List*', 'kms:Describe*', 'kms:Get*'] })],
    ['all of KMS, on one key', granted({ ...keys, Resource: 'arn:aws:kms:eu-west-1:123456789012:key/abc' })],
    ['all of a service that is not among them', granted({ ...keys, Action: 'dynamodb:*' })],
    ['denied again', granted(keys, { ...keys, Effect: 'Deny' })],
    ['denied outside of one key', granted(keys, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:kms:*:*:key/a' })],
    ['only keys that carry a tag', granted({ ...keys, Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })],
    ['an administrator', granted({ ...keys, Action: '*' })],
    ['one who can make itself administrator, who holds IAM', granted({ ...keys, Action: 'iam:*' })],
    [
      'within a boundary that lacks it',
      snapshot({
        managedPolicies: [readers],
        users: [user('operator', { inlinePolicies: { all: allow('kms:*') }, permissionsBoundary: readers })],
      }),
    ],
    [
      'the role of a permission set',
      snapshot({
        roles: [role('ops', { path: '/aws-reserved/sso.amazonaws.com/', inlinePolicies: { all: allow('kms:*') } })],
      }),
    ],
  ],
  unknown: [
    [
      'a Deny that cannot be read',
      granted(keys, { Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition: { StringEqual: { a: 'b' } } }),
    ],
  ],
});
