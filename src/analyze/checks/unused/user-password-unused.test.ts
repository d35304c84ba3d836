import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type PasswordParts, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userPasswordUnused } from './user-password-unused.ts';

const alice = (parts: PasswordParts, createDate = '2025-01-01T00:00:00Z') =>
  snapshot({ users: [user('alice', { createDate, password: password(parts) })] });

describeCheck(userPasswordUnused, '2026-02-15T00:00:00Z', {
  fail: [
    ['last used 45 days ago', alice({ lastUsed: '2026-01-01T00:00:00Z' }), { idleDays: 45 }],
    [
      'set 45 days ago and never used',
      alice({ lastUsed: null, lastChanged: '2026-01-01T00:00:00Z' }),
      { lastUsed: null, idleDays: 45 },
    ],
  ],
  pass: [
    ['last used 44 days ago', alice({ lastUsed: '2026-01-02T00:00:00Z' }), { idleDays: 44 }],
    [
      'idle for a year, but reset last week',
      alice({ lastUsed: '2025-01-10T00:00:00Z', lastChanged: '2026-02-08T00:00:00Z' }),
      { idleDays: 7 },
    ],
    [
      'a new user who has not signed in yet',
      alice({ lastUsed: null, lastChanged: '2026-02-10T00:00:00Z' }, '2026-02-10T00:00:00Z'),
    ],
    ['no password', alice({ enabled: false })],
  ],
  unknown: [
    [
      'the credential report was denied',
      snapshot({ users: [user('alice', { password: denied('iam:GetCredentialReport') })] }),
    ],
  ],
});
