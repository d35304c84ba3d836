import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalOpensAccessByTaggingItself } from './principal-opens-access-by-tagging-itself.ts';

type StatementText = Readonly<Record<string, unknown>>;

const tagSelf = { Effect: 'Allow', Action: 'iam:TagUser', Resource: 'arn:aws:iam::*:user/${aws:username}' };
const ifTagged = {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::payroll/*',
  Condition: { StringEquals: { 'aws:PrincipalTag/team': 'finance' } },
};
const having = (statements: readonly StatementText[], tags: Readonly<Record<string, string>> = {}) =>
  snapshot({
    users: [user('alice', { tags, inlinePolicies: { p: { Version: '2012-10-17', Statement: statements } } })],
  });

describeCheck(principalOpensAccessByTaggingItself, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'the tag that its own policy asks for',
      having([tagSelf, ifTagged]),
      { tags: ['team=finance'], opens: ['s3:GetObject on arn:aws:s3:::payroll/x'], principalType: 'User' },
    ],
    ['another value than it has', having([tagSelf, ifTagged], { team: 'sales' })],
    [
      'the tag that a Deny spares',
      having([
        tagSelf,
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        { ...ifTagged, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'finance' } } },
      ]),
    ],
    [
      'the tag that a role asks for',
      snapshot({
        users: [
          user('alice', {
            inlinePolicies: {
              p: {
                Version: '2012-10-17',
                Statement: [tagSelf, { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
              },
            },
          }),
        ],
        roles: [
          role('finance', {
            trustPolicy: trusts(
              { AWS: 'arn:aws:iam::123456789012:root' },
              { StringEquals: { 'aws:PrincipalTag/team': 'finance' } },
            ),
          }),
        ],
      }),
      { opens: ['sts:AssumeRole on arn:aws:iam::123456789012:role/finance'] },
    ],
  ],
  pass: [
    ['it may not tag', having([ifTagged])],
    ['it may tag others only', having([{ ...tagSelf, Resource: 'arn:aws:iam::*:user/guest-*' }, ifTagged])],
    ['the tag is there already', having([tagSelf, ifTagged], { team: 'finance' })],
    [
      'it may set other tags only',
      having([{ ...tagSelf, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['nickname'] } } }, ifTagged]),
    ],
    [
      'the key is denied',
      having([
        tagSelf,
        ifTagged,
        {
          Effect: 'Deny',
          Action: 'iam:TagUser',
          Resource: '*',
          Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } },
        },
      ]),
    ],
    ['what the tag opens is denied', having([tagSelf, ifTagged, { Effect: 'Deny', Action: 's3:*', Resource: '*' }])],
    ['an administrator', having([{ Effect: 'Allow', Action: '*', Resource: '*' }, ifTagged])],
  ],
  unknown: [
    [
      'a Deny of tagging that cannot be read',
      having([
        tagSelf,
        ifTagged,
        { Effect: 'Deny', Action: 'iam:TagUser', Resource: '*', Condition: { StringEqual: { a: 'b' } } },
      ]),
    ],
  ],
});
