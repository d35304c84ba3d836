import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userAccessKeyNotRotated } from './user-access-key-not-rotated.ts';

const alice = (createDate: string, status: 'Active' | 'Inactive' = 'Active') =>
  snapshot({ users: [user('alice', { accessKeys: [accessKey({ createDate, status })] })] });

describeCheck(userAccessKeyNotRotated, '2026-01-01T00:00:00Z', {
  fail: [['an active key of 91 days', alice('2025-10-02T00:00:00Z'), { ageDays: 91 }]],
  pass: [
    ['an active key of exactly 90 days', alice('2025-10-03T00:00:00Z'), { ageDays: 90 }],
    ['an old key that is inactive', alice('2020-01-01T00:00:00Z', 'Inactive')],
    ['a user without keys', snapshot({ users: [user('alice')] })],
  ],
  unknown: [
    ['ListAccessKeys was denied', snapshot({ users: [user('alice', { accessKeys: denied('iam:ListAccessKeys') })] })],
  ],
});
