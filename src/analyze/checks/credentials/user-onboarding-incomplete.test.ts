import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey, noMfa, password, virtualMfa } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userOnboardingIncomplete } from './user-onboarding-incomplete.ts';

// Made on the 10th, changed the password on the 11th; twenty days later everything is done.
const CREATED = '2026-01-10T09:00:00Z';
const changed = { lastChanged: '2026-01-11T09:00:00Z', lastUsed: '2026-01-28T09:00:00Z' };
const newcomer = (parts: UserParts = {}) =>
  snapshot({
    users: [
      user('newcomer', {
        createDate: CREATED,
        password: password(changed),
        mfa: virtualMfa(),
        groups: ['developers'],
        tags: { Owner: 'newcomer@example.com' },
        ...parts,
      }),
    ],
  });
const firstKey = [accessKey({ createDate: '2026-01-10T09:01:00Z' })];

describeCheck(userOnboardingIncomplete, '2026-01-30T09:00:00Z', {
  fail: [
    ['no MFA', newcomer({ mfa: noMfa() }), { ageDays: 20, open: ['mfa-active'] }],
    [
      'the first password, nobody having signed in',
      newcomer({ password: password({ lastChanged: CREATED, lastUsed: null }) }),
      { open: ['password-changed'] },
    ],
    [
      'the first password, still in use',
      newcomer({ password: password({ lastChanged: CREATED, lastUsed: '2026-01-28T09:00:00Z' }) }),
    ],
    ['no group', newcomer({ groups: [] }), { open: ['in-a-group'] }],
    ['a key made a minute after the user', newcomer({ accessKeys: firstKey }), { open: ['no-key-made-at-creation'] }],
    ['no owner', newcomer({ tags: { owner: ' ', project: 'x' } }), { open: ['owner-tag'] }],
    [
      'no group, and nobody knows of the keys',
      newcomer({ groups: [], accessKeys: denied('iam:ListAccessKeys') }),
      { open: ['in-a-group'] },
    ],
  ],
  pass: [
    ['everything is done', newcomer(), { open: [] }],
    ['much is open, thirteen days after', newcomer({ createDate: '2026-01-17T09:00:00Z', mfa: noMfa() })],
    ['long since made, which other checks tell of', newcomer({ createDate: '2025-10-01T09:00:00Z', mfa: noMfa() })],
    ['a service user without a password', newcomer({ password: password({ enabled: false }), groups: [] })],
  ],
  unknown: [
    ['nobody knows of the keys, and the rest is done', newcomer({ accessKeys: denied('iam:ListAccessKeys') })],
    ['nobody knows of MFA, and the rest is done', newcomer({ mfa: denied('iam:ListMFADevices') })],
    ['the credential report was denied', newcomer({ password: denied('iam:GetCredentialReport') })],
  ],
});
