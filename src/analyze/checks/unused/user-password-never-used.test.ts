import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type PasswordParts, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userPasswordNeverUsed } from './user-password-never-used.ts';

const alice = (parts: PasswordParts) => snapshot({ users: [user('alice', { password: password(parts) })] });

describeCheck(userPasswordNeverUsed, '2026-01-31T00:00:00Z', {
  fail: [
    ['set 30 days ago', alice({ lastChanged: '2026-01-01T00:00:00Z' }), { ageDays: 30 }],
    ['set 44 days ago', alice({ lastChanged: '2025-12-18T00:00:00Z' }), { ageDays: 44 }],
  ],
  pass: [
    ['set 29 days ago', alice({ lastChanged: '2026-01-02T00:00:00Z' })],
    ['set 45 days ago, which another check tells', alice({ lastChanged: '2025-12-17T00:00:00Z' })],
    ['used once', alice({ lastChanged: '2026-01-01T00:00:00Z', lastUsed: '2026-01-01T00:00:00Z' })],
    ['no password', alice({ enabled: false, lastChanged: '2026-01-01T00:00:00Z' })],
  ],
  unknown: [
    [
      'the credential report was denied',
      snapshot({ users: [user('alice', { password: denied('iam:GetCredentialReport') })] }),
    ],
  ],
});
