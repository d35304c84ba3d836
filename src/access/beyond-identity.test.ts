import { describe, expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { Organization } from '../snapshot/organization.ts';
import type { Resource } from '../snapshot/resource.ts';
import { arn } from '../snapshot/testing/collected-builder.ts';
import { allow, policyDocument } from '../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';

const reference = await loadServiceReference();
const accessTo = (parts: Parameters<typeof snapshot>[0]) => createAccountAccess(snapshot(parts), reference);
const statement = (effect: string, action: unknown, resource: unknown = '*', rest = {}) => ({
  Effect: effect,
  Action: action,
  Resource: resource,
  ...rest,
});
const documentOf = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const FULL = documentOf(statement('Allow', '*'));
const admin = user('admin', { inlinePolicies: { all: FULL } });
const OBJECT = 'arn:aws:s3:::b/k';

/** An organization with these SCPs at its root, and AWS's own at the account. */
const organization = (scps: readonly unknown[], parts: Partial<Organization> = {}): Organization => ({
  id: 'o-1',
  managementAccountId: '111111111111',
  path: [
    {
      id: 'r-1',
      name: 'Root',
      scps: scps.map((raw) => ({ name: 'root-scp', document: policyDocument(raw) })),
      rcps: [],
    },
    { id: 'ou-1', name: 'Unit', scps: [{ name: 'FullAWSAccess', document: policyDocument(FULL) }], rcps: [] },
    { id: '123456789012', name: 'a', scps: [{ name: 'FullAWSAccess', document: policyDocument(FULL) }], rcps: [] },
  ],
  ...parts,
});

// AWS Organizations User Guide, "Service control policies (SCPs)" and "SCP evaluation".
describe('the SCPs above the account', () => {
  const noUsers = documentOf(statement('Allow', '*'), statement('Deny', 'iam:CreateUser'));

  test('deny', () => {
    const access = accessTo({ users: [admin], organization: organization([noUsers]) });
    expect(access.canPerform(admin, 'iam:CreateUser', '*')).toMatchObject({
      kind: 'explicitDeny',
      deniedBy: [{ policy: 'root-scp', statement: 1 }],
    });
    expect(access.canPerform(admin, 's3:GetObject', OBJECT).kind).toBe('allowed');
  });

  test('must allow at every level', () => {
    const access = accessTo({ users: [admin], organization: organization([allow('s3:*')]) });
    expect(access.canPerform(admin, 'sqs:SendMessage', '*')).toEqual({ kind: 'implicitDeny', silent: 'scp', level: 0 });
  });

  test('limit the root user too', () => {
    const account = snapshot({ organization: organization([noUsers]) });
    const access = createAccountAccess(account, reference);
    expect(access.canPerform(account.root, 'iam:CreateUser', '*').kind).toBe('explicitDeny');
    expect(access.canPerform(account.root, 's3:GetObject', OBJECT).kind).toBe('allowed');
    expect(access.administrator(account.root)).toBe('no');
    expect(access.unlimited(account.root)).toBe('yes');
  });

  test('leave the management account and service-linked roles alone', () => {
    const managed = organization([noUsers], { managementAccountId: '123456789012' });
    expect(accessTo({ organization: managed }).canPerform(admin, 'iam:CreateUser', '*').kind).toBe('allowed');
    const linked = role('linked', {
      path: '/aws-service-role/x.amazonaws.com/',
      inlinePolicies: { all: FULL },
    });
    const access = accessTo({ roles: [linked], organization: organization([noUsers]) });
    expect(access.canPerform(linked, 'iam:CreateUser', '*').kind).toBe('allowed');
  });

  test('are not in use where no level has any', () => {
    const none = organization([]);
    const path = none.path.map((level) => ({ ...level, scps: [] }));
    expect(accessTo({ organization: { ...none, path } }).canPerform(admin, 'iam:CreateUser', '*').kind).toBe('allowed');
  });

  test.each([
    [[FULL], 'yes'],
    [[noUsers], 'no'],
    [[documentOf(statement('Allow', 's3:*'))], 'no'],
    [
      [FULL, documentOf(statement('Deny', '*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))],
      'conditional',
    ],
  ])('count for who is administrator, and not for who is unlimited: %#', (scps, expected) => {
    const access = accessTo({ users: [admin], organization: organization(scps) });
    expect(access.administrator(admin)).toBe(expected);
    expect(access.unlimited(admin)).toBe('yes');
  });
});

test('RCPs are about the resources of the account alone', () => {
  const onlyOrganization = documentOf(
    statement('Allow', '*', '*', { Principal: '*' }),
    statement('Deny', 'sts:AssumeRole', '*', { Principal: '*' }),
  );
  const rcps = [{ name: 'rcp', document: policyDocument(onlyOrganization) }];
  const own = role('own', {
    trustPolicy: documentOf({ Effect: 'Allow', Principal: { AWS: admin.arn }, Action: 'sts:AssumeRole' }),
  });
  const access = accessTo({
    users: [admin],
    roles: [own],
    organization: organization([FULL], { path: [{ id: 'r-1', name: 'Root', scps: [], rcps }] }),
  });
  expect(access.canPerform(admin, 'sts:AssumeRole', own.arn).kind).toBe('explicitDeny');
  expect(access.canPerform(admin, 'sts:AssumeRole', 'arn:aws:iam::999999999999:role/theirs').kind).toBe('allowed');
});

// "AWS global condition context keys", IAM User Guide.
test.each([
  [{ 'aws:PrincipalOrgID': 'o-1' }, 'allowed'],
  [{ 'aws:PrincipalOrgID': 'o-2' }, 'implicitDeny'],
  [{ 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/' }, 'allowed'],
  [{ 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-2/*' }, 'implicitDeny'],
  [{ 'aws:ResourceAccount': '123456789012' }, 'allowed'],
  [{ 'aws:ResourceAccount': '111111111111' }, 'implicitDeny'],
  [{ 'aws:ResourceOrgID': 'o-1' }, 'allowed'],
  [{ 'aws:ResourceTag/Team': 'blue' }, 'allowed'],
  [{ 'aws:ResourceTag/team': 'red' }, 'implicitDeny'],
  [{ 'iam:ResourceTag/Stage': 'prod' }, 'implicitDeny'],
  [{ 'aws:SourceIp': '10.0.0.1' }, 'allowedIf'],
])('what organization and resource decide of a condition: %j', (condition, expected) => {
  const alice = user('alice', {
    inlinePolicies: {
      p: documentOf(statement('Allow', 'iam:PassRole', '*', { Condition: { StringLike: condition } })),
    },
  });
  const target = role('target', { tags: { Team: 'blue' } });
  const access = accessTo({ users: [alice], roles: [target], organization: organization([FULL]) });
  expect(access.canPerform(alice, 'iam:PassRole', target.arn).kind).toBe(expected);
});

describe('resource-based policies', () => {
  const resource = (service: string, type: string, name: string, policy: unknown = null): Resource => ({
    arn: arn(name),
    service,
    type,
    name,
    region: null,
    roleArn: null,
    policy: policy === null ? null : policyDocument(policy),
    tags: null,
    restrictsPublicAccess: false,
  });
  const nobody = user('nobody');
  const toNobody = (action: string, name: string) =>
    documentOf({ Effect: 'Allow', Principal: { AWS: nobody.arn }, Action: action, Resource: name });
  const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/t';
  const resources = [
    resource('s3', 'bucket', 'arn:aws:s3:::b', toNobody('s3:GetObject', 'arn:aws:s3:::b/*')),
    resource('kms', 'key', KEY, toNobody('kms:Decrypt', '*')),
    resource('dynamodb', 'table', TABLE, toNobody('dynamodb:*', `${TABLE}*`)),
  ];
  const access = accessTo({ users: [nobody, admin], resources });

  // IAM User Guide, "Policy evaluation logic"; KMS Developer Guide, "Key policies in AWS KMS".
  test.each([
    ['a bucket policy names the user for its objects', nobody, 's3:GetObject', OBJECT, 'allowed'],
    ['the bucket policy of another bucket does not', nobody, 's3:GetObject', 'arn:aws:s3:::bb/k', 'implicitDeny'],
    ['a bucket policy need not name the administrator', admin, 's3:GetObject', OBJECT, 'allowed'],
    ['a key policy names the user', nobody, 'kms:Decrypt', KEY, 'allowed'],
    ['a key policy must name the administrator or the account', admin, 'kms:Decrypt', KEY, 'implicitDeny'],
    ['a policy of a table counts for its indexes', nobody, 'dynamodb:Query', `${TABLE}/index/i`, 'allowed'],
    [
      'a policy of a table does not count for its streams',
      nobody,
      'dynamodb:GetRecords',
      `${TABLE}/stream/s`,
      'implicitDeny',
    ],
  ])('%s', (_, principal, action, name, expected) => {
    expect(access.canPerform(principal, action, name).kind).toBe(expected);
  });

  test('a statement of it is named as what grants', () => {
    expect(access.canPerform(nobody, 's3:GetObject', OBJECT)).toMatchObject({
      grantedBy: [{ policy: 'arn:aws:s3:::b#policy', statement: 0 }],
    });
  });
});

test('which unit the account is in stays unknown where only the organization is told', () => {
  const condition = { StringEquals: { 'aws:ResourceOrgPaths': 'o-1/r-1/' } };
  const alice = user('alice', {
    inlinePolicies: { p: documentOf(statement('Allow', 'iam:PassRole', '*', { Condition: condition })) },
  });
  const target = role('target');
  const told = organization([FULL], { path: [] });
  const access = accessTo({ users: [alice], roles: [target], organization: told });
  expect(access.canPerform(alice, 'iam:PassRole', target.arn).kind).not.toBe('implicitDeny');
});
