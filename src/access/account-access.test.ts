import { describe, expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { Role, User } from '../snapshot/account-snapshot.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { allow, policyDocument, trusts } from '../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';

const reference = await loadServiceReference();
const accessTo = (parts: Parameters<typeof snapshot>[0]) => createAccountAccess(snapshot(parts), reference);
const documentOf = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const statement = (effect: string, action: unknown, resource: unknown = '*', rest = {}) => ({
  Effect: effect,
  Action: action,
  Resource: resource,
  ...rest,
});
const ifMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const until = (time: string) => ({ Condition: { DateLessThan: { 'aws:CurrentTime': time } } });
const issuedBefore = (time: string) => ({ Condition: { DateLessThan: { 'aws:TokenIssueTime': time } } });
const OBJECT = 'arn:aws:s3:::b/k';

describe('the policies that apply to a principal', () => {
  const readS3 = managedPolicy('read-s3', allow('s3:Get*'));

  test('an attached policy grants under its ARN', () => {
    const alice = user('alice', { attachedManagedPolicies: [readS3] });
    const access = accessTo({ users: [alice], managedPolicies: [readS3] });
    expect(access.canPerform(alice, 's3:GetObject', OBJECT)).toEqual({
      kind: 'allowed',
      grantedBy: [{ policy: readS3.arn, statement: 0 }],
    });
  });

  test('an inline policy grants under the ARN of whom it is embedded in', () => {
    const alice = user('alice', { inlinePolicies: { mine: allow('s3:Get*') } });
    expect(accessTo({ users: [alice] }).canPerform(alice, 's3:GetObject', OBJECT)).toEqual({
      kind: 'allowed',
      grantedBy: [{ policy: `${alice.arn}#inline/mine`, statement: 0 }],
    });
  });

  test('the policies of the groups count, inline and attached', () => {
    const readers = group('readers', { inlinePolicies: { sqs: allow('sqs:*') }, attachedManagedPolicies: [readS3] });
    const alice = user('alice', { groups: ['readers'] });
    const access = accessTo({ users: [alice], groups: [readers], managedPolicies: [readS3] });
    expect(access.effectivePolicies(alice).identity.map(({ name, group: from }) => [name, from])).toEqual([
      [`${readers.arn}#inline/sqs`, readers.arn],
      [readS3.arn, readers.arn],
    ]);
    expect(access.canPerform(alice, 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:123456789012:q').kind).toBe('allowed');
  });

  test('the boundary counts', () => {
    const alice = user('alice', { inlinePolicies: { all: allow('*') }, permissionsBoundary: readS3 });
    const access = accessTo({ users: [alice], managedPolicies: [readS3] });
    expect(access.canPerform(alice, 's3:PutObject', OBJECT)).toEqual({
      kind: 'implicitDeny',
      silent: 'permissions-boundary',
    });
    expect(access.canPerform(alice, 's3:GetObject', OBJECT).kind).toBe('allowed');
  });

  test('only the default version of a managed policy counts', () => {
    const policy = managedPolicy('p', allow('s3:Get*'), { olderVersions: [allow('*')] });
    const alice = user('alice', { attachedManagedPolicies: [policy] });
    const access = accessTo({ users: [alice], managedPolicies: [policy] });
    expect(access.canPerform(alice, 's3:PutObject', OBJECT).kind).toBe('implicitDeny');
  });

  test.each([
    ['an attached policy', user('alice', { attachedManagedPolicies: [readS3] }), readS3.arn],
    ['a group', user('alice', { groups: ['readers'] }), 'readers'],
    ['the boundary', user('alice', { inlinePolicies: { s3: allow('*') }, permissionsBoundary: readS3 }), readS3.arn],
  ])('%s that was not collected leaves the decision open', (_name, alice, missing) => {
    const access = accessTo({ users: [alice] });
    expect(access.canPerform(alice, 's3:GetObject', OBJECT)).toMatchObject({
      kind: 'undetermined',
      reasons: [{ policy: missing }],
    });
    expect(access.administrator(alice)).toBe('conditional');
  });

  test.each([
    ['a policy', { inlinePolicies: { p: 'garbage' } }],
    [
      'a policy of a version that AWS does not have',
      { inlinePolicies: { p: { Version: '2025-01-01', Statement: [] } } },
    ],
    ['the boundary', { inlinePolicies: { p: allow('*') }, permissionsBoundary: managedPolicy('garbled', '{') }],
  ])('%s that cannot be read leaves the decision open', (_name, parts) => {
    const alice = user('alice', parts);
    const access = accessTo({ users: [alice], managedPolicies: [managedPolicy('garbled', '{')] });
    expect(access.canPerform(alice, 's3:GetObject', OBJECT).kind).toBe('undetermined');
    expect(access.administrator(alice)).toBe('conditional');
  });

  test('the root user may do everything', () => {
    const account = snapshot();
    const access = createAccountAccess(account, reference);
    expect(access.canPerform(account.root, 'iam:CreateUser', '*')).toEqual({ kind: 'allowed', grantedBy: [] });
    expect(access.administrator(account.root)).toBe('yes');
  });
});

describe('what the principal decides of the context', () => {
  const kindOf = (principal: User | Role, action: string, resource: string) =>
    accessTo({}).canPerform(principal, action, resource).kind;
  const home = { inlinePolicies: { home: allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}') } };
  const team = { inlinePolicies: { team: allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/Team}') } };

  test('a user has a name without its path', () => {
    expect(kindOf(user('alice', { path: '/staff/', ...home }), 's3:GetObject', 'arn:aws:s3:::b/alice')).toBe('allowed');
  });

  test('the session of a role has no user name', () => {
    expect(kindOf(role('alice', home), 's3:GetObject', 'arn:aws:s3:::b/alice')).toBe('implicitDeny');
  });

  test('a tag is found whatever the case of its key', () => {
    expect(kindOf(user('alice', { tags: { team: 'blue' }, ...team }), 's3:GetObject', 'arn:aws:s3:::b/blue')).toBe(
      'allowed',
    );
    expect(kindOf(user('alice', team), 's3:GetObject', 'arn:aws:s3:::b/blue')).toBe('implicitDeny');
  });

  test('the tags of a role are its own where nobody may bring others', () => {
    const tagged = { tags: { Team: 'blue' }, ...team };
    expect(kindOf(role('r', tagged), 's3:GetObject', 'arn:aws:s3:::b/blue')).toBe('allowed');
    expect(kindOf(role('r', tagged), 's3:GetObject', 'arn:aws:s3:::b/red')).toBe('implicitDeny');
  });

  test('session tags replace the tags of a role where its trust policy lets them in', () => {
    const tagging = documentOf({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
    const open = role('r', { tags: { Team: 'blue' }, trustPolicy: tagging, ...team });
    expect(kindOf(open, 's3:GetObject', 'arn:aws:s3:::b/red')).toBe('allowedIf');
  });

  test('a role is known by its ARN, with its path', () => {
    const condition = { Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci/deploy' } } };
    const inlinePolicies = { p: documentOf(statement('Allow', 's3:*', '*', condition)) };
    expect(kindOf(role('deploy', { path: '/ci/', inlinePolicies }), 's3:GetObject', OBJECT)).toBe('allowed');
    expect(kindOf(role('deploy', { inlinePolicies }), 's3:GetObject', OBJECT)).toBe('implicitDeny');
  });

  test('what the caller says of the context wins', () => {
    const condition = { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } };
    const alice = user('alice', {
      inlinePolicies: { p: documentOf(statement('Allow', 'iam:PassRole', '*', condition)) },
    });
    const ask = (context?: Record<string, string>) =>
      accessTo({}).canPerform(alice, 'iam:PassRole', 'arn:aws:iam::123456789012:role/r', context).kind;
    expect(ask()).toBe('allowedIf');
    expect(ask({ 'iam:passedtoservice': 'lambda.amazonaws.com' })).toBe('allowed');
    expect(ask({ 'iam:PassedToService': 'ec2.amazonaws.com' })).toBe('implicitDeny');
  });
});

describe('an administrator', () => {
  const admin = (
    inline: unknown,
    parts: Parameters<typeof user>[1] = {},
    policies: Parameters<typeof snapshot>[0] = {},
  ) => {
    const alice = user('alice', { inlinePolicies: { p: inline }, ...parts });
    return accessTo({ users: [alice], ...policies }).administrator(alice);
  };
  const everything = statement('Allow', '*');
  const allBut = (resource: string) => ({ Effect: 'Allow', Action: '*', NotResource: resource });

  test.each([
    ['every action on every resource', [everything]],
    [
      'every action in two statements',
      [statement('Allow', 'iam:*'), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ],
    ['every action but those of a service nobody has heard of, and these', [statement('Allow', ['newservice:*', '*'])]],
    ['a star in both halves', [statement('Allow', '*:*')]],
    [
      'what is left out is allowed by itself',
      [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' }, statement('Allow', '*', ['arn:aws:s3:::b'])],
    ],
    [
      'what is left out is allowed by something wider',
      [allBut('arn:aws:s3:::b/*'), statement('Allow', '*', 'arn:aws:s3:::*')],
    ],
    ['what one leaves out another does not', [allBut('arn:aws:s3:::b/*'), allBut('arn:aws:s3:::c/*')]],
    [
      'a condition that the user fulfils',
      [statement('Allow', '*', '*', { Condition: { StringEquals: { 'aws:username': 'alice' } } })],
    ],
    [
      'a Deny for others',
      [everything, statement('Deny', '*', '*', { Condition: { StringEquals: { 'aws:username': 'bob' } } })],
    ],
    [
      'a Deny of nothing',
      [
        everything,
        { Effect: 'Deny', NotAction: '*', Resource: '*' },
        { Effect: 'Deny', Action: '*', NotResource: '*' },
      ],
    ],
  ])('%s', (_name, statements) => {
    expect(admin(documentOf(...statements))).toBe('yes');
  });

  test.each([
    ['all but a service', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]],
    [
      'a service and all but part of it',
      [statement('Allow', 'iam:Get*'), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ],
    [
      'all but one action that nobody has heard of',
      [{ Effect: 'Allow', NotAction: 'iam:DoSomethingNew', Resource: '*' }],
    ],
    [
      'every known service, one by one, but no unknown one',
      [statement('Allow', [...new Set(reference.names.map((name) => `${name.split(':')[0]}:*`))])],
    ],
    ['every action on every ARN, and so none without resource', [statement('Allow', '*', 'arn:aws:*')]],
    ['all but what both leave out', [allBut('arn:aws:s3:::b*'), allBut('arn:aws:s3:::bc')]],
    ['all but what nothing wider allows', [allBut('arn:aws:s3:::b*'), statement('Allow', '*', 'arn:aws:s3:::b?*')]],
    ['all but what a variable may name', [allBut('arn:aws:s3:::b'), allBut('arn:aws:s3:::c/${aws:username}')]],
    ['all but one resource', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' }]],
    ['a Deny of something', [everything, statement('Deny', 'organizations:LeaveOrganization')]],
    ['a Deny on something', [everything, statement('Deny', '*', 'arn:aws:s3:::b')]],
    ['no policy that counts', [{ ...everything, Effect: 'allow' }]],
    ['a statement with a principal', [{ ...everything, Principal: '*' }]],
  ])('is not who has %s', (_name, statements) => {
    expect(admin(documentOf(...statements))).toBe('no');
  });

  test.each([
    ['a condition', [statement('Allow', '*', '*', ifMfa)]],
    [
      'a condition on a part',
      [statement('Allow', 'iam:*', '*', ifMfa), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ],
    ['a Deny with a condition', [everything, statement('Deny', 's3:*', '*', ifMfa)]],
    ['a Deny that could not be read', [everything, { ...statement('Deny', 's3:*'), Sid: 7 }]],
    ['a Deny without a resource', [everything, { Effect: 'Deny', Action: 's3:*' }]],
    ['a Deny with a principal', [everything, { ...statement('Deny', 's3:*'), Principal: '*' }]],
  ])('is conditional with %s', (_name, statements) => {
    expect(admin(documentOf(...statements))).toBe('conditional');
  });

  test.each([
    ['a grant that has ended', [statement('Allow', '*', '*', until('2025-12-31T00:00:00Z'))], 'no'],
    ['a grant that has not ended', [statement('Allow', '*', '*', until('2026-12-31T00:00:00Z'))], 'yes'],
    ['a Deny that has ended', [everything, statement('Deny', '*', '*', until('2025-12-31T00:00:00Z'))], 'yes'],
    // What "Revoke active sessions" embeds in a role: it denies sessions older than that moment.
    [
      'sessions revoked last year',
      [everything, statement('Deny', '*', '*', issuedBefore('2025-06-01T00:00:00Z'))],
      'yes',
    ],
    [
      'sessions revoked now',
      [everything, statement('Deny', '*', '*', issuedBefore('2026-01-01T00:00:00Z'))],
      'conditional',
    ],
  ])('of %s, at a time', (_name, statements, expected) => {
    const worker = role('worker', { inlinePolicies: { p: documentOf(...statements) } });
    const access = createAccountAccess(snapshot({ roles: [worker] }), reference, at('2026-01-01T00:00:00Z'));
    expect(access.administrator(worker)).toBe(expected);
  });

  test('is limited by a boundary', () => {
    const all = managedPolicy('all', allow('*'));
    const some = managedPolicy('some', allow('s3:*'));
    const managedPolicies = [all, some];
    expect(admin(allow('*'), { permissionsBoundary: all }, { managedPolicies })).toBe('yes');
    expect(admin(allow('*'), { permissionsBoundary: some }, { managedPolicies })).toBe('no');
    expect(admin(allow('s3:*'), { permissionsBoundary: all }, { managedPolicies })).toBe('no');
  });

  test('a role is judged like a user', () => {
    const admins = role('admins', { inlinePolicies: { p: allow('*') }, trustPolicy: trusts({ AWS: '*' }) });
    expect(accessTo({ roles: [admins] }).administrator(admins)).toBe('yes');
  });
});

test.each([
  [documentOf(statement('Allow', '*')), 'yes'],
  [documentOf(statement('Allow', '*'), statement('Deny', 'iam:*')), 'yes'],
  [documentOf(statement('Allow', '*', '*', ifMfa)), 'conditional'],
  [documentOf(statement('Allow', ['s3:*', 'ec2:*'])), 'no'],
  ['garbage', 'no'],
])('whether a document by itself grants everything: %#', (document, expected) => {
  expect(accessTo({}).documentGrantsEverything(policyDocument(document))).toBe(expected);
});
