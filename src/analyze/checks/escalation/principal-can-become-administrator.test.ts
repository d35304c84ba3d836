import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalCanBecomeAdministrator } from './principal-can-become-administrator.ts';

const administratorAccess = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
const alice = (policies: Readonly<Record<string, unknown>>) =>
  snapshot({ users: [user('alice', { inlinePolicies: policies })] });

const TEN_POLICIES = Array.from({ length: 10 }, (_, count) => managedPolicy(`read-${count}`, allow('s3:GetObject')));

describeCheck(principalCanBecomeAdministrator, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a user that may change its own policies in two ways',
      alice({ p: allow(['iam:AttachUserPolicy', 'iam:PutUserPolicy']) }),
      { methods: ['iam-007'], alternatives: ['iam-008'], requests: ['iam:PutUserPolicy'], conditional: false },
    ],
    [
      'a user that may do so with MFA',
      alice({
        p: {
          Statement: {
            Effect: 'Allow',
            Action: 'iam:PutUserPolicy',
            Resource: '*',
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        },
      }),
      { conditional: true },
    ],
    [
      'a role, with whom it trusts',
      snapshot({ roles: [role('app', { inlinePolicies: { p: allow('iam:PutRolePolicy') } })] }),
      { methods: ['iam-005'], trustedPrincipals: ['ec2.amazonaws.com'] },
    ],
    [
      'a user that frees itself of a Deny',
      alice({
        p: allow('iam:PutUserPolicy'),
        d: { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } },
      }),
      { methods: ['iam-007', 'own-iam-drop-deny'], requests: ['iam:PutUserPolicy', 'iam:DeleteUserPolicy'] },
    ],
    [
      // AWS attaches ten managed policies to a user, and more where somebody asked for it: the replay is refused.
      'a user that may attach a policy beside ten others',
      snapshot({
        managedPolicies: TEN_POLICIES,
        users: [
          user('alice', {
            inlinePolicies: { p: allow('iam:AttachUserPolicy') },
            attachedManagedPolicies: TEN_POLICIES,
          }),
        ],
      }),
      { methods: ['iam-008'], conditional: true },
    ],
    [
      'a user that may do so, or join a group of administrators instead',
      snapshot({
        managedPolicies: TEN_POLICIES,
        groups: [group('admins', { inlinePolicies: { all: allow('*') } })],
        users: [
          user('alice', {
            inlinePolicies: { p: allow(['iam:AttachUserPolicy', 'iam:AddUserToGroup']) },
            attachedManagedPolicies: TEN_POLICIES,
          }),
        ],
      }),
      { methods: ['iam-013'], alternatives: ['iam-008'], conditional: false },
    ],
  ],
  pass: [
    ['a user without permissions', alice({})],
    [
      'an administrator',
      snapshot({
        managedPolicies: [administratorAccess],
        users: [user('alice', { attachedManagedPolicies: [administratorAccess] })],
      }),
    ],
    [
      'an administrator with MFA, who needs MFA to change that',
      alice({
        p: {
          Statement: {
            Effect: 'Allow',
            Action: '*',
            Resource: '*',
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        },
      }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ users: [user('alice', { inlinePolicies: { p: 'no JSON' } })] })],
    [
      'a policy beside the grant that may deny it was not collected',
      snapshot({
        users: [
          user('alice', {
            inlinePolicies: { p: allow('iam:PutUserPolicy') },
            attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/unread'],
          }),
        ],
      }),
    ],
  ],
});
