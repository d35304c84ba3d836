import { describe, expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { organization } from '../snapshot/testing/organization-builder.ts';
import { allow, policyDocument, trusts } from '../snapshot/testing/policy-builder.ts';
import { resource } from '../snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { askedSides, type ReadAccount, theirsOf } from './asked-sides.ts';

const reference = await loadServiceReference();
const [HERE, THERE] = ['111111111111', '222222222222'] as const;
const ALICE = `arn:aws:iam::${HERE}:user/alice`;
const BUCKET = 'arn:aws:s3:::reports';
const KEY = `arn:aws:kms:us-east-1:${THERE}:key/1`;
const QUEUE = `arn:aws:sqs:us-east-1:${THERE}:orders`;
const TARGET = `arn:aws:iam::${THERE}:role/target`;

type Parts = NonNullable<Parameters<typeof user>[1]>;

const alice = (parts: Parts = {}) =>
  user('alice', { accountId: HERE, inlinePolicies: { own: allow('*') }, tags: { team: 'red' }, ...parts });
const caller = (parts: Parts = {}, rest: Parameters<typeof snapshot>[0] = {}): AccountSnapshot =>
  snapshot({ accountId: HERE, users: [alice(parts)], ...rest });

const statement = (AWS: string, Action: string, parts: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
  ...parts,
});
const open = (AWS: string, Action = 's3:GetObject', parts: object = {}) => [statement(AWS, Action, parts)];
const owner = (...resources: readonly ReturnType<typeof resource>[]): AccountSnapshot =>
  snapshot({ accountId: THERE, resources });
const bucket = (policy: readonly object[], restrictsPublicAccess = false) =>
  resource(BUCKET, { policy, restrictsPublicAccess });

const level = (id: string, parts: { readonly scps?: unknown[]; readonly rcps?: unknown[] }) => ({
  id,
  name: id,
  scps: (parts.scps ?? []).map((raw, index) => ({ name: `scp-${index}`, document: policyDocument(raw) })),
  rcps: (parts.rcps ?? []).map((raw, index) => ({ name: `rcp-${index}`, document: policyDocument(raw) })),
});
const inOrganization = (parts: Parameters<typeof level>[1]) => ({
  organization: organization({ managementAccountId: '999999999999', path: [level('r-1', parts)] }),
});
const denies = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action, Resource: '*' },
  ],
});
const deniesEverybody = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    { Effect: 'Deny', Principal: '*', Action, Resource: '*' },
  ],
});

const explain = (mine: AccountSnapshot, theirs: AccountSnapshot | null, action: string, resourceArn: string) => {
  const accounts: readonly ReadAccount[] = [mine, ...(theirs === null ? [] : [theirs])].map((each) => ({
    snapshot: each,
    access: createAccountAccess(each, reference),
  }));
  const [first] = accounts;
  const principal = mine.users[0] ?? mine.roles[0];
  if (first === undefined || principal === undefined) throw new Error('nobody to ask');
  const sides = askedSides(first, accounts, { action, resource: resourceArn });
  return { sides: sides.kind, ...first.access.explain(principal, action, resourceArn, {}, theirsOf(sides)) };
};

/** What was decided, and by which kind of policy where one denies. */
const told = ({ sides, decision }: ReturnType<typeof explain>): string =>
  `${sides}: ${decision.kind}${decision.kind === 'implicitDeny' ? ` ${decision.silent}` : ''}`;

// "Cross-account policy evaluation logic", IAM User Guide: "The request is allowed only if both evaluations return a decision of Allow."
describe('a request about a bucket of another account', () => {
  const cases: readonly (readonly [string, AccountSnapshot, AccountSnapshot, string])[] = [
    ['is allowed where both accounts allow it', caller(), owner(bucket(open(ALICE))), 'both: allowed'],
    [
      'is allowed where the policy names the account of the caller',
      caller(),
      owner(bucket(open(HERE))),
      'both: allowed',
    ],
    [
      'is denied where the account of the caller grants nothing, though the policy names the caller itself',
      caller({ inlinePolicies: {} }),
      owner(bucket(open(ALICE))),
      'both: implicitDeny identity',
    ],
    [
      'is denied where the policy of the bucket lets in others alone',
      caller(),
      owner(bucket(open(`arn:aws:iam::${HERE}:user/bob`))),
      'both: implicitDeny resource-policy',
    ],
    [
      'is denied by an SCP above the caller',
      caller({}, inOrganization({ scps: [denies('s3:*')] })),
      owner(bucket(open(ALICE))),
      'both: explicitDeny',
    ],
    [
      'is not limited by an SCP above the bucket',
      caller(),
      { ...owner(bucket(open(ALICE))), ...pick(inOrganization({ scps: [denies('s3:*')] })) },
      'both: allowed',
    ],
    [
      'is denied by an RCP above the bucket',
      caller(),
      { ...owner(bucket(open(ALICE))), ...pick(inOrganization({ rcps: [deniesEverybody('s3:*')] })) },
      'both: explicitDeny',
    ],
    [
      'is not limited by an RCP above the caller',
      caller({}, inOrganization({ rcps: [deniesEverybody('s3:*')] })),
      owner(bucket(open(ALICE))),
      'both: allowed',
    ],
    [
      'is denied by a boundary, though the policy names the caller itself',
      caller(
        { permissionsBoundary: managedPolicy('ec2', allow('ec2:*')).arn },
        { managedPolicies: [managedPolicy('ec2', allow('ec2:*'))] },
      ),
      owner(bucket(open(ALICE))),
      'both: implicitDeny permissions-boundary',
    ],
    [
      'is denied by the policy of the bucket',
      caller(),
      owner(bucket([...open(ALICE), statement(HERE, 's3:GetObject', { Effect: 'Deny' })])),
      'both: explicitDeny',
    ],
    [
      'is denied by Block Public Access where the policy is public',
      caller(),
      owner(bucket(open('*'), true)),
      'both: implicitDeny resource-policy',
    ],
    [
      'is allowed by the tags of the caller',
      caller(),
      owner(bucket(open(HERE, 's3:GetObject', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }))),
      'both: allowed',
    ],
    [
      'is no request of a service of AWS for itself',
      caller(),
      owner(bucket(open(HERE, 's3:GetObject', { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } }))),
      'both: allowed',
    ],
    [
      'is allowed under the conditions of both',
      caller({
        inlinePolicies: {
          own: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: '*',
                Resource: '*',
                Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
              },
            ],
          },
        },
      }),
      owner(bucket(open(HERE, 's3:GetObject', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))),
      'both: allowedIf',
    ],
    [
      'is told by the side of the caller alone where the policy of the bucket is not known',
      caller(),
      owner(resource(BUCKET)),
      'principal: allowed',
    ],
    ['is told so too where nobody knows the bucket', caller(), owner(), 'principal: allowed'],
  ];
  test.each(cases)('%s', (_title, mine, theirs, expected) => {
    expect(told(explain(mine, theirs, 's3:GetObject', `${BUCKET}/a.csv`))).toBe(expected);
  });
});

function pick(parts: Parameters<typeof snapshot>[0]): Pick<AccountSnapshot, 'organization'> {
  return { organization: snapshot({ ...parts, accountId: THERE }).organization };
}

describe('a request about something of another account', () => {
  test('names the statements of both accounts', () => {
    const { decision } = explain(caller(), owner(bucket(open(HERE))), 's3:GetObject', `${BUCKET}/a.csv`);
    expect(decision).toEqual({
      kind: 'allowed',
      grantedBy: [
        { policy: `${ALICE}#inline/own`, statement: 0 },
        { policy: `${BUCKET}#policy`, statement: 0 },
      ],
    });
  });

  test('tells what would have to change first, in whichever account', () => {
    const change = (mine: AccountSnapshot, theirs: AccountSnapshot) =>
      explain(mine, theirs, 's3:GetObject', `${BUCKET}/a.csv`).change;
    expect(change(caller(), owner(bucket(open('333333333333'))))).toMatchObject({ limit: 'resource-policy' });
    expect(change(caller({ inlinePolicies: {} }), owner(bucket(open(HERE))))).toMatchObject({ limit: 'identity' });
  });

  // "Allowing users in other accounts to use a KMS key", AWS KMS Developer Guide: key policy and IAM policies must both agree.
  test('of a KMS key needs its key policy', () => {
    const key = (policy: readonly object[]) => owner(resource(KEY, { policy }));
    const ask = (policy: readonly object[]) => told(explain(caller(), key(policy), 'kms:Decrypt', KEY));
    expect(ask(open(HERE, 'kms:Decrypt'))).toBe('both: allowed');
    expect(ask(open(THERE, 'kms:*'))).toBe('both: implicitDeny resource-policy');
    expect(ask(open(HERE, 'kms:Decrypt', { Condition: { StringEquals: { 'kms:CallerAccount': HERE } } }))).toBe(
      'both: allowed',
    );
  });

  test('of a role to assume needs its trust policy, and nothing else of a role is open to others', () => {
    const target = (AWS: string) =>
      snapshot({ accountId: THERE, roles: [role('target', { accountId: THERE, trustPolicy: trusts({ AWS }) })] });
    expect(told(explain(caller(), target(HERE), 'sts:AssumeRole', TARGET))).toBe('both: allowed');
    expect(told(explain(caller(), target(THERE), 'sts:AssumeRole', TARGET))).toBe('both: implicitDeny resource-policy');
    expect(told(explain(caller(), target(HERE), 'iam:PassRole', TARGET))).toBe('both: implicitDeny resource-policy');
  });

  test('counts the tags of the resource, and whose it is, in the policies of the caller', () => {
    const conditions = (Condition: object) =>
      caller({
        inlinePolicies: {
          own: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition }] },
        },
      });
    const queue = owner(resource(QUEUE, { policy: open(HERE, 'sqs:SendMessage'), tags: { stage: 'test' } }));
    const ask = (Condition: object) => told(explain(conditions(Condition), queue, 'sqs:SendMessage', QUEUE));
    expect(ask({ StringEquals: { 'aws:ResourceTag/stage': 'test', 'aws:ResourceAccount': THERE } })).toBe(
      'both: allowed',
    );
    expect(ask({ StringEquals: { 'aws:ResourceTag/other': 'x' } })).toBe('both: implicitDeny identity');
  });

  // "Service-linked roles are not affected by RCPs", "Resource control policies", AWS Organizations User Guide.
  test('is not limited by RCPs where a service-linked role makes it', () => {
    const linked = role('linked', {
      accountId: HERE,
      path: '/aws-service-role/',
      inlinePolicies: { own: allow('*') },
    });
    const theirs = {
      ...owner(bucket(open(HERE))),
      ...pick(inOrganization({ rcps: [deniesEverybody('s3:*')] })),
    };
    const mine = snapshot({ accountId: HERE, roles: [linked] });
    expect(told(explain(mine, theirs, 's3:GetObject', `${BUCKET}/a.csv`))).toBe('both: allowed');
  });

  test('is told by the side of the caller where its account was not read, and as ever where no other was', () => {
    expect(told(explain(caller(), owner(), 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:333333333333:q'))).toBe(
      'principal: allowed',
    );
    expect(told(explain(caller(), null, 'sqs:SendMessage', QUEUE))).toBe('own: allowed');
    expect(told(explain(caller(), owner(), 'iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess'))).toBe(
      'own: allowed',
    );
  });
});
