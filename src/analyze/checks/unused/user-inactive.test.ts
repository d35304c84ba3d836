import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userInactive } from './user-inactive.ts';

const old = '2024-11-27T00:00:00Z';
const alice = (parts: UserParts = {}) => snapshot({ users: [user('alice', { createDate: old, ...parts })] });

describeCheck(userInactive, '2026-01-01T00:00:00Z', {
  fail: [
    ['no credential at all, made 400 days ago', alice(), { idleDays: 400, ageDays: 400 }],
    [
      'only an inactive key, last used 457 days ago',
      alice({
        createDate: '2024-01-01T00:00:00Z',
        accessKeys: [
          accessKey({ status: 'Inactive', createDate: '2024-01-01T00:00:00Z', lastUsed: '2024-10-01T00:00:00Z' }),
        ],
      }),
      { idleDays: 457 },
    ],
  ],
  pass: [
    ['made 399 days ago', alice({ createDate: '2024-11-28T00:00:00Z' })],
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
