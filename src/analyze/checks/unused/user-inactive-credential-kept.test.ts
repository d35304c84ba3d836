import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey, password } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userInactiveCredentialKept } from './user-inactive-credential-kept.ts';

const alice = (parts: UserParts) => snapshot({ users: [user('alice', { password: password(), ...parts })] });
const inactiveKey = (createDate: string, lastUsed: string | null = null) =>
  accessKey({ status: 'Inactive', createDate, lastUsed });
const uploaded = (uploadDate: string | null) => ({
  id: 'APKAEXAMPLE',
  status: 'Inactive',
  uploadDate: uploadDate === null ? null : at(uploadDate),
});
const old = '2024-12-31T00:00:00Z';

describeCheck(userInactiveCredentialKept, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'an inactive key of 366 days',
      alice({ accessKeys: [inactiveKey(old)] }),
      { credentials: [{ kind: 'access-key', id: 'AKIAIOSFODNN7EXAMPLE', idleDays: 366 }] },
    ],
    ['an old SSH public key', alice({ sshPublicKeys: collected([uploaded(old)], 'ssh-public-keys') })],
    ['an old signing certificate', alice({ signingCertificates: collected([uploaded(old)], 'signing-certificates') })],
    [
      'an API key that expired',
      alice({
        serviceSpecificCredentials: collected(
          [
            {
              id: 'ACCAEXAMPLE',
              serviceName: 'bedrock.amazonaws.com',
              status: 'Expired',
              createDate: at(old),
              expirationDate: at('2025-01-10T00:00:00Z'),
            },
          ],
          'service-specific-credentials',
        ),
      }),
    ],
    [
      'an old key, though the SSH public keys could not be read',
      alice({ accessKeys: [inactiveKey(old)], sshPublicKeys: denied('iam:ListSSHPublicKeys') }),
    ],
  ],
  pass: [
    ['an inactive key of exactly 365 days', alice({ accessKeys: [inactiveKey('2025-01-01T00:00:00Z')] })],
    [
      'a user of whom nothing works, which another check tells',
      alice({ password: password({ enabled: false }), accessKeys: [inactiveKey(old)] }),
    ],
    ['an old key that was in use a month ago', alice({ accessKeys: [inactiveKey(old, '2025-12-01T00:00:00Z')] })],
    ['an old key that is active', alice({ accessKeys: [accessKey({ createDate: old })] })],
    ['an SSH public key of unknown age', alice({ sshPublicKeys: collected([uploaded(null)], 'ssh-public-keys') })],
  ],
  unknown: [['ListAccessKeys was denied', alice({ accessKeys: denied('iam:ListAccessKeys') })]],
});
