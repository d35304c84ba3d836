import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { type ManagedPolicyParts, managedPolicy, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { managedPolicyUnattached } from './managed-policy-unattached.ts';

const policy = (parts: ManagedPolicyParts) =>
  snapshot({ managedPolicies: [managedPolicy('team', allow('s3:GetObject'), parts)] });

describeCheck(managedPolicyUnattached, '2026-01-01T00:00:00Z', {
  fail: [
    ['attached to nobody for a year', policy({ attachmentCount: 0 }), { attachments: 0, unchangedDays: 365 }],
    [
      'last changed exactly 90 days ago',
      policy({ attachmentCount: 0, updateDate: '2025-10-03T00:00:00Z' }),
      { unchangedDays: 90 },
    ],
  ],
  pass: [
    ['attached once', policy({ attachmentCount: 1 })],
    [
      'the permissions boundary of somebody',
      policy({ attachmentCount: 0, permissionsBoundaryUsageCount: 1 }),
      { asPermissionsBoundary: 1 },
    ],
    ['changed 89 days ago', policy({ attachmentCount: 0, updateDate: '2025-10-04T00:00:00Z' })],
    ['a policy of AWS', policy({ attachmentCount: 0, awsManaged: true })],
  ],
  unknown: 'only for a missing list',
});
