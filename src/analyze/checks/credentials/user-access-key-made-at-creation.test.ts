import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type AccessKeyParts, accessKey, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userAccessKeyMadeAtCreation } from './user-access-key-made-at-creation.ts';

// The builder's users and keys are made at the same second.
const alice = (key: AccessKeyParts, parts: UserParts = {}) =>
  snapshot({ users: [user('alice', { password: password(), accessKeys: [accessKey(key)], ...parts })] });

describeCheck(userAccessKeyMadeAtCreation, '2026-01-01T00:00:00Z', {
  fail: [
    ['made in the same second', alice({}), { minutesAfterUser: 0 }],
    ['made five minutes later', alice({ createDate: '2025-01-01T00:05:00Z' }), { minutesAfterUser: 5 }],
  ],
  pass: [
    ['made six minutes later', alice({ createDate: '2025-01-01T00:06:00Z' }), { minutesAfterUser: 6 }],
    ['a service user without a password', alice({}, { password: password({ enabled: false }) })],
    ['a key that is inactive', alice({ status: 'Inactive' })],
    [
      'a later key, though nobody knows of the password',
      alice({ createDate: '2025-02-01T00:00:00Z' }, { password: denied('iam:GetCredentialReport') }),
    ],
  ],
  unknown: [
    ['ListAccessKeys was denied', alice({}, { accessKeys: denied('iam:ListAccessKeys') })],
    ['nobody knows of the password', alice({}, { password: denied('iam:GetCredentialReport') })],
  ],
});
