import { managedPolicy, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyAllowsAllButSomeResources } from './policy-allows-all-but-some-resources.ts';

const having = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({ managedPolicies: [managedPolicy('app', { Version: '2012-10-17', Statement: statements })] });

const butLedger = { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::ledger/*' };

describeCheck(policyAllowsAllButSomeResources, '2026-01-01T00:00:00Z', {
  fail: [
    ['all objects but some', having(butLedger), { statements: [0], texts: ['arn:aws:s3:::ledger/*'] }],
    ['in a user', snapshot({ users: [user('alice', { inlinePolicies: { p: { Statement: butLedger } } })] })],
  ],
  pass: [
    ['a Deny of all but some', having({ ...butLedger, Effect: 'Deny' })],
    ['all but everything, which is nothing', having({ ...butLedger, NotResource: '*' })],
    ['named resources', having({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::app/*' })],
    [
      'everything by two halves, which is another finding',
      having(
        { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::a' },
        { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' },
      ),
    ],
    [
      'with `NotAction`, which is another finding',
      having({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::b' }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
