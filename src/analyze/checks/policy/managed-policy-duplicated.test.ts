import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { managedPolicy, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { managedPolicyDuplicated } from './managed-policy-duplicated.ts';

const policies = (...managedPolicies: readonly ReturnType<typeof managedPolicy>[]) => snapshot({ managedPolicies });
const read = allow('s3:GetObject');

describeCheck(managedPolicyDuplicated, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'twice the same, told once',
      policies(managedPolicy('b', read), managedPolicy('a', read)),
      { sameAs: ['arn:aws:iam::123456789012:policy/b'] },
    ],
    [
      'a copy of a policy of AWS',
      policies(managedPolicy('own', read), managedPolicy('AmazonRead', read, { awsManaged: true })),
      { sameAs: ['arn:aws:iam::aws:policy/AmazonRead'] },
    ],
  ],
  pass: [
    [
      'other resources',
      policies(managedPolicy('a', read), managedPolicy('b', allow('s3:GetObject', 'arn:aws:s3:::b/*'))),
    ],
    [
      'the same as an older version',
      policies(managedPolicy('a', read), managedPolicy('b', allow('sqs:*'), { olderVersions: [read] })),
    ],
    [
      'two of AWS',
      policies(managedPolicy('X', read, { awsManaged: true }), managedPolicy('Y', read, { awsManaged: true })),
    ],
  ],
  unknown: 'only for a missing list',
});
