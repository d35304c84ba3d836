import { group, managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policySizeNearlyFull } from './policy-size-nearly-full.ts';

/** A document of that many characters. */
const sized = (size: number) => {
  const naming = (bucket: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}` }],
  });
  return naming('b'.repeat(size - JSON.stringify(naming('')).length));
};
const managed = (size: number) => snapshot({ managedPolicies: [managedPolicy('app', sized(size))] });

describeCheck(policySizeNearlyFull, '2026-01-01T00:00:00Z', {
  fail: [
    ['nine tenths of a managed policy', managed(5530), { size: 5530, quota: 6144 }],
    [
      'two inline policies of a user',
      snapshot({ users: [user('alice', { inlinePolicies: { a: sized(1000), b: sized(900) } })] }),
      { size: 1900, quota: 2048 },
    ],
    [
      'the trust policy of a role',
      snapshot({
        roles: [
          role('app', {
            trustPolicy: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: Array.from({ length: 150 }, (_, at) => `${1e11 + at}`) },
                  Action: 'sts:AssumeRole',
                },
              ],
            },
          }),
        ],
      }),
      { quota: 2048 },
    ],
    [
      'a quota that was lowered for all',
      snapshot({
        managedPolicies: [managedPolicy('app', sized(1000))],
        accountSummary: new Map([['PolicySizeQuota', 1024]]),
      }),
      { quota: 1024 },
    ],
  ],
  pass: [
    ['less', managed(5529), { size: 5529 }],
    [
      'as much in a group, which takes more',
      snapshot({ groups: [group('g', { inlinePolicies: { a: sized(1900) } })] }),
    ],
    [
      'white space, which does not count',
      snapshot({ managedPolicies: [managedPolicy('app', JSON.stringify(sized(3000), null, 900))] }),
      { size: 3000 },
    ],
    ['a policy of AWS', snapshot({ managedPolicies: [managedPolicy('AWSThing', sized(6100), { awsManaged: true })] })],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
