import { describe, expect, test } from 'vitest';
import { residualText } from '../evaluate/describe-residual.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { arn } from '../snapshot/testing/collected-builder.ts';
import { policyDocument, trusts } from '../snapshot/testing/policy-builder.ts';
import { managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { whatCan } from './what-can.ts';

const reference = await loadServiceReference();

type Json = Readonly<Record<string, unknown>>;
const documentOf = (...statements: Json[]) => ({ Version: '2012-10-17', Statement: statements });
const statement = (Effect: string, Action: unknown, Resource: unknown = '*', rest: Json = {}): Json => ({
  Effect,
  Action,
  Resource,
  ...rest,
});
const allow = (action: unknown, resource: unknown = '*', rest: Json = {}) => statement('Allow', action, resource, rest);
const deny = (action: unknown, resource: unknown = '*', rest: Json = {}) => statement('Deny', action, resource, rest);
const ifMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

interface Case {
  readonly statements: readonly Json[];
  readonly boundary?: readonly Json[];
  readonly service?: string;
  readonly parts?: Parameters<typeof snapshot>[0];
  readonly tags?: Readonly<Record<string, string>>;
}

const ask = ({ statements, boundary, service = 's3', parts = {}, tags = {} }: Case) => {
  const limit = boundary === undefined ? undefined : managedPolicy('limit', documentOf(...boundary));
  const alice = user('alice', {
    tags,
    inlinePolicies: { p: documentOf(...statements) },
    ...(limit && { permissionsBoundary: limit }),
  });
  const account = snapshot({ users: [alice], managedPolicies: limit ? [limit] : [], ...parts });
  return whatCan(alice, createAccountAccess(account, reference), reference, { service, context: {} });
};

/** What is told, in short: actions, where, and under which condition. */
const told = (question: Case) =>
  ask(question).permissions.map(({ actions, notActions, terms, carriers }) => ({
    actions: [...actions, ...notActions.map((action) => `but ${action}`)],
    on: terms.area.patterns.map(({ text }) => (terms.area.kind === 'resource' ? text : `not ${text}`)),
    ...(terms.condition.kind !== 'true' && { if: residualText(terms.condition) }),
    ...(terms.within.length > 0 && {
      within: terms.within.map(({ clauses }) => clauses.flatMap(({ area }) => area.patterns.map(({ text }) => text))),
    }),
    ...(terms.except.length > 0 && {
      except: terms.except.flatMap(({ area }) => area.patterns.map(({ text }) => text)),
    }),
    ...(carriers.length > 0 && { of: carriers }),
  }));

describe('the actions', () => {
  test('are told with the patterns of the policies', () => {
    expect(told({ statements: [allow(['S3:get*', 's3:PutObject'])] })).toEqual([
      { actions: ['S3:get*', 's3:PutObject'], on: ['*'] },
    ]);
  });

  test('that a Deny takes away are left out of a pattern', () => {
    expect(told({ statements: [allow('s3:*'), deny(['s3:Delete*', 's3:PutObject'])] })).toEqual([
      { actions: ['s3:*', 'but s3:Delete*', 'but s3:PutObject'], on: ['*'] },
    ]);
  });

  test('of a service that nobody told us of are told by their pattern', () => {
    expect(told({ statements: [allow('newservice:*'), deny('newservice:Stop')], service: 'newservice' })).toEqual([
      { actions: ['newservice:*', 'but newservice:Stop'], on: ['*'] },
    ]);
  });

  test('of all services are told at once, but for some', () => {
    const question = { statements: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }] };
    const alice = user('alice', { inlinePolicies: { p: documentOf(...question.statements) } });
    const access = createAccountAccess(snapshot({ users: [alice], passwordPolicy: null }), reference);
    const { permissions } = whatCan(alice, access, reference, { service: null, context: {} });
    expect(permissions.map(({ actions, notActions }) => ({ actions, notActions }))).toEqual([
      { actions: ['*'], notActions: ['iam:*', 'organizations:*'] },
    ]);
  });

  test('that a wider statement grants anyway are told once', () => {
    expect(told({ statements: [allow('s3:GetObject', 'arn:aws:s3:::b/*'), allow('s3:*')] })).toEqual([
      { actions: ['s3:*'], on: ['*'] },
    ]);
  });
});

describe('the resources', () => {
  test('are those that the boundary leaves', () => {
    expect(
      told({
        statements: [allow('s3:GetObject', ['arn:aws:s3:::a*', 'arn:aws:s3:::c/*'])],
        boundary: [allow('s3:*', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'])],
      }),
    ).toEqual([{ actions: ['s3:GetObject'], on: ['arn:aws:s3:::a/*'] }]);
  });

  test('stay beside the boundary where they only overlap', () => {
    expect(
      told({
        statements: [allow('s3:GetObject', 'arn:aws:s3:::a*')],
        boundary: [allow('s3:*', 'arn:aws:s3:::*/x')],
      }),
    ).toEqual([{ actions: ['s3:GetObject'], on: ['arn:aws:s3:::a*'], within: [['arn:aws:s3:::*/x']] }]);
  });

  test('are none where boundary and policy have nothing in common', () => {
    expect(
      told({
        statements: [allow('s3:GetObject', 'arn:aws:s3:::a/*')],
        boundary: [allow('s3:*', 'arn:aws:s3:::b/*')],
      }),
    ).toEqual([]);
  });

  test('are those that a Deny of all others spares', () => {
    expect(
      told({
        statements: [allow('s3:GetObject'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::a/*' }],
      }),
    ).toEqual([{ actions: ['s3:GetObject'], on: ['arn:aws:s3:::a/*'] }]);
  });

  test('have what a Deny takes away beside them, as far as it has to do with them', () => {
    expect(
      told({
        statements: [allow('s3:GetObject', 'arn:aws:s3:::a*'), deny('s3:*', ['arn:aws:s3:::a/x', 'arn:aws:s3:::b'])],
      }),
    ).toEqual([{ actions: ['s3:GetObject'], on: ['arn:aws:s3:::a*'], except: ['arn:aws:s3:::a/x'] }]);
  });

  test('have the facts of the principal in the place of variables', () => {
    const home = allow('s3:GetObject', [
      'arn:aws:s3:::h/${aws:username}/*',
      'arn:aws:s3:::t/${aws:PrincipalTag/team}',
      'arn:aws:s3:::v/${aws:SourceVpc}/${aws:username}',
      "arn:aws:s3:::d/${aws:PrincipalTag/none, 'x*'}",
      'arn:aws:s3:::n/${aws:PrincipalTag/none}',
    ]);
    expect(told({ statements: [home], tags: { team: 'a*' } })).toEqual([
      {
        actions: ['s3:GetObject'],
        on: [
          'arn:aws:s3:::h/alice/*',
          'arn:aws:s3:::t/a${*}',
          'arn:aws:s3:::v/${aws:sourcevpc}/alice',
          'arn:aws:s3:::d/x${*}',
        ],
      },
    ]);
  });
});

describe('the conditions', () => {
  test('of policy and boundary are put together', () => {
    const tls = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    const [only] = told({ statements: [allow('s3:*', '*', ifMfa)], boundary: [allow('*', '*', tls)] });
    expect(only?.if).toBe('`aws:MultiFactorAuthPresent` is `true` and `aws:SecureTransport` is `true`');
  });

  test('that contradict each other grant nothing', () => {
    const isTrue = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };
    const isOther = { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } };
    expect(told({ statements: [allow('s3:*', '*', isTrue), deny('s3:*', '*', isOther)] })).toEqual([]);
  });

  test('that the principal fulfils are none', () => {
    const isAlice = { Condition: { StringEquals: { 'aws:username': 'alice' } } };
    expect(told({ statements: [allow('s3:GetObject', '*', isAlice)] })).toEqual([
      { actions: ['s3:GetObject'], on: ['*'] },
    ]);
  });
});

describe('what could not be read', () => {
  test.each([
    ['a policy that was not collected', user('alice', { attachedManagedPolicies: [managedPolicy('lost', {})] })],
    ['a Deny that AWS would refuse', user('alice', { inlinePolicies: { p: documentOf({ ...deny('s3:*'), Sid: 7 }) } })],
    [
      'a Deny with a principal',
      user('alice', { inlinePolicies: { p: documentOf(deny('*', '*', { Principal: '*' })) } }),
    ],
  ])('makes the answer incomplete: %s', (_, alice) => {
    const access = createAccountAccess(snapshot({ users: [alice] }), reference);
    expect(whatCan(alice, access, reference, { service: null, context: {} }).doubts).toHaveLength(1);
  });
});

describe('resources with policies of their own', () => {
  const bucket = (...statements: Json[]) => ({
    arn: arn('arn:aws:s3:::b'),
    service: 's3',
    type: 'bucket',
    name: 'b',
    region: null,
    roleArn: null,
    policy: policyDocument(documentOf(...statements)),
    tags: null,
    restrictsPublicAccess: false,
  });
  const ALICE = { Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' } };

  test('may grant more', () => {
    const parts = { resources: [bucket(allow('s3:GetObject', 'arn:aws:s3:::b/*', ALICE))] };
    expect(told({ statements: [], parts })).toEqual([
      { actions: ['s3:GetObject'], on: ['arn:aws:s3:::b/*'], of: ['arn:aws:s3:::b'] },
    ]);
  });

  test('may grant less', () => {
    const unlessTls = { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const parts = { resources: [bucket(deny('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], unlessTls))] };
    expect(told({ statements: [allow('s3:GetObject')], parts })).toEqual([
      { actions: ['s3:GetObject'], on: ['*'] },
      {
        actions: ['s3:GetObject'],
        on: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
        if: '`aws:SecureTransport` is not `false`',
        of: ['arn:aws:s3:::b'],
      },
    ]);
  });

  test('may refuse altogether', () => {
    const parts = { resources: [bucket(deny('s3:Get*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], { Principal: '*' }))] };
    const { refusals } = ask({ statements: [allow('s3:*')], parts });
    expect(refusals).toEqual([{ carrier: 'arn:aws:s3:::b', actions: ['s3:Get*'], notActions: [] }]);
  });

  test('KMS keys may be used only where their policies agree', () => {
    const key = (name: string, principal: string) => ({
      ...bucket(allow('kms:*', '*', { Principal: { AWS: principal } })),
      arn: arn(`arn:aws:kms:eu-west-1:123456789012:key/${name}`),
      service: 'kms',
    });
    const parts = { resources: [key('ours', '123456789012'), key('theirs', 'arn:aws:iam::123456789012:user/bob')] };
    const permissions = told({ statements: [allow('kms:Decrypt')], service: 'kms', parts });
    expect(permissions.flatMap(({ of = [] }) => of)).toEqual(['arn:aws:kms:eu-west-1:123456789012:key/ours']);
  });

  test('roles that trust the principal may be assumed, those that trust the account where its policies allow it', () => {
    const parts = {
      roles: [
        role('direct', { trustPolicy: trusts({ AWS: 'arn:aws:iam::123456789012:user/alice' }) }),
        role('account', { trustPolicy: trusts({ AWS: '123456789012' }) }),
        role('service', { trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }) }),
      ],
    };
    const roles = (statements: readonly Json[]) =>
      told({ statements, service: 'sts', parts }).flatMap(({ of = [] }) => of.map((each) => each.split('/')[1]));
    expect(roles([])).toEqual(['direct']);
    expect(roles([allow('sts:AssumeRole')]).sort()).toEqual(['account', 'direct']);
  });
});
