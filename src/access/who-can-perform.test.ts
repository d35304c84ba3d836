import { describe, expect, test } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { allow, trusts } from '../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { whoCanPerform } from './who-can-perform.ts';

const reference = await loadServiceReference();
const OBJECT = 'arn:aws:s3:::b/k';

const whoCan = (account: AccountSnapshot, action: string, resource = OBJECT): readonly string[] =>
  whoCanPerform(createAccountAccess(account, reference), { action, resource, context: {} }).map(
    ({ principal, decision }) => `${principal.arn.split(':')[5]} ${decision.kind}`,
  );

describe('who can perform an action', () => {
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
  const account = snapshot({
    users: [
      user('zoe', { inlinePolicies: { all: allow('s3:GetObject') } }),
      user('adam', { groups: ['readers'] }),
      user('denied', { inlinePolicies: { all: allow('s3:*'), none: deny } }),
      user('elsewhere', { inlinePolicies: { all: allow('s3:*', 'arn:aws:s3:::other/*') } }),
      user('other', { inlinePolicies: { all: allow('ec2:*') } }),
      user('lost', { attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/lost'] }),
    ],
    groups: [group('readers', { inlinePolicies: { read: allow(['s3:Get*', 'new:Get*']) } })],
    roles: [
      role('bounded', {
        inlinePolicies: { all: allow('*') },
        permissionsBoundary: managedPolicy('ec2', allow('ec2:*')),
      }),
      role('deploy', { inlinePolicies: { all: allow('s3:GetObject') }, trustPolicy: trusts({ AWS: '123456789012' }) }),
    ],
    managedPolicies: [managedPolicy('ec2', allow('ec2:*'))],
  });

  test('are the root user, then users and roles in the order of the account', () => {
    expect(whoCan(account, 's3:GetObject')).toEqual([
      'root allowed',
      'user/zoe allowed',
      'user/adam allowed',
      'user/lost undetermined',
      'role/deploy allowed',
    ]);
  });

  test('is answered also of an action that nobody has heard of', () => {
    expect(whoCan(account, 'new:GetThing', '*')).toEqual([
      'root allowed',
      'user/adam allowed',
      'user/lost undetermined',
    ]);
  });

  test('is everybody where an action needs no permission', () => {
    expect(whoCan(account, 'sts:GetCallerIdentity', '*')).toHaveLength(1 + 6 + 2);
  });

  test('are also those without policies whom the policy of the resource names', () => {
    const named = role('target', { trustPolicy: trusts({ AWS: user('other').arn }) });
    expect(whoCan({ ...account, roles: [named] }, 'sts:AssumeRole', named.arn)).toEqual(['user/other allowed']);
  });
});

describe('those who may be allowed an action', () => {
  const BUCKET = 'arn:aws:s3:::b';
  const users = [
    user('all', { inlinePolicies: { all: allow('s3:*') } }),
    user('but', {
      inlinePolicies: {
        but: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::c' } },
      },
    }),
    user('here', { inlinePolicies: { here: allow('s3:*', [BUCKET, `${BUCKET}/*`]) } }),
    user('own', { inlinePolicies: { own: allow('s3:*', 'arn:aws:s3:::${aws:username}') } }),
    user('there', { inlinePolicies: { there: allow('s3:*', 'arn:aws:sqs:*:*:q') } }),
    user('other', { inlinePolicies: { other: allow('ec2:*') } }),
  ];
  const access = createAccountAccess(snapshot({ users }), reference);
  const candidates = (resource: string): readonly string[] =>
    access.candidates('s3:ListBucket', resource).map(({ arn }) => arn.split(/[/:]/).at(-1) ?? '');

  test('on what a pattern matches have a policy that speaks of such resources', () => {
    expect(candidates(`${BUCKET}*`)).toEqual(['root', 'all', 'but', 'here', 'own']);
    expect(candidates('arn:aws:sqs:eu-west-1:*')).toEqual(['root', 'all', 'but', 'there']);
    expect(candidates('arn:*')).toEqual(['root', 'all', 'but', 'here', 'own', 'there']);
  });

  test('on no resource have a policy about every one', () => {
    expect(candidates('*')).toEqual(['root', 'all', 'but']);
  });

  test('on a resource are not fewer than those who are', () => {
    expect(candidates(BUCKET)).toEqual(expect.arrayContaining(['root', 'all', 'but', 'here', 'own']));
  });
});
