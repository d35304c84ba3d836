import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type AccessKeyParts, accessKey } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userAccessKeyUnused } from './user-access-key-unused.ts';

const alice = (parts: AccessKeyParts) => snapshot({ users: [user('alice', { accessKeys: [accessKey(parts)] })] });
const old = '2025-01-01T00:00:00Z';

describeCheck(userAccessKeyUnused, '2026-02-15T00:00:00Z', {
  fail: [
    ['last used 45 days ago', alice({ createDate: old, lastUsed: '2026-01-01T00:00:00Z' }), { idleDays: 45 }],
    [
      'made 45 days ago and never used',
      alice({ createDate: '2026-01-01T00:00:00Z', lastUsed: null }),
      { lastUsed: null, idleDays: 45, ageDays: 45 },
    ],
  ],
  pass: [
    ['last used 44 days ago', alice({ createDate: old, lastUsed: '2026-01-02T00:00:00Z' }), { idleDays: 44 }],
    ['never used, but only 44 days old', alice({ createDate: '2026-01-02T00:00:00Z', lastUsed: null })],
    ['an inactive key', alice({ createDate: old, lastUsed: null, status: 'Inactive' })],
    [
      'a young key whose last use could not be read',
      alice({ createDate: '2026-02-01T00:00:00Z', lastUsed: denied('iam:GetAccessKeyLastUsed') }),
    ],
  ],
  unknown: [
    [
      'the last use of an old key could not be read',
      alice({ createDate: old, lastUsed: denied('iam:GetAccessKeyLastUsed') }),
    ],
    ['ListAccessKeys was denied', snapshot({ users: [user('alice', { accessKeys: denied('iam:ListAccessKeys') })] })],
  ],
});
