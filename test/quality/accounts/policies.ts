import { allow } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const administratorAccess = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
const everything = managedPolicy('everything', allow('*'));
const everythingAmongOthers = managedPolicy('everything-among-others', {
  Statement: [
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
    { Effect: 'Allow', Action: ['*:*'], Resource: ['*'] },
  ],
});
const loose = managedPolicy('loose', allow('*'), { attachmentCount: 0 });
const ceiling = managedPolicy('ceiling', allow('*'), { attachmentCount: 0, permissionsBoundaryUsageCount: 1 });
const powerUser = managedPolicy(
  'PowerUserAccess',
  { Statement: { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' } },
  { awsManaged: true },
);
const allOfS3 = managedPolicy('all-of-s3', allow('s3:*'));
const oneBucket = managedPolicy('one-bucket', allow('*', 'arn:aws:s3:::reports/*'));
const everyAction = { Effect: 'Allow', Action: '*' };
const halves = {
  Version: '2012-10-17',
  Statement: [
    { ...everyAction, NotResource: 'arn:aws:s3:::ledger/*' },
    { ...everyAction, NotResource: 'arn:aws:s3:::payroll/*' },
  ],
};
const ended = {
  Version: '2012-10-17',
  Statement: [
    { ...everyAction, Resource: '*', Condition: { DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' } } },
  ],
};
const wasEverything = managedPolicy('was-everything', allow('s3:GetObject'), { olderVersions: [allow('*')] });

/** Policies that grant everything, and policies that only look like it. */
export const policiesAccount: LabelledAccount = {
  name: 'an account of wide policies',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [
      administratorAccess,
      everything,
      everythingAmongOthers,
      loose,
      ceiling,
      powerUser,
      allOfS3,
      oneBucket,
      wasEverything,
    ],
    groups: [
      group('admins', { attachedManagedPolicies: [administratorAccess] }),
      group('power', { attachedManagedPolicies: [powerUser, allOfS3, oneBucket, wasEverything] }),
      group('inline', { inlinePolicies: { read: allow('s3:GetObject') } }),
    ],
    users: [
      user('direct', { attachedManagedPolicies: [powerUser] }),
      user('embedded', { inlinePolicies: { all: allow('*'), some: allow('s3:GetObject') } }),
      user('halves', { inlinePolicies: { all: halves } }),
      user('ended', { inlinePolicies: { all: ended } }),
      user('bounded', { permissionsBoundary: ceiling }),
      user('member', { groups: ['admins'] }),
    ],
    roles: [
      role('deployer', { attachedManagedPolicies: [everything] }),
      role('builder', { attachedManagedPolicies: [everythingAmongOthers] }),
      role('app', { inlinePolicies: { app: allow('*', 'arn:aws:s3:::app/*') } }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'group-without-members': each('years old, and empty', 'group/inline', 'group/power'),
    'managed-policy-unattached': { 'policy/loose': 'nobody holds it' },
    'user-policy-attached-directly': { 'user/direct': 'past the groups' },
    'user-has-inline-policy': each('its policy stands inline', 'user/embedded', 'user/halves', 'user/ended'),
    'group-has-inline-policy': { 'group/inline': 'its policy stands inline' },
    'role-has-inline-policy': { 'role/app': 'its policy stands inline' },
    'managed-policy-grants-everything': {
      'policy/AdministratorAccess': 'AWS’s own, which a group holds',
      'policy/everything': 'the same under another name',
      'policy/everything-among-others': '`*:*` in the second statement',
    },
    'inline-policy-grants-everything': {
      'user/embedded all': 'everything, beside a harmless policy',
      'user/halves all': 'two statements, each with a hole that the other fills',
    },
    'policy-statement-never-grants': { 'user/ended all': 'the date that it asks for is over' },
    'policy-statement-redundant': {
      'policy/everything-among-others': 'everything covers the objects of one bucket',
    },
    'principal-holds-whole-sensitive-service': {
      'user/direct': 'PowerUserAccess is all of KMS, of Secrets Manager, …',
    },
    'managed-policy-duplicated': { 'policy/ceiling': 'says what everything and loose say' },
  },
  traps: {
    'policy/loose': 'grants everything to nobody',
    'policy/ceiling': 'a permissions boundary grants nothing',
    'policy/PowerUserAccess': 'everything but IAM',
    'policy/all-of-s3': 'all of one service',
    'policy/one-bucket': 'every action, on one bucket',
    'user/ended': 'everything, until 2024',
    'policy/was-everything': 'only an old version grants everything',
    'role/app': 'every action, on one bucket',
  },
};
