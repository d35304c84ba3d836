import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { userHasInlinePolicy } from './user-has-inline-policy.ts';

const reader = (inlinePolicies: Readonly<Record<string, unknown>>) =>
  snapshot({ users: [user('reader', { inlinePolicies })] });

describeCheck(userHasInlinePolicy, '2026-01-01T00:00:00Z', {
  fail: [
    ['one inline policy', reader({ read: allow('s3:GetObject') }), { policies: ['read'] }],
    [
      'two inline policies, told as one finding',
      reader({ write: allow('s3:PutObject'), read: allow('s3:GetObject') }),
      { policies: ['read', 'write'] },
    ],
  ],
  pass: [['no inline policy', reader({})]],
  unknown: 'only for a missing list',
});
