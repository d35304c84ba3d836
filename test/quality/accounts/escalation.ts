import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const ACCOUNT = '123456789012';
const statement = (...statements: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })),
});
const deny = (action: string | readonly string[]) => ({ Effect: 'Deny', Action: action });

const administratorAccess = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });
const editsItself = managedPolicy('edits-itself', allow('iam:CreatePolicyVersion', `arn:aws:iam::*:policy/edits-*`));
const editsOthers = managedPolicy(
  'edits-others',
  allow('iam:CreatePolicyVersion', `arn:aws:iam::${ACCOUNT}:policy/x-*`),
);
const editsFull = managedPolicy('edits-full', allow('iam:CreatePolicyVersion'), {
  olderVersions: [allow('s3:*'), allow('s3:*'), allow('s3:*'), allow('s3:*')],
});
const editsAws = managedPolicy('editing-service', allow('iam:CreatePolicyVersion'), { awsManaged: true });
const putsUser = managedPolicy('puts-user', allow('iam:PutUserPolicy'));
const s3Ceiling = managedPolicy('s3-ceiling', statement({ Action: ['s3:*', 'iam:PutUserPolicy'] }));
const wideCeiling = managedPolicy('wide-ceiling', allow('*'));
const iamCeiling = managedPolicy('iam-ceiling', allow('iam:*'));
const guardedCeiling = managedPolicy(
  'guarded-ceiling',
  statement(
    { Action: ['iam:Put*', 's3:*', 'ec2:*'] },
    deny([
      'iam:DeleteUserPermissionsBoundary',
      'iam:PutUserPermissionsBoundary',
      'iam:CreatePolicyVersion',
      'iam:CreateUser',
    ]),
  ),
);

/** Principals that can raise themselves, and principals that only seem to. */
export const escalationAccount: LabelledAccount = {
  name: 'an account of self-escalations',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [
      administratorAccess,
      editsItself,
      editsOthers,
      editsFull,
      editsAws,
      putsUser,
      s3Ceiling,
      wideCeiling,
      iamCeiling,
      guardedCeiling,
    ],
    groups: [
      group('admins', { attachedManagedPolicies: [administratorAccess] }),
      group('put-own', { inlinePolicies: { p: allow('iam:PutGroupPolicy', `arn:aws:iam::${ACCOUNT}:group/put-own`) } }),
      group('attach-own', { inlinePolicies: { p: allow('iam:AttachGroupPolicy') } }),
      group('editors', { attachedManagedPolicies: [editsItself] }),
      group('put-others', {
        inlinePolicies: { p: allow('iam:PutGroupPolicy', `arn:aws:iam::${ACCOUNT}:group/admins`) },
      }),
      group('deniers', { inlinePolicies: { d: statement(deny('iam:*')) } }),
      group('putters', { attachedManagedPolicies: [putsUser] }),
    ],
    users: [
      user('putter', { groups: ['putters'] }),
      user('putter-self', {
        inlinePolicies: { p: allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}') },
      }),
      user('attacher', { inlinePolicies: { p: allow('iam:AttachUserPolicy') } }),
      user('group-putter', { groups: ['put-own'] }),
      user('group-attacher', { groups: ['attach-own'] }),
      user('editor', { groups: ['editors'] }),
      user('not-action', {
        inlinePolicies: { p: statement({ NotAction: ['iam:Update*', 'iam:Create*', 'iam:Attach*'] }) },
      }),
      user('wide-bounded', { groups: ['putters'], permissionsBoundary: wideCeiling }),
      user('iam-bounded', { groups: ['putters'], permissionsBoundary: iamCeiling }),
      user('attacher-named', {
        inlinePolicies: {
          p: statement({
            Action: 'iam:AttachUserPolicy',
            Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
          }),
        },
      }),
      user('with-mfa', {
        inlinePolicies: {
          p: statement({ Action: 'iam:PutUserPolicy', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
        },
      }),
      user('sheds-deny', {
        inlinePolicies: { p: allow('iam:AttachUserPolicy'), d: statement(deny('s3:DeleteBucket')) },
      }),

      user('administrator', { groups: ['admins'] }),
      user('denied', { groups: ['putters', 'deniers'] }),
      user('other-user', { inlinePolicies: { p: allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/robot-*`) } }),
      user('other-group', { groups: ['put-others'] }),
      user('other-policy', { attachedManagedPolicies: [editsOthers] }),
      user('aws-policy', { attachedManagedPolicies: [editsAws] }),
      user('full-policy', { attachedManagedPolicies: [editsFull] }),
      user('s3-bounded', { groups: ['putters'], permissionsBoundary: s3Ceiling }),
      user('guard-bounded', { groups: ['putters'], permissionsBoundary: guardedCeiling }),
      user('attacher-harmless', {
        inlinePolicies: {
          p: statement({
            Action: 'iam:AttachUserPolicy',
            Condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/*ReadOnlyAccess' } },
          }),
        },
      }),
      user('boundary-required', {
        inlinePolicies: {
          p: statement({
            Action: 'iam:PutUserPolicy',
            Condition: { StringEquals: { 'iam:PermissionsBoundary': s3Ceiling.arn } },
          }),
        },
      }),
      user('some-boundary-required', {
        inlinePolicies: {
          p: statement({ Action: 'iam:PutUserPolicy', Condition: { Null: { 'iam:PermissionsBoundary': 'false' } } }),
        },
      }),
      user('expired', {
        inlinePolicies: {
          p: statement({
            Action: 'iam:PutUserPolicy',
            Condition: { DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' } },
          }),
        },
      }),
      user('other-team', {
        tags: { team: 'blue' },
        inlinePolicies: {
          p: statement({
            Action: 'iam:PutUserPolicy',
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
          }),
        },
      }),
      user('puts-roles', { inlinePolicies: { p: allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy']) } }),
    ],
    roles: [
      role('role-putter', { inlinePolicies: { p: allow('iam:PutRolePolicy') } }),
      role('role-attacher', { inlinePolicies: { p: allow('iam:AttachRolePolicy') } }),
      role('role-editor', { attachedManagedPolicies: [editsItself] }),
      role('puts-users', {
        inlinePolicies: { p: allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy', 'iam:PutGroupPolicy']) },
      }),
      role('revoked', {
        inlinePolicies: {
          all: allow('*'),
          AWSRevokeOlderSessions: statement({
            ...deny('*'),
            Condition: { DateLessThan: { 'aws:TokenIssueTime': '2025-06-01T00:00:00Z' } },
          }),
        },
      }),
      role('AWSReservedSSO_Iam_1', {
        path: '/aws-reserved/sso.amazonaws.com/',
        inlinePolicies: { AwsSSOInlinePolicy: allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy']) },
      }),
      role('AWSServiceRoleForThing', {
        path: '/aws-service-role/thing.amazonaws.com/',
        attachedManagedPolicies: [editsAws],
        trustPolicy: trusts({ Service: 'thing.amazonaws.com' }),
      }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'managed-policy-has-many-versions': { 'policy/edits-full': 'five versions: the next change fails' },
    'principal-can-become-administrator': {
      'user/putter': 'writes an inline policy into itself, by a group',
      'user/putter-self': 'writes an inline policy into itself, by a variable',
      'user/attacher': 'attaches any policy to itself',
      'user/group-putter': 'writes an inline policy into its group',
      'user/group-attacher': 'attaches any policy to its group',
      'user/editor': 'rewrites the policy that it holds',
      'user/not-action': 'NotAction leaves iam:PutUserPolicy',
      'user/wide-bounded': 'its boundary allows everything',
      'user/iam-bounded': 'its boundary allows all of IAM, the removal of itself too',
      'user/attacher-named': 'may attach one policy, which is AdministratorAccess',
      'user/with-mfa': 'with MFA, which it has whenever it likes',
      'user/sheds-deny': 'its Deny is of something else',
      'role/role-putter': 'writes an inline policy into itself',
      'role/role-attacher': 'attaches any policy to itself',
      'role/role-editor': 'rewrites the policy that it holds',
    },
    'managed-policy-grants-everything': { 'policy/AdministratorAccess': 'a group holds it' },
    'user-policy-attached-directly': each(
      'past the groups',
      'user/other-policy',
      'user/aws-policy',
      'user/full-policy',
    ),
    'principal-manages-permissions-everywhere': {
      ...each('iam:CreatePolicyVersion on every policy, though none of its own', 'user/aws-policy', 'user/full-policy'),
      ...each(
        'iam:PutUserPolicy on every user, though its boundary holds itself',
        'user/s3-bounded',
        'user/guard-bounded',
      ),
      'user/puts-roles': 'writes policies into every role',
      'role/puts-users': 'writes policies into every user',
    },
    'policy-statement-never-grants': { 'user/expired p': 'the date that it asks for is over' },
    'policy-allows-all-but-some-actions': { 'user/not-action p': 'NotAction with Allow, on everything' },
    'managed-policy-duplicated': {
      'policy/edits-full': 'says what editing-service says',
      'policy/wide-ceiling': 'says what AdministratorAccess says',
    },
    'user-has-inline-policy': each(
      'its policy stands inline',
      ...['user/putter-self', 'user/attacher', 'user/not-action', 'user/attacher-named', 'user/with-mfa'],
      ...['user/sheds-deny', 'user/other-user', 'user/attacher-harmless', 'user/boundary-required'],
      ...['user/some-boundary-required', 'user/expired', 'user/other-team', 'user/puts-roles'],
    ),
    'group-has-inline-policy': each(
      'its policy stands inline',
      ...['group/put-own', 'group/attach-own', 'group/put-others', 'group/deniers'],
    ),
    'role-has-inline-policy': each(
      'its policy stands inline',
      ...['role/role-putter', 'role/role-attacher', 'role/puts-users', 'role/revoked'],
    ),
    'inline-policy-grants-everything': { 'role/revoked all': 'everything; what is denied are sessions of last year' },
  },
  traps: {
    'user/administrator': 'is administrator already',
    'user/denied': 'a group denies all of IAM',
    'user/other-user': 'may write policies into other users only',
    'user/other-group': 'may write policies into a group it is not in',
    'user/other-policy': 'may rewrite policies that it does not have',
    'user/aws-policy': 'nobody can rewrite an AWS managed policy',
    'user/full-policy': 'the policy has five versions, and none may be deleted',
    'user/s3-bounded': 'whatever it writes, its boundary allows S3 only',
    'user/guard-bounded': 'its boundary allows no more and forbids to change it',
    'user/attacher-harmless': 'may attach read-only policies only',
    'user/boundary-required': 'needs a boundary that it does not have',
    'user/some-boundary-required': 'needs some boundary, and has none',
    'user/expired': 'the grant ended in 2024',
    'user/other-team': 'is tagged for another team',
    'user/puts-roles': 'a user is no role',
    'role/revoked': 'is administrator already: only sessions of last year are denied',
    'role/puts-users': 'a role is no user and in no group',
    'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Iam_1': 'AWS refuses to change the roles of permission sets',
    'role/aws-service-role/thing.amazonaws.com/AWSServiceRoleForThing': 'AWS refuses to change service-linked roles',
  },
};
