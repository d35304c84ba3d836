import { managedPolicy, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyStatementRedundant } from './policy-statement-redundant.ts';

const document = (...statements: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })),
});
const having = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ managedPolicies: [managedPolicy('app', document(...statements))] });
const redundant = (statement: number, coveredBy: number) => ({ redundant: [{ statement, coveredBy }] });

const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const OBJECTS = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };

describeCheck(policyStatementRedundant, '2026-01-01T00:00:00Z', {
  fail: [
    ['an action among all of the service', having(OBJECTS, { Action: 's3:*' }), redundant(0, 1)],
    ['the same twice', having(OBJECTS, { ...OBJECTS, Sid: 'Again' }), redundant(1, 0)],
    ['in another case, and as a list', having(OBJECTS, { ...OBJECTS, Action: ['S3:getobject'] }), redundant(1, 0)],
    [
      'a folder of the bucket',
      having({ ...OBJECTS, Resource: 'arn:aws:s3:::reports/2025/*' }, OBJECTS),
      redundant(0, 1),
    ],
    ['with MFA, what is granted without', having({ ...OBJECTS, ...MFA }, OBJECTS), redundant(0, 1)],
    ['a Deny of less', having({ ...OBJECTS, Effect: 'Deny' }, { Action: '*', Effect: 'Deny' }), redundant(0, 1)],
    ['all but more', having({ NotAction: ['iam:*', 'sts:*'] }, { NotAction: 'iam:*' }), redundant(0, 1)],
    [
      'in a user',
      snapshot({ users: [user('alice', { inlinePolicies: { p: document(OBJECTS, { Action: '*' }) } })] }),
      redundant(0, 1),
    ],
  ],
  pass: [
    ['one statement', having(OBJECTS)],
    ['the same action on another bucket', having(OBJECTS, { ...OBJECTS, Resource: 'arn:aws:s3:::logs/*' })],
    ['a wider one that asks for MFA', having(OBJECTS, { Action: 's3:*', ...MFA })],
    ['a Deny of what is allowed', having(OBJECTS, { ...OBJECTS, Effect: 'Deny' })],
    ['a wider action on less', having(OBJECTS, { Action: 's3:*', Resource: 'arn:aws:s3:::reports/2025/*' })],
    [
      'half of it in each of two',
      having({ Action: ['s3:GetObject', 's3:PutObject'] }, { Action: 's3:Get*' }, { Action: 's3:Put*' }),
    ],
    [
      'an own folder, by a variable',
      having(
        { ...OBJECTS, Resource: 'arn:aws:s3:::reports/${aws:username}/*' },
        { ...OBJECTS, Resource: 'arn:aws:s3:::reports/${aws:PrincipalTag/team}/*' },
      ),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
