import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userInactive } from './user-inactive.ts';

const old = '2025-10-03T00:00:00Z';
const alice = (parts: UserParts = {}) => snapshot({ users: [user('alice', { createDate: old, ...parts })] });

describeCheck(userInactive, '2026-01-01T00:00:00Z', {
  fail: [
    ['no credential at all, made 90 days ago', alice(), { idleDays: 90, ageDays: 90 }],
    [
      'only an inactive key, last used 92 days ago',
      alice({
        createDate: '2024-01-01T00:00:00Z',
        accessKeys: [accessKey({ status: 'Inactive', lastUsed: '2025-10-01T00:00:00Z' })],
      }),
      { idleDays: 92 },
    ],
  ],
  pass: [
    ['made 89 days ago', alice({ createDate: '2025-10-04T00:00:00Z' })],
    ['a password that nobody uses, which another check tells', alice({ password: password() })],
    ['an active key that nobody uses, which another check tells', alice({ accessKeys: [accessKey()] })],
    [
      'an SSH public key',
      alice({
        sshPublicKeys: collected([{ id: 'APKA', status: 'Active', uploadDate: at(old) }], 'ssh-public-keys'),
      }),
    ],
    [
      'a key that was deactivated last month',
      alice({ accessKeys: [accessKey({ status: 'Inactive', lastUsed: '2025-12-01T00:00:00Z' })] }),
    ],
    [
      'young, and nobody knows of its keys',
      alice({ createDate: '2025-12-20T00:00:00Z', accessKeys: denied('iam:ListAccessKeys') }),
    ],
    [
      'a password, and nobody knows of its keys',
      alice({ password: password(), accessKeys: denied('iam:ListAccessKeys') }),
    ],
  ],
  unknown: [
    ['ListAccessKeys was denied', alice({ accessKeys: denied('iam:ListAccessKeys') })],
    ['the credential report was denied', alice({ password: denied('iam:GetCredentialReport') })],
  ],
});
