import { expect, it } from 'vitest';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { inlinePolicyGrantsEverything } from './inline-policy-grants-everything.ts';

const NOW = '2026-01-01T00:00:00Z';
const everything = { inlinePolicies: { all: allow('*') } };

const readOnly = managedPolicy('read-only', allow('s3:GetObject'));
const bounded = snapshot({
  managedPolicies: [readOnly],
  users: [user('alice', { ...everything, permissionsBoundary: readOnly.arn })],
});
const judge = createJudge(inlinePolicyGrantsEverything, NOW);

it('is mild where a boundary stops the user', async () => {
  expect(await judge(bounded)).toMatchObject([{ outcome: 'fail', severity: 'low' }]);
});

describeCheck(inlinePolicyGrantsEverything, NOW, {
  fail: [
    ['in a user', snapshot({ users: [user('alice', everything)] }), { grantsEverything: 'yes' }],
    ['in a group', snapshot({ groups: [group('admins', everything)] })],
    ['in a user that its boundary stops', bounded, { grantsEverything: 'yes', stopped: true }],
    ['in a role', snapshot({ roles: [role('admin', everything)] })],
  ],
  pass: [
    [
      'every action on one bucket',
      snapshot({ users: [user('alice', { inlinePolicies: { b: allow('*', 'arn:aws:s3:::b') } })] }),
    ],
    ['all of IAM', snapshot({ users: [user('alice', { inlinePolicies: { i: allow('iam:*') } })] })],
    [
      'in the role of a permission set',
      snapshot({ roles: [role('admin', { ...everything, path: '/aws-reserved/sso.amazonaws.com/' })] }),
    ],
  ],
  unknown: [['a policy that cannot be read', snapshot({ users: [user('alice', { inlinePolicies: { p: '{' } })] })]],
});
