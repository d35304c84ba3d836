import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { managedPolicyGrantsEverything } from './managed-policy-grants-everything.ts';

const everything = managedPolicy('everything', allow('*'));
const nothing = managedPolicy('nothing', { Statement: { Effect: 'Deny', Action: '*', Resource: '*' } });
const mfaOnly = managedPolicy('mfa-only', {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
});
const noIam = managedPolicy('no-iam', { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } });
const garbled = managedPolicy('garbled', '{"Statement": [');

describeCheck(managedPolicyGrantsEverything, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'attached to a group',
      snapshot({
        managedPolicies: [everything],
        groups: [group('admins', { attachedManagedPolicies: [everything] })],
      }),
      { grantsEverything: 'yes', attachedTo: ['arn:aws:iam::123456789012:group/admins'], allStopped: false },
    ],
    [
      'allows everything with MFA',
      snapshot({ managedPolicies: [mfaOnly], users: [user('alice', { attachedManagedPolicies: [mfaOnly] })] }),
      { grantsEverything: 'conditional' },
    ],
    [
      'attached to nobody but one who is denied everything',
      snapshot({
        managedPolicies: [everything, nothing],
        users: [user('alice', { attachedManagedPolicies: [everything, nothing] })],
      }),
      { attachedTo: ['arn:aws:iam::123456789012:user/alice'], allStopped: true },
    ],
  ],
  pass: [
    ['attached to nobody', snapshot({ managedPolicies: [everything] })],
    ['cannot be read, but is attached to nobody', snapshot({ managedPolicies: [garbled] })],
    [
      'a permissions boundary',
      snapshot({ managedPolicies: [everything], users: [user('alice', { permissionsBoundary: everything })] }),
    ],
    [
      'attached to the role of a permission set',
      snapshot({
        managedPolicies: [everything],
        roles: [role('admin', { path: '/aws-reserved/sso.amazonaws.com/', attachedManagedPolicies: [everything] })],
      }),
    ],
    [
      'everything but IAM',
      snapshot({ managedPolicies: [noIam], users: [user('alice', { attachedManagedPolicies: [noIam] })] }),
    ],
  ],
  unknown: [
    [
      'a policy that cannot be read',
      snapshot({ managedPolicies: [garbled], users: [user('alice', { attachedManagedPolicies: [garbled] })] }),
    ],
  ],
});
