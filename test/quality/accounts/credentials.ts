import { at } from '../../../src/snapshot/testing/collected-builder.ts';
import {
  accessKey,
  noMfa,
  password,
  passwordPolicy,
  virtualMfa,
} from '../../../src/snapshot/testing/credential-builder.ts';
import { role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const key = (accessKeyId: string, createDate: string, lastUsed: string | null = '2025-12-31T12:00:00Z') =>
  accessKey({ accessKeyId, createDate, lastUsed });

/** Credentials of every age and use. */
export const credentialsAccount: LabelledAccount = {
  name: 'an account with careless credentials',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    root: { mfaActive: false, mfaKind: 'none', accessKeyCount: 1, lastUsed: at('2025-12-20T00:00:00Z') },
    passwordPolicy: passwordPolicy({ minimumPasswordLength: 8, passwordReusePrevention: null }),
    users: [
      user('alice', { password: password({ lastUsed: '2025-12-31T00:00:00Z' }), mfa: noMfa() }),
      user('bob', { password: password({ lastUsed: '2025-12-31T00:00:00Z' }), mfa: virtualMfa() }),
      user('gone', { password: password({ lastUsed: '2025-03-01T00:00:00Z' }), mfa: virtualMfa() }),
      user('newcomer', {
        createDate: '2025-12-28T00:00:00Z',
        password: password({ lastUsed: null, lastChanged: '2025-12-28T00:00:00Z' }),
        mfa: virtualMfa(),
      }),
      user('returned', {
        password: password({ lastUsed: '2025-02-01T00:00:00Z', lastChanged: '2025-12-30T00:00:00Z' }),
        mfa: virtualMfa(),
      }),
      user('ci', { accessKeys: [key('AKIACI', '2025-01-01T00:00:00Z')] }),
      user('batch', { accessKeys: [key('AKIABATCH', '2025-11-01T00:00:00Z', null)] }),
      user('fresh', { accessKeys: [key('AKIAFRESH', '2025-12-15T00:00:00Z', null)] }),
      user('rotating', {
        accessKeys: [key('AKIAROTOLD', '2025-10-15T00:00:00Z'), key('AKIAROTNEW', '2025-12-30T00:00:00Z', null)],
      }),
      user('stuck', {
        accessKeys: [key('AKIASTUCK1', '2025-10-15T00:00:00Z'), key('AKIASTUCK2', '2025-11-15T00:00:00Z')],
      }),
      user('retired', {
        accessKeys: [accessKey({ accessKeyId: 'AKIARETIRED', createDate: '2020-01-01T00:00:00Z', status: 'Inactive' })],
      }),
    ],
    roles: [
      role('old-migration', { createDate: '2023-01-01T00:00:00Z', lastUsed: '2024-12-01T00:00:00Z' }),
      role('never', { createDate: '2023-01-01T00:00:00Z', lastUsed: null }),
      role('just-made', { createDate: '2025-12-01T00:00:00Z', lastUsed: null }),
      role('AWSServiceRoleForSupport', {
        path: '/aws-service-role/support.amazonaws.com/',
        createDate: '2020-01-01T00:00:00Z',
        lastUsed: null,
        trustPolicy: {
          Statement: { Effect: 'Allow', Principal: { Service: 'support.amazonaws.com' }, Action: 'sts:AssumeRole' },
        },
      }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'root-user-without-mfa': { root: 'no device at all' },
    'root-user-has-access-key': { root: 'one active key' },
    'root-user-used-recently': { root: 'somebody worked as root twelve days ago' },
    'account-password-policy-weak': { root: 'eight characters, and old passwords come back' },
    'user-console-access-without-mfa': { 'user/alice': 'signs in, and has no device' },
    'user-password-unused': { 'user/gone': 'has not signed in for ten months' },
    'user-access-key-not-rotated': { 'user/ci AKIACI': 'a year old, in use' },
    'user-access-key-unused': { 'user/batch AKIABATCH': 'two months old, and never used' },
    'user-has-two-active-access-keys': { 'user/stuck': 'both keys older than a rotation takes' },
    'user-without-group': each(
      'a person, years old, in no group',
      'user/alice',
      'user/bob',
      'user/gone',
      'user/returned',
    ),
    'role-unused': {
      'role/old-migration': 'not assumed for thirteen months',
      'role/never': 'three years old, and never assumed',
    },
  },
  traps: {
    'user/newcomer': 'has not signed in yet, but was made four days ago',
    'user/returned': 'has not signed in for a year, but the password was reset two days ago',
    'user/fresh': 'the key was never used, but is 17 days old',
    'user/rotating': 'two active keys, the newer two days old: a rotation under way',
    'user/retired': 'a very old key that is inactive',
    'role/just-made': 'never used, but a month old',
    'role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport': 'never used, but AWS keeps it',
  },
};
