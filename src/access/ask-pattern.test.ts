import { describe, expect, test } from 'vitest';
import { residualText } from '../evaluate/describe-residual.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { arn } from '../snapshot/testing/collected-builder.ts';
import { policyDocument, trusts } from '../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { askPattern } from './ask-pattern.ts';

const reference = await loadServiceReference();

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = '123456789012';
const documentOf = (...statements: Json[]) => ({ Version: '2012-10-17', Statement: statements });
const statement = (Effect: string, Action: string, Resource: unknown, rest: Json = {}): Json => ({
  Effect,
  Action,
  Resource,
  ...rest,
});
const allow = (action: string, resource: unknown = '*', rest: Json = {}) => statement('Allow', action, resource, rest);
const deny = (action: string, resource: unknown = '*', rest: Json = {}) => statement('Deny', action, resource, rest);
const ifMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const ask = (
  statements: readonly Json[],
  action: string,
  pattern: string,
  parts: Parameters<typeof snapshot>[0] = {},
) => {
  const alice = user('alice', { inlinePolicies: { p: documentOf(...statements) } });
  const account = snapshot({ users: [alice], ...parts });
  const access = createAccountAccess(account, reference);
  return askPattern(alice, { snapshot: account, access, reference }, { action, pattern, context: {} });
};
const extentOf = (...question: Parameters<typeof ask>) => ask(...question).extent;

describe('a pattern of resources', () => {
  test.each([
    ['that a policy covers', [allow('s3:Get*', 'arn:aws:s3:::b*')], 'every'],
    [
      'that two statements cover, each for itself',
      [allow('s3:*', '*', ifMfa), allow('s3:Get*', 'arn:aws:s3:::*')],
      'every',
    ],
    ['of which a policy allows some', [allow('s3:Get*', 'arn:aws:s3:::b/p/*')], 'some'],
    ['with which a policy overlaps', [allow('s3:Get*', 'arn:aws:s3:::*/p')], 'some'],
    ['of which a Deny takes some away', [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::b/p')], 'some'],
    ['that a Deny has nothing to do with', [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::c/*')], 'every'],
    ['that a Deny covers', [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::b*')], 'none'],
    ['that no policy has to do with', [allow('s3:*', 'arn:aws:s3:::c/*')], 'none'],
    ['that policies of other actions cover', [allow('s3:Put*')], 'none'],
  ] as const)('%s', (_, statements, expected) => {
    expect(extentOf([...statements], 's3:GetObject', 'arn:aws:s3:::b/*')).toBe(expected);
  });

  test('is allowed as a whole under the condition of what covers it', () => {
    const { extent, condition } = ask([allow('s3:*', '*', ifMfa)], 's3:GetObject', 'arn:aws:s3:::b/*');
    expect([extent, residualText(condition)]).toEqual(['every', '`aws:MultiFactorAuthPresent` is `true`']);
  });

  test('is told with the part of it that is allowed', () => {
    const { granted } = ask(
      [allow('s3:*', ['arn:aws:s3:::b/p/*', 'arn:aws:s3:::c'])],
      's3:GetObject',
      'arn:aws:s3:::b/*',
    );
    expect(granted.flatMap(({ terms }) => terms.area.patterns.map(({ text }) => text))).toEqual(['arn:aws:s3:::b/p/*']);
  });

  test('may be asked about with what needs no permission', () => {
    expect(extentOf([deny('*')], 'sts:GetCallerIdentity', 'arn:aws:s3:::b/*')).toBe('every');
  });
});

describe('resources that carry policies', () => {
  const bucket = (policy: Json) => ({
    arn: arn('arn:aws:s3:::b'),
    service: 's3',
    type: 'bucket',
    name: 'b',
    region: null,
    roleArn: null,
    policy: policyDocument(documentOf(policy)),
    tags: null,
    restrictsPublicAccess: false,
  });
  const denying = { resources: [bucket(deny('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], { Principal: '*' }))] };

  test('count by themselves', () => {
    expect(extentOf([allow('s3:*')], 's3:GetObject', 'arn:aws:s3:::b/*', denying)).toBe('none');
    expect(extentOf([allow('s3:*')], 's3:GetObject', 'arn:aws:s3:::*', denying)).toBe('some');
    expect(extentOf([allow('s3:*')], 's3:GetObject', 'arn:aws:s3:::c*', denying)).toBe('every');
  });

  test('leave the answer open where a Deny of theirs could not be read', () => {
    const broken = { resources: [bucket({ ...deny('s3:*', 'arn:aws:s3:::b/*', { Principal: '*' }), Sid: 7 })] };
    expect(ask([allow('s3:*')], 's3:GetObject', 'arn:aws:s3:::b/*', broken).doubts).toHaveLength(1);
    expect(ask([allow('s3:*')], 's3:GetObject', 'arn:aws:s3:::c/*', broken).doubts).toEqual([]);
  });

  test('that are roles must trust whoever wants to assume them', () => {
    const parts = {
      roles: [role('a', { trustPolicy: trusts({ AWS: ACCOUNT }) }), role('b', { trustPolicy: trusts({ AWS: '*' }) })],
    };
    const roles = (names: string) => `arn:aws:iam::${ACCOUNT}:role/${names}`;
    expect(extentOf([allow('sts:AssumeRole')], 'sts:AssumeRole', roles('*'), parts)).toBe('every');
    expect(extentOf([], 'sts:AssumeRole', roles('*'), parts)).toBe('some');
    expect(extentOf([], 'sts:AssumeRole', roles('a*'), parts)).toBe('none');
    expect(extentOf([allow('sts:AssumeRole')], 'sts:AssumeRole', roles('nobody-*'), parts)).toBe('none');
    // To pass a role, its trust policy is not asked.
    expect(extentOf([allow('iam:PassRole')], 'iam:PassRole', roles('nobody-*'), parts)).toBe('every');
  });
});

describe('the policies of the organization', () => {
  const policies = (...statements: Json[]) => [{ name: 'p', document: policyDocument(documentOf(...statements)) }];
  const under = (type: 'scps' | 'rcps', ...statements: Json[]) => ({
    organization: {
      id: 'o-1',
      managementAccountId: '999999999999',
      path: [{ id: ACCOUNT, name: 'a', scps: [], rcps: [], [type]: policies(...statements) }],
    },
  });

  test('SCPs limit the principal wherever the resource is', () => {
    const parts = under('scps', allow('*', 'arn:aws:sqs:eu-west-1:*:*'));
    expect(extentOf([allow('*')], 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:*`, parts)).toBe('every');
    expect(extentOf([allow('*')], 'sqs:SendMessage', `arn:aws:sqs:us-east-1:${ACCOUNT}:*`, parts)).toBe('none');
    expect(extentOf([allow('*')], 'sqs:SendMessage', 'arn:aws:sqs:*:*:*', parts)).toBe('some');
  });

  test('RCPs limit resources of the account, and leave others and other services alone', () => {
    const everybody = { Principal: '*' };
    const parts = under('rcps', allow('*', '*', everybody), deny('*', '*', everybody));
    expect(extentOf([allow('*')], 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:*`, parts)).toBe('none');
    expect(extentOf([allow('*')], 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:999999999999:*', parts)).toBe('every');
    expect(extentOf([allow('*')], 'sqs:SendMessage', 'arn:aws:sqs:*:*:*', parts)).toBe('some');
    expect(extentOf([allow('*')], 'ec2:StopInstances', `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`, parts)).toBe(
      'every',
    );
  });
});
