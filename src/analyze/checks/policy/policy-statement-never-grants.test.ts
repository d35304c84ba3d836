import { expect } from 'vitest';
import { managedPolicy, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyStatementNeverGrants } from './policy-statement-never-grants.ts';

const allowing = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  snapshot({
    managedPolicies: [
      managedPolicy('app', {
        Version: '2012-10-17',
        Statement: statements.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })),
      }),
    ],
  });
const idle = (cause: string, texts: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  idle: [expect.objectContaining({ statement: 0, cause, texts, ...more })],
});
const when = (Condition: Readonly<Record<string, unknown>>) => allowing({ Action: 's3:GetObject', Condition });

describeCheck(policyStatementNeverGrants, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'an action with one letter too many',
      allowing({ Action: ['s3:GetObjects', 's3:PutObject'] }),
      idle('unknown-action', ['s3:GetObjects'], { whole: false, meant: ['s3:GetObject'] }),
    ],
    ['a pattern that no action fits', allowing({ Action: 'sqs:Fetch*' }), idle('unknown-action', ['sqs:Fetch*'])],
    [
      'a service with two letters exchanged for one',
      allowing({ Action: 'dynamobd:GetItem' }, { Action: 'dynamod:GetItem' }),
      { idle: [expect.objectContaining({ statement: 1, cause: 'unknown-service', meant: ['dynamodb'] })] },
    ],
    [
      'objects, on a bucket',
      allowing({ Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::reports' }),
      idle('resource-never-matches', ['s3:GetObject', 's3:PutObject'], { whole: true }),
    ],
    [
      'a bucket, on objects',
      allowing({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::reports/*' }),
      idle('resource-never-matches', ['s3:ListBucket'], { whole: false }),
    ],
    [
      'a resource of another service',
      allowing({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sns:eu-west-1:123456789012:orders' }),
      idle('resource-never-matches', ['sqs:SendMessage']),
    ],
    [
      'a condition key that is not spelled right',
      when({ Bool: { 'aws:MultiFactorAuthPresen': 'true' } }),
      idle('unknown-condition-key', ['aws:MultiFactorAuthPresen'], { meant: ['aws:multifactorauthpresent'] }),
    ],
    [
      'a user of two names',
      when({ StringEquals: { 'aws:username': 'alice' }, StringLike: { 'aws:username': 'bob*' } }),
      idle('conditions-contradict', ['aws:username']),
    ],
    [
      'a key that only one of the actions sends',
      allowing({
        Action: ['iam:PassRole', 'lambda:CreateFunction'],
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      }),
      idle('key-never-sent', ['lambda:CreateFunction'], { whole: false }),
    ],
    [
      'an operator that there is not',
      when({ StringEqual: { 'aws:username': 'alice' } }),
      idle('unknown-operator', ['StringEqual'], { whole: true }),
    ],
    [
      'a time that is over',
      when({ DateLessThan: { 'aws:CurrentTime': '2025-12-31T00:00:00Z' } }),
      idle('time-is-over', ['aws:CurrentTime'], { whole: true }),
    ],
    [
      'in a role',
      snapshot({
        roles: [
          role('app', { inlinePolicies: { p: { Statement: { Effect: 'Allow', Action: 'sqs:Send', Resource: '*' } } } }),
        ],
      }),
    ],
  ],
  pass: [
    [
      'an action that takes no resource as far as is told, on one',
      allowing({ Action: 'ec2:DescribeInstances', Resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-1' }),
    ],
    ['an action of a service that AWS tells little of', allowing({ Action: 'payments:CreatePaymentAttempt' })],
    ['actions that there are, in whatever case', allowing({ Action: ['S3:getobject', 'ec2:Describe*', '*'] })],
    ['a service that nobody told us of', allowing({ Action: 'newservice:DoSomething' })],
    ['all of a service', allowing({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:app-*' })],
    [
      'a bucket and its objects',
      allowing({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::r', 'arn:aws:s3:::r/*'] }),
    ],
    [
      'objects and bucket by one pattern',
      allowing({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::r*' }),
    ],
    [
      'a list that takes no resource, on all of S3',
      allowing({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }),
    ],
    ['own objects', allowing({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' })],
    [
      'a bucket named by a tag',
      allowing({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:::home-${aws:PrincipalTag/team}' }),
    ],
    ['a key of some service', when({ StringLike: { 's3:prefix': 'a/*', 'aws:ResourceTag/Owner': 'x' } })],
    ['a key that is near another and exists', when({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
    ['a slip of the pen that does not matter', when({ StringEqualsIfExists: { 'aws:SourceVpcc': 'vpc-1' } })],
    ['a time to come', when({ DateGreaterThan: { 'aws:CurrentTime': '2026-06-01T00:00:00Z' } })],
    [
      'sessions of before, which is no time of the request',
      when({ DateLessThan: { 'aws:TokenIssueTime': '2025-06-01T00:00:00Z' } }),
    ],
    ['a key of another service that may be absent', when({ StringEqualsIfExists: { 'kms:ViaService': 's3' } })],
    [
      'the function that a request comes from',
      when({ ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:123456789012:function:f' } }),
    ],
    [
      'a key of one of many services',
      allowing({
        Action: ['iam:*', '*'],
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      }),
    ],
    [
      'two conditions that agree',
      when({ StringLike: { 'aws:username': ['alice*', 'bob'] }, StringNotEquals: { 'aws:username': 'bob' } }),
    ],
    ['what is left out need not exist', allowing({ NotAction: 's3:GetObjects' })],
    ['a Deny, which is another finding', allowing({ Effect: 'Deny', Action: 's3:GetObjects' })],
    [
      'in a policy of AWS, and a name that it uses',
      snapshot({
        managedPolicies: [
          managedPolicy(
            'AWSThing',
            { Statement: { Effect: 'Allow', Action: 'sqs:Hidden', Resource: '*' } },
            { awsManaged: true },
          ),
          managedPolicy('own', { Statement: { Effect: 'Allow', Action: 'sqs:Hidden', Resource: '*' } }),
        ],
      }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
