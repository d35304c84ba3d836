import { managedPolicy, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyAllowsAllButSomeActions } from './policy-allows-all-but-some-actions.ts';

const having = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ managedPolicies: [managedPolicy('app', { Version: '2012-10-17', Statement: statements })] });

const butIam = { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' };

describeCheck(policyAllowsAllButSomeActions, '2026-01-01T00:00:00Z', {
  fail: [
    ['all but IAM', having(butIam), { statements: [0], texts: ['iam:*', 'organizations:*'] }],
    ['all but IAM and some buckets', having({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::b' })],
    [
      'in a role, in the second statement',
      snapshot({
        roles: [role('app', { inlinePolicies: { p: { Statement: [{ ...butIam, Effect: 'Deny' }, butIam] } } })],
      }),
      { statements: [1] },
    ],
  ],
  pass: [
    ['a Deny of all but some, as MFA is asked for', having({ ...butIam, Effect: 'Deny' })],
    ['all but deletion, of one bucket', having({ ...butIam, NotAction: 's3:Delete*', Resource: 'arn:aws:s3:::b/*' })],
    ['named actions', having({ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' })],
    [
      'together with the rest everything, which is another finding',
      having(butIam, { Effect: 'Allow', Action: '*', Resource: '*' }),
    ],
    [
      'a policy of AWS',
      snapshot({ managedPolicies: [managedPolicy('PowerUserAccess', { Statement: butIam }, { awsManaged: true })] }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
