import { group, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userPolicyAttachedDirectly } from './user-policy-attached-directly.ts';

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

describeCheck(userPolicyAttachedDirectly, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'two managed policies, told as one finding',
      snapshot({ users: [user('alice', { attachedManagedPolicies: [AUDIT, READ_ONLY] })] }),
      { policies: [READ_ONLY, AUDIT] },
    ],
  ],
  pass: [
    [
      'the same policy by way of a group',
      snapshot({
        users: [user('alice', { groups: ['readers'] })],
        groups: [group('readers', { attachedManagedPolicies: [READ_ONLY] })],
      }),
    ],
    [
      'what AWS attached when it found a key in public',
      snapshot({ users: [user('alice', { attachedManagedPolicies: [QUARANTINE] })] }),
    ],
    ['no policy', snapshot({ users: [user('alice')] })],
  ],
  unknown: 'only for a missing list',
});
