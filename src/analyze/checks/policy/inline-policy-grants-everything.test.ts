import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { group, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { inlinePolicyGrantsEverything } from './inline-policy-grants-everything.ts';

const everything = { inlinePolicies: { all: allow('*') } };

describeCheck(inlinePolicyGrantsEverything, '2026-01-01T00:00:00Z', {
  fail: [
    ['in a user', snapshot({ users: [user('alice', everything)] }), { grantsEverything: 'yes' }],
    ['in a group', snapshot({ groups: [group('admins', everything)] })],
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
