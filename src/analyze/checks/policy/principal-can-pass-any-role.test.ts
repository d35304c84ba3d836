import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalCanPassAnyRole } from './principal-can-pass-any-role.ts';

const granted = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({
    users: [user('deployer', { inlinePolicies: { pass: { Version: '2012-10-17', Statement: statements } } })],
  });

const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' };
const toService = (operator: string, service: string) => ({
  ...pass,
  Condition: { [operator]: { 'iam:PassedToService': service } },
});

describeCheck(principalCanPassAnyRole, '2026-01-01T00:00:00Z', {
  fail: [
    ['on `*`', granted(pass), { conditional: false }],
    ['on all roles of whatever account', granted({ ...pass, Resource: 'arn:aws:iam::*:role/*' })],
    ['by a wildcard in the action', granted({ ...pass, Action: 'iam:Pass*' })],
    [
      'with MFA',
      granted({ ...pass, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      { conditional: true },
    ],
    ['to a service whose name may be any', granted(toService('StringLike', '*'))],
    ['to all services but one', granted(toService('StringNotEquals', 'ec2.amazonaws.com'))],
    [
      'but one role, which a Deny names',
      granted(pass, { ...pass, Effect: 'Deny', Resource: 'arn:aws:iam::123456789012:role/break-glass' }),
    ],
    ['as a role', snapshot({ roles: [role('builder', { inlinePolicies: { pass: allow('iam:PassRole') } })] })],
  ],
  pass: [
    ['one service', granted(toService('StringEquals', 'lambda.amazonaws.com'))],
    ['roles under one path', granted({ ...pass, Resource: 'arn:aws:iam::123456789012:role/service/*' })],
    ['roles of another account', granted({ ...pass, Resource: 'arn:aws:iam::999988887777:role/*' })],
    [
      'denied all but some',
      granted(pass, { Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::*:role/app-*' }),
    ],
    ['denied', granted(pass, { ...pass, Effect: 'Deny' })],
    ['an administrator', granted({ ...pass, Action: '*' })],
    ['one who can make itself administrator', granted({ ...pass, Action: ['iam:PassRole', 'iam:PutUserPolicy'] })],
    [
      'within a boundary that lacks it',
      snapshot({
        managedPolicies: [],
        users: [user('deployer', { inlinePolicies: { some: allow(['s3:GetObject', 'iam:GetRole']) } })],
      }),
    ],
    [
      'the role of a permission set',
      snapshot({
        roles: [
          role('builder', {
            path: '/aws-reserved/sso.amazonaws.com/',
            inlinePolicies: { pass: allow('iam:PassRole') },
          }),
        ],
      }),
    ],
    [
      'only roles that carry a tag',
      granted({ ...pass, Condition: { StringEquals: { 'iam:ResourceTag/passable': 'yes' } } }),
    ],
  ],
  unknown: [
    [
      'a Deny that cannot be read',
      granted(pass, { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*', Condition: { StringEqual: { a: 'b' } } }),
    ],
  ],
});
