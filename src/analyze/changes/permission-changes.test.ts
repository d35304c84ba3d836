import { describe, expect, it } from 'vitest';
import type { PermissionsOfService } from '../../finding/account-change.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import type { Organization } from '../../snapshot/organization.ts';
import { at, denied, TEST_TIME } from '../../snapshot/testing/collected-builder.ts';
import { allow, policyDocument } from '../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { accountChanges } from '../account-changes.ts';

const tools = { reference: await loadServiceReference(), now: at(TEST_TIME) };

type Parts = Parameters<typeof snapshot>[0];
type Json = Readonly<Record<string, unknown>>;

const rowText = ({ actions, accessLevel, change, conditional }: PermissionsOfService): string =>
  `${actions.join(' ')} (${accessLevel}, ${change}${conditional ? ', conditional' : ''})`;

/** `+` gained, `-` lost, by name of the principal. */
const told = (before: Parts, after: Parts): readonly string[] =>
  accountChanges(snapshot(before), snapshot(after), tools).changes.flatMap(({ subject, permissions }) => [
    ...(permissions?.gained ?? []).map((row) => `+${subject.arn.split('/').pop()} ${rowText(row)}`),
    ...(permissions?.lost ?? []).map((row) => `-${subject.arn.split('/').pop()} ${rowText(row)}`),
  ]);

const statement = (Effect: string, Action: unknown, rest: Json = {}): Json => ({
  Effect,
  Action,
  Resource: '*',
  ...rest,
});
const documentOf = (...Statement: Json[]) => ({ Version: '2012-10-17', Statement });
const ifMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const alice = (document: unknown, parts: Parameters<typeof user>[1] = {}): Parts => ({
  users: [user('alice', { inlinePolicies: { own: document }, ...parts })],
});
const NOBODY_CHANGES_PASSWORDS = { passwordPolicy: null } as const;
const organization = (...scps: unknown[]): Organization => ({
  id: 'o-1',
  managementAccountId: '999999999999',
  path: [
    {
      id: 'r-1',
      name: 'Root',
      scps: [allow('*'), ...scps].map((raw, index) => ({ name: `scp-${index}`, document: policyDocument(raw) })),
      rcps: [],
    },
  ],
});

describe('the effective permissions that changed', () => {
  it.each<[string, Parts, Parts, readonly string[]]>([
    [
      'an action is allowed that was not',
      alice(allow('s3:GetObject')),
      alice(allow(['s3:GetObject', 'sqs:SendMessage'])),
      ['+alice sqs:SendMessage (Write, action)'],
    ],
    [
      'it is allowed under a condition',
      alice(allow('s3:GetObject')),
      alice(documentOf(statement('Allow', 's3:GetObject'), statement('Allow', 'sqs:SendMessage', ifMfa))),
      ['+alice sqs:SendMessage (Write, action, conditional)'],
    ],
    [
      'a condition is gone',
      alice(documentOf(statement('Allow', 'sqs:SendMessage', ifMfa))),
      alice(documentOf(statement('Allow', 'sqs:SendMessage'))),
      ['+alice sqs:SendMessage (Write, conditions)'],
    ],
    [
      'a condition came',
      alice(documentOf(statement('Allow', 'sqs:SendMessage'))),
      alice(documentOf(statement('Allow', 'sqs:SendMessage', ifMfa))),
      ['-alice sqs:SendMessage (Write, conditions)'],
    ],
    [
      'it is allowed on more',
      alice(allow('s3:GetObject', 'arn:aws:s3:::one/*')),
      alice(allow('s3:GetObject', ['arn:aws:s3:::one/*', 'arn:aws:s3:::two/*'])),
      ['+alice s3:GetObject (Read, resources)'],
    ],
    [
      'it is allowed on something else',
      alice(allow('s3:GetObject', 'arn:aws:s3:::one/*')),
      alice(allow('s3:GetObject', 'arn:aws:s3:::two/*')),
      ['+alice s3:GetObject (Read, resources)', '-alice s3:GetObject (Read, resources)'],
    ],
    [
      'a statement was split in two that come to the same',
      alice(allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::one/*', 'arn:aws:s3:::two/*'])),
      alice(
        documentOf(
          statement('Allow', 's3:GetObject', { Resource: ['arn:aws:s3:::two/*', 'arn:aws:s3:::one/*'] }),
          statement('Allow', 's3:PutObject', { Resource: 'arn:aws:s3:::one/*' }),
          statement('Allow', 's3:PutObject', { Resource: 'arn:aws:s3:::two/*' }),
        ),
      ),
      [],
    ],
    [
      'a policy was moved from the user to its group',
      { users: [user('alice', { groups: ['g'], inlinePolicies: { own: allow('sqs:*') } })], groups: [group('g')] },
      {
        users: [user('alice', { groups: ['g'] })],
        groups: [group('g', { inlinePolicies: { shared: allow('sqs:*') } })],
      },
      [],
    ],
    [
      'what came is denied all the same',
      alice(documentOf(statement('Deny', 'sqs:*'))),
      alice(documentOf(statement('Deny', 'sqs:*'), statement('Allow', 'sqs:SendMessage'))),
      [],
    ],
    [
      'a Deny went that stopped nothing',
      alice(documentOf(statement('Allow', 's3:GetObject'), statement('Deny', 'iam:*'))),
      alice(allow('s3:GetObject')),
      [],
    ],
    [
      'a boundary came that lets only some of it through',
      { ...alice(allow(['s3:GetObject', 'sqs:SendMessage'])), managedPolicies: [managedPolicy('b', allow('s3:*'))] },
      {
        ...alice(allow(['s3:GetObject', 'sqs:SendMessage']), {
          permissionsBoundary: 'arn:aws:iam::123456789012:policy/b',
        }),
        managedPolicies: [managedPolicy('b', allow('s3:*'))],
      },
      ['-alice sqs:SendMessage (Write, action)'],
    ],
    [
      'the default version of a policy is another',
      {
        ...alice(allow('s3:GetObject'), { attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/p'] }),
        managedPolicies: [managedPolicy('p', allow('sqs:SendMessage'))],
      },
      {
        ...alice(allow('s3:GetObject'), { attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/p'] }),
        managedPolicies: [managedPolicy('p', allow('sqs:DeleteQueue'))],
      },
      ['+alice sqs:DeleteQueue (Write, action)', '-alice sqs:SendMessage (Write, action)'],
    ],
    [
      'a user gets everything, and a role comes with one service',
      { users: [user('alice')] },
      {
        users: [user('alice', { inlinePolicies: { own: allow('*') } })],
        roles: [role('app', { inlinePolicies: { own: allow('sqs:*') } })],
      },
      ['+alice * (Permissions management, action)', '+app sqs:* (Permissions management, action)'],
    ],
    [
      'a role went',
      { roles: [role('app', { inlinePolicies: { own: allow('sqs:SendMessage') } })] },
      {},
      ['-app sqs:SendMessage (Write, action)'],
    ],
    [
      'a tag is another, which a condition asks for',
      alice(
        documentOf(
          statement('Allow', 'sqs:SendMessage', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
        ),
        { tags: { team: 'blue' } },
      ),
      alice(
        documentOf(
          statement('Allow', 'sqs:SendMessage', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
        ),
        { tags: { team: 'red' } },
      ),
      ['+alice sqs:SendMessage (Write, action)'],
    ],
    [
      'a tag is another, which nothing asks for',
      alice(allow('sqs:SendMessage'), { tags: { team: 'blue' } }),
      alice(allow('sqs:SendMessage'), { tags: { team: 'red' } }),
      [],
    ],
    [
      'an SCP spares one role by its name',
      {
        roles: ['admin', 'app'].map((name) => role(name, { inlinePolicies: { own: allow('sqs:SendMessage') } })),
        organization: organization(),
      },
      {
        roles: ['admin', 'app'].map((name) => role(name, { inlinePolicies: { own: allow('sqs:SendMessage') } })),
        organization: organization(
          documentOf(
            statement('Deny', 'sqs:SendMessage', {
              Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
            }),
          ),
        ),
      },
      ['-app sqs:SendMessage (Write, action)', '-arn:aws:iam::123456789012:root sqs:SendMessage (Write, action)'],
    ],
    [
      'an SCP could not be read any more',
      { ...alice(allow('sqs:SendMessage')), organization: organization(documentOf(statement('Deny', 'sqs:*'))) },
      { ...alice(allow('sqs:SendMessage')), organization: denied('organizations:ListParents', 'organization') },
      [],
    ],
    [
      'the password policy could not be read any more',
      alice(allow('sqs:SendMessage')),
      { ...alice(allow('sqs:SendMessage')), passwordPolicy: denied('iam:GetAccountPasswordPolicy') },
      [],
    ],
    [
      'an action is named that nobody knows',
      alice(allow('sqs:SendMessage')),
      alice(allow(['sqs:SendMessage', 'made:Up'])),
      [],
    ],
  ])('are told: %s', (_, before, after, expected) => {
    expect(told({ ...NOBODY_CHANGES_PASSWORDS, ...before }, { ...NOBODY_CHANGES_PASSWORDS, ...after })).toEqual(
      expected,
    );
  });

  it('of all actions with a verb are told as one pattern', () => {
    const all = tools.reference.names.filter((name) => /^sqs:List/.test(name));
    expect(all.length).toBeGreaterThan(2);
    const [row] = told(
      { ...NOBODY_CHANGES_PASSWORDS, ...alice(allow('s3:GetObject')) },
      { ...NOBODY_CHANGES_PASSWORDS, ...alice(allow(['s3:GetObject', ...all])) },
    );
    expect(row).toMatch(/^\+alice sqs:List\* \(/);
  });
});
