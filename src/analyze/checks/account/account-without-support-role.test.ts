import { gap } from '../../../snapshot/testing/collected-builder.ts';
import { group, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accountWithoutSupportRole } from './account-without-support-role.ts';

const POLICY = 'arn:aws:iam::aws:policy/AWSSupportAccess';
const OWN = 'arn:aws:iam::123456789012:policy/AWSSupportAccess';

describeCheck(accountWithoutSupportRole, '2026-01-01T00:00:00Z', {
  fail: [
    ['nobody has the policy', snapshot({ roles: [role('ops')] }), { policyArn: POLICY, attachedTo: [] }],
    [
      'somebody has a policy of the account of that name',
      snapshot({ roles: [role('ops', { attachedManagedPolicies: [OWN] })] }),
    ],
  ],
  pass: [
    [
      'a role has it',
      snapshot({ roles: [role('ops', { attachedManagedPolicies: [POLICY] })] }),
      { attachedTo: ['arn:aws:iam::123456789012:role/ops'] },
    ],
    ['a group has it', snapshot({ groups: [group('ops', { attachedManagedPolicies: [POLICY] })] })],
    [
      'a permission set has it',
      snapshot({
        roles: [
          role('AWSReservedSSO_Ops', { path: '/aws-reserved/sso.amazonaws.com/', attachedManagedPolicies: [POLICY] }),
        ],
      }),
    ],
  ],
  unknown: [
    [
      'the list of roles was cut short before anybody who has it',
      snapshot({ roles: [role('other')], missingParts: new Map([['roles', gap()]]) }),
    ],
  ],
});
