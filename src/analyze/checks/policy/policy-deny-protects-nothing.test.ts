import { expect } from 'vitest';
import { managedPolicy, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyDenyProtectsNothing } from './policy-deny-protects-nothing.ts';

const denying = (statement: Readonly<Record<string, unknown>>) =>
  snapshot({
    managedPolicies: [
      managedPolicy('guard', { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Resource: '*', ...statement }] }),
    ],
  });
const idle = (cause: string, whole: boolean) => ({
  idle: [expect.objectContaining({ cause, whole })],
  anyWhole: whole,
});

describeCheck(policyDenyProtectsNothing, '2026-01-01T00:00:00Z', {
  fail: [
    ['an action that there is not', denying({ Action: 'cloudtrail:StopLoging' }), idle('unknown-action', true)],
    [
      'one of two',
      denying({ Action: ['cloudtrail:StopLoging', 'cloudtrail:DeleteTrail'] }),
      idle('unknown-action', false),
    ],
    [
      'a bucket, by its objects',
      denying({ Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::ledger/*' }),
      idle('resource-never-matches', true),
    ],
    [
      'conditions that contradict each other',
      denying({
        Action: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x' }, Null: { 'aws:PrincipalTag/a': 'true' } },
      }),
      idle('conditions-contradict', true),
    ],
    [
      'a key that there is not',
      denying({ Action: '*', Condition: { Bool: { 'aws:SecureTransprot': 'false' } } }),
      idle('unknown-condition-key', true),
    ],
    [
      'an operator that there is not',
      denying({ Action: '*', Condition: { Boolean: { 'aws:SecureTransport': 'false' } } }),
      idle('unknown-operator', true),
    ],
    [
      'a key that the action never sends',
      denying({ Action: 's3:PutObject', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } } }),
      idle('key-never-sent', true),
    ],
  ],
  pass: [
    ['actions that there are', denying({ Action: ['cloudtrail:StopLogging', 'cloudtrail:Delete*'] })],
    ['all but some, misspelled', denying({ NotAction: 'iam:GetUsr' })],
    ['without transport security', denying({ Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    ['without MFA', denying({ Action: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    [
      'all but a bucket',
      snapshot({
        managedPolicies: [
          managedPolicy('guard', {
            Statement: { Effect: 'Deny', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::r' },
          }),
        ],
      }),
    ],
    [
      'in a role that AWS manages',
      snapshot({
        roles: [
          role('sso', {
            path: '/aws-reserved/sso.amazonaws.com/',
            inlinePolicies: { p: { Statement: { Effect: 'Deny', Action: 'sqs:Send', Resource: '*' } } },
          }),
        ],
      }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
