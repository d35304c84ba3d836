import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalIsAdministratorByManyPolicies } from './principal-is-administrator-by-many-policies.ts';

const powerUser = managedPolicy('power', { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } });
const allOfIam = managedPolicy('iam', allow('iam:*'));
const some = managedPolicy('some', allow('s3:*'));
const everything = managedPolicy('everything', allow('*'));
const managedPolicies = [powerUser, allOfIam, some, everything];

describeCheck(principalIsAdministratorByManyPolicies, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'all but IAM, and IAM',
      snapshot({ managedPolicies, users: [user('alice', { attachedManagedPolicies: [powerUser, allOfIam] })] }),
      { administrator: 'yes', policies: [powerUser.arn, allOfIam.arn] },
    ],
    [
      'the rest by way of a group',
      snapshot({
        managedPolicies,
        groups: [group('power', { attachedManagedPolicies: [powerUser] })],
        users: [user('alice', { groups: ['power'], attachedManagedPolicies: [allOfIam] })],
      }),
    ],
    ['a role', snapshot({ managedPolicies, roles: [role('ops', { attachedManagedPolicies: [allOfIam, powerUser] })] })],
  ],
  pass: [
    [
      'one policy that allows everything',
      snapshot({ managedPolicies, users: [user('a', { attachedManagedPolicies: [everything, some] })] }),
    ],
    [
      'all but IAM, and S3',
      snapshot({ managedPolicies, users: [user('a', { attachedManagedPolicies: [powerUser, some] })] }),
    ],
    [
      'within a boundary',
      snapshot({
        managedPolicies,
        users: [user('a', { attachedManagedPolicies: [powerUser, allOfIam], permissionsBoundary: some })],
      }),
    ],
  ],
  unknown: [
    [
      'a policy that was not read',
      snapshot({
        managedPolicies,
        users: [user('a', { attachedManagedPolicies: [powerUser, allOfIam, 'arn:aws:iam::123456789012:policy/lost'] })],
      }),
    ],
  ],
});
