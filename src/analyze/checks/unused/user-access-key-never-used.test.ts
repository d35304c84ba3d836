import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type AccessKeyParts, accessKey } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userAccessKeyNeverUsed } from './user-access-key-never-used.ts';

const alice = (key: AccessKeyParts) => snapshot({ users: [user('alice', { accessKeys: [accessKey(key)] })] });

describeCheck(userAccessKeyNeverUsed, '2026-01-31T00:00:00Z', {
  fail: [
    ['made 30 days ago', alice({ createDate: '2026-01-01T00:00:00Z' }), { ageDays: 30 }],
    ['made 44 days ago', alice({ createDate: '2025-12-18T00:00:00Z' }), { ageDays: 44 }],
  ],
  pass: [
    ['made 29 days ago', alice({ createDate: '2026-01-02T00:00:00Z' })],
    ['made 45 days ago, which another check tells', alice({ createDate: '2025-12-17T00:00:00Z' })],
    ['used once', alice({ createDate: '2026-01-01T00:00:00Z', lastUsed: '2026-01-01T00:00:00Z' })],
    ['inactive', alice({ createDate: '2026-01-01T00:00:00Z', status: 'Inactive' })],
    [
      'young, and its last use could not be read',
      alice({ createDate: '2026-01-30T00:00:00Z', lastUsed: denied('iam:GetAccessKeyLastUsed') }),
    ],
  ],
  unknown: [
    [
      'its last use could not be read',
      alice({ createDate: '2026-01-01T00:00:00Z', lastUsed: denied('iam:GetAccessKeyLastUsed') }),
    ],
    ['ListAccessKeys was denied', snapshot({ users: [user('alice', { accessKeys: denied('iam:ListAccessKeys') })] })],
  ],
});
