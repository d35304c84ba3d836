import { group, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { cloudshellFullAccessAttached } from './cloudshell-full-access-attached.ts';

const POLICY = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess';
const OWN = 'arn:aws:iam::123456789012:policy/AWSCloudShellFullAccess';

describeCheck(cloudshellFullAccessAttached, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a group and a role have it, told as one finding',
      snapshot({
        groups: [group('developers', { attachedManagedPolicies: [POLICY] })],
        roles: [role('ops', { attachedManagedPolicies: [POLICY] })],
      }),
      { attachedTo: ['arn:aws:iam::123456789012:group/developers', 'arn:aws:iam::123456789012:role/ops'] },
    ],
  ],
  pass: [
    ['nobody has it', snapshot({ users: [user('alice')] })],
    ['the account has a policy of that name', snapshot({ users: [user('alice', { attachedManagedPolicies: [OWN] })] })],
    [
      'a permission set has it, which cannot be changed here',
      snapshot({
        roles: [
          role('AWSReservedSSO_Ops', { path: '/aws-reserved/sso.amazonaws.com/', attachedManagedPolicies: [POLICY] }),
        ],
      }),
    ],
  ],
  unknown: 'only for a missing list',
});
