import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { password } from '../../../snapshot/testing/credential-builder.ts';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userWithoutGroup } from './user-without-group.ts';

const alice = (parts: UserParts = {}) => snapshot({ users: [user('alice', { password: password(), ...parts })] });

describeCheck(userWithoutGroup, '2026-01-01T00:00:00Z', {
  fail: [
    ['a console user without groups and policies', alice({ createDate: '2025-12-18T00:00:00Z' }), { ageDays: 14 }],
  ],
  pass: [
    ['in a group', alice({ groups: ['developers'] })],
    ['made 13 days ago', alice({ createDate: '2025-12-19T00:00:00Z' })],
    ['an inline policy, which another check tells', alice({ inlinePolicies: { read: allow('s3:GetObject') } })],
    [
      'an attached policy, which another check tells',
      alice({ attachedManagedPolicies: ['arn:aws:iam::aws:policy/X'] }),
    ],
    ['no password', alice({ password: password({ enabled: false }) })],
  ],
  unknown: [['the credential report was denied', alice({ password: denied('iam:GetCredentialReport') })]],
});
