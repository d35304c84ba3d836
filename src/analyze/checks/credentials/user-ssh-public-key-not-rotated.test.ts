import { at, collected, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userSshPublicKeyNotRotated } from './user-ssh-public-key-not-rotated.ts';

const alice = (uploadDate: string | null, status = 'Active') => {
  const key = { id: 'APKAEXAMPLE', status, uploadDate: uploadDate === null ? null : at(uploadDate) };
  return snapshot({ users: [user('alice', { sshPublicKeys: collected([key], 'ssh-public-keys') })] });
};

describeCheck(userSshPublicKeyNotRotated, '2026-01-01T00:00:00Z', {
  fail: [['366 days old', alice('2024-12-31T00:00:00Z'), { ageDays: 366 }]],
  pass: [
    ['exactly 365 days old', alice('2025-01-01T00:00:00Z'), { ageDays: 365 }],
    ['inactive', alice('2020-01-01T00:00:00Z', 'Inactive')],
    ['of an age that AWS does not tell', alice(null)],
  ],
  unknown: [
    [
      'ListSSHPublicKeys was denied',
      snapshot({ users: [user('alice', { sshPublicKeys: denied('iam:ListSSHPublicKeys') })] }),
    ],
  ],
});
