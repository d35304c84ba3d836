import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleHasInlinePolicy } from './role-has-inline-policy.ts';

const reader = (inlinePolicies: Readonly<Record<string, unknown>>) =>
  snapshot({ roles: [role('reader', { inlinePolicies })] });

describeCheck(roleHasInlinePolicy, '2026-01-01T00:00:00Z', {
  fail: [
    ['one inline policy', reader({ read: allow('s3:GetObject') }), { policies: ['read'] }],
    [
      'two inline policies, told as one finding',
      reader({ write: allow('s3:PutObject'), read: allow('s3:GetObject') }),
      { policies: ['read', 'write'] },
    ],
  ],
  pass: [
    ['no inline policy', reader({})],
    [
      'the role of a permission set, whose inline policy AWS keeps',
      snapshot({
        roles: [
          role('reader', {
            path: '/aws-reserved/sso.amazonaws.com/',
            inlinePolicies: { AwsSSOInlinePolicy: allow('s3:GetObject') },
          }),
        ],
      }),
    ],
  ],
  unknown: 'only for a missing list',
});
