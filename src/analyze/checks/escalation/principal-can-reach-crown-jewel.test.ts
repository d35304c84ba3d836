import { allow, trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalCanReachCrownJewel } from './principal-can-reach-crown-jewel.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const JEWEL = { 'vigil:crown-jewel': 'true' };
const markedResource = (arn: string) => ({ ...resource(arn), tags: new Map(Object.entries(JEWEL)) });
const byLambda = trusts({ Service: 'lambda.amazonaws.com' });
const builds = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);
const payroll = role('payroll', { trustPolicy: byLambda, tags: JEWEL });
const bucket = markedResource('arn:aws:s3:::salaries');
const reader = role('reader', {
  trustPolicy: trusts({ Service: ['lambda.amazonaws.com', 'datasync.amazonaws.com'] }),
  inlinePolicies: { p: allow('s3:GetObject', 'arn:aws:s3:::salaries/*') },
});
const mallory = (policy: unknown) => user('mallory', { inlinePolicies: { p: policy } });

describeCheck(principalCanReachCrownJewel, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a user that runs code as a role that is marked',
      snapshot({ users: [mallory(builds)], roles: [payroll] }),
      { reaches: `${ACCOUNT}:role/payroll`, isPrincipal: true, conditional: false },
    ],
    [
      'a user that runs code as a role that reads a bucket that is marked',
      snapshot({ users: [mallory(builds)], roles: [reader], resources: [bucket] }),
      {
        reaches: 'arn:aws:s3:::salaries',
        isPrincipal: false,
        requests: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
      },
    ],
    [
      'a user that rewrites the policy of the bucket',
      snapshot({ users: [mallory(allow('s3:PutBucketPolicy'))], resources: [bucket] }),
      { methods: ['own-s3-bucket-policy'], requests: ['s3:PutBucketPolicy'] },
    ],
    [
      'a user that has DataSync copy the bucket as a role',
      snapshot({
        users: [mallory(allow(['iam:PassRole', 'datasync:*']))],
        roles: [reader],
        resources: [bucket],
      }),
      { methods: ['own-datasync'] },
    ],
  ],
  pass: [
    ['nothing is marked', snapshot({ users: [mallory(builds)], roles: [role('payroll', { trustPolicy: byLambda })] })],
    [
      'a user that reads the bucket anyway',
      snapshot({
        users: [mallory(allow(['s3:GetObject', 's3:PutBucketPolicy'], 'arn:aws:s3:::salaries*'))],
        resources: [bucket],
      }),
    ],
    [
      'a user that rewrites the policy of another bucket',
      snapshot({ users: [mallory(allow('s3:PutBucketPolicy', 'arn:aws:s3:::photos'))], resources: [bucket] }),
    ],
    [
      'what is marked is a key, and DataSync reads none',
      snapshot({
        users: [mallory(allow(['iam:PassRole', 'datasync:*']))],
        roles: [
          role('reader', {
            trustPolicy: trusts({ Service: 'datasync.amazonaws.com' }),
            inlinePolicies: { p: allow('secretsmanager:GetSecretValue') },
          }),
        ],
        resources: [markedResource('arn:aws:secretsmanager:us-east-1:123456789012:secret:salaries-AbCdEf')],
      }),
    ],
    [
      'the jewel is administrator, which is another finding',
      snapshot({
        users: [mallory(builds)],
        roles: [role('payroll', { trustPolicy: byLambda, tags: JEWEL, inlinePolicies: { p: allow('*') } })],
      }),
    ],
    [
      'the jewel names who assumes it',
      snapshot({
        users: [mallory(allow('sts:AssumeRole'))],
        roles: [role('payroll', { trustPolicy: trusts({ AWS: `${ACCOUNT}:user/mallory` }), tags: JEWEL })],
      }),
    ],
  ],
  unknown: [
    [
      'a policy beside the grant that may deny it was not collected',
      snapshot({
        users: [
          user('mallory', { inlinePolicies: { p: builds }, attachedManagedPolicies: [`${ACCOUNT}:policy/unread`] }),
        ],
        roles: [payroll],
      }),
    ],
  ],
});
