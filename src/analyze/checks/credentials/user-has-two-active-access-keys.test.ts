import type { AccessKey } from '../../../snapshot/account-snapshot.ts';
import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userHasTwoActiveAccessKeys } from './user-has-two-active-access-keys.ts';

const key = (accessKeyId: string, createDate: string, status: AccessKey['status'] = 'Active') =>
  accessKey({ accessKeyId, createDate, status });
const alice = (...accessKeys: readonly AccessKey[]) => snapshot({ users: [user('alice', { accessKeys })] });

describeCheck(userHasTwoActiveAccessKeys, '2026-01-31T00:00:00Z', {
  fail: [
    [
      'two active keys, the newer of 8 days',
      alice(key('AKIAOLD', '2025-01-31T00:00:00Z'), key('AKIANEW', '2026-01-23T00:00:00Z')),
      {
        accessKeys: [
          { accessKeyId: 'AKIAOLD', ageDays: 365 },
          { accessKeyId: 'AKIANEW', ageDays: 8 },
        ],
      },
    ],
  ],
  pass: [
    [
      'a rotation under way: the newer key is a week old',
      alice(key('AKIAOLD', '2025-01-31T00:00:00Z'), key('AKIANEW', '2026-01-24T00:00:00Z')),
    ],
    [
      'the second key is inactive',
      alice(key('AKIAOLD', '2025-01-31T00:00:00Z', 'Inactive'), key('AKIANEW', '2025-06-01T00:00:00Z')),
    ],
    ['a single key', alice(key('AKIAOLD', '2025-01-31T00:00:00Z'))],
    ['no key', alice()],
  ],
  unknown: [
    ['ListAccessKeys was denied', snapshot({ users: [user('alice', { accessKeys: denied('iam:ListAccessKeys') })] })],
  ],
});
