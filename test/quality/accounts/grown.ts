import { accessKey, password, virtualMfa } from '../../../src/snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const YESTERDAY = '2025-12-31T00:00:00Z';
const VENDOR = '444455556666';
const document = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const deny = (Action: string | readonly string[]) => ({ Effect: 'Deny', Action, Resource: '*' });
const key = (accessKeyId: string, createDate: string, lastUsed: string | null = YESTERDAY) =>
  accessKey({ accessKeyId, createDate, lastUsed });

const everything = managedPolicy('toString', allow('*'));
const readsIam = managedPolicy('valueOf', allow(['iam:Get*', 'iam:List*']));
const putsUsers = managedPolicy('__defineGetter__', allow('iam:PutUserPolicy'));
const noChanges = managedPolicy('+1', document(deny(['iam:Put*', 'iam:Attach*', 'iam:Create*'])));
const onlyData = managedPolicy('@SUM.A1', allow(['s3:Get*', 's3:List*', 'iam:PutUserPolicy']));

/** Markup, a formula and an escape sequence, as tags can hold them. */
const hostileTags = {
  owner: '<img src=x onerror=alert(1)>',
  note: '=HYPERLINK("https://evil.example","click")',
  team: '\u001b[31mred\u001b[0m \u202egnp.exe',
  constructor: '__proto__',
};

/** Names that are members of objects, formulas and options elsewhere; and of most subjects more than one thing is true. */
export const grownAccount: LabelledAccount = {
  name: 'an account grown over ten years, with names as people give them',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [everything, readsIam, putsUsers, noChanges, onlyData],
    groups: [
      group('__proto__', { attachedManagedPolicies: [everything] }),
      group('hasOwnProperty', { attachedManagedPolicies: [putsUsers] }),
      group('-2+3', { attachedManagedPolicies: [noChanges] }),
      group('prototype', { createDate: '2016-01-01T00:00:00Z' }),
    ],
    users: [
      // An administrator by its group, whose inline policy adds nothing.
      user('__proto__', {
        groups: ['__proto__'],
        password: password({ lastUsed: YESTERDAY }),
        accessKeys: [key('AKIAPROTO1', '2016-01-01T00:00:00Z'), key('AKIAPROTO2', '2025-11-01T00:00:00Z')],
        inlinePolicies: { '=cmd': allow('iam:PutUserPolicy') },
        tags: hostileTags,
      }),
      // What one group gives another takes away.
      user('constructor', {
        groups: ['hasOwnProperty', '-2+3'],
        password: password({ lastUsed: YESTERDAY }),
        mfa: virtualMfa(),
        tags: hostileTags,
      }),
      user('toString', { groups: ['hasOwnProperty'], password: password({ lastUsed: YESTERDAY }), mfa: virtualMfa() }),
      // Past the group, within a boundary that allows the step and nothing that it could be for.
      user('=2+5', { attachedManagedPolicies: [putsUsers], permissionsBoundary: onlyData }),
      // Gone for years, with everything in place.
      user('@left', {
        groups: ['hasOwnProperty', '-2+3'],
        password: password({ lastUsed: '2021-05-01T00:00:00Z', lastChanged: '2020-05-01T00:00:00Z' }),
        mfa: virtualMfa(),
        accessKeys: [key('AKIALEFT', '2020-05-01T00:00:00Z', '2021-05-01T00:00:00Z')],
      }),
      user('-h', {
        createDate: '2025-12-27T00:00:00Z',
        password: password({ lastChanged: '2025-12-27T00:00:00Z' }),
        mfa: virtualMfa(),
        tags: hostileTags,
      }),
    ],
    roles: [
      // Open to the world, administrator, and used by nobody.
      role('__proto__', {
        attachedManagedPolicies: [everything],
        trustPolicy: trusts('*'),
        createDate: '2019-01-01T00:00:00Z',
        lastUsed: null,
      }),
      // Two doors: one shut, one open to a vendor.
      role('constructor', {
        inlinePolicies: { '=cmd': allow('s3:GetObject', 'arn:aws:s3:::drop/*') },
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } },
            },
            { Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'sts:AssumeRole' },
          ],
        },
        tags: hostileTags,
      }),
      role('valueOf', { attachedManagedPolicies: [readsIam, noChanges], tags: hostileTags }),
      role('length', {
        attachedManagedPolicies: [everything],
        inlinePolicies: { d: document(deny('*')) },
        trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
      }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'managed-policy-grants-everything': { 'policy/toString': 'a group and two roles hold it' },
    'group-without-members': { 'group/prototype': 'ten years old, and empty' },
    'user-console-access-without-mfa': { 'user/__proto__': 'an administrator with a password alone' },
    'user-has-two-active-access-keys': { 'user/__proto__': 'both in use, and no rotation' },
    'user-access-key-not-rotated': {
      'user/__proto__ AKIAPROTO1': 'ten years old, in use',
      'user/@left AKIALEFT': 'five years old',
    },
    'user-access-key-unused': { 'user/@left AKIALEFT': 'not used for years' },
    'user-password-unused': { 'user/@left': 'has not signed in for years' },
    'user-has-inline-policy': { 'user/__proto__': 'its policy stands inline' },
    'user-policy-attached-directly': { 'user/=2+5': 'past the groups' },
    'principal-can-become-administrator': {
      'user/toString': 'writes an inline policy into itself, by a group',
      ...each(
        'assumes the administrator role/__proto__, as everybody may',
        'user/constructor',
        'user/=2+5',
        'user/@left',
        'user/-h',
        'role/constructor',
        'role/valueOf',
      ),
    },
    'role-trusts-any-principal': { 'role/__proto__': 'everybody, and an administrator' },
    'role-unused': { 'role/__proto__': 'seven years old, and never assumed' },
    'role-has-inline-policy': each('its policy stands inline', 'role/constructor', 'role/length'),
    'role-trusts-foreign-account-without-external-id': {
      [`role/constructor ${VENDOR}`]: 'the second statement lets a vendor in',
    },
  },
  traps: {
    'user/constructor': 'what one of its groups grants the other denies',
    'user/=2+5': 'can write policies into itself, which its boundary makes worthless',
    'user/-h': 'five days old: nothing is due',
    'role/constructor': 'everybody, whose account is this one; the vendor is a finding of its own',
    'role/valueOf': 'sees all of IAM, and changes nothing',
    'role/length': 'everything is granted, and everything denied',
    'group/-2+3': 'a group that only denies',
  },
};
