import { skipped } from '../../../snapshot/testing/collected-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { resourceAllowsServiceWithoutSource } from './resource-allows-service-without-source.ts';

const OWN = '123456789012';
const QUEUE = `arn:aws:sqs:us-east-1:${OWN}:orders`;
const statement = (principal: unknown, Condition: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  Condition,
});
const queue = (...policy: readonly object[]) => snapshot({ resources: [resource(QUEUE, { policy })] });
const topicIf = (condition: object = {}) => queue(statement({ Service: 'sns.amazonaws.com' }, condition));
const bucketIf = (condition: object = {}) => queue(statement({ Service: 's3.amazonaws.com' }, condition));

describeCheck(resourceAllowsServiceWithoutSource, '2026-01-01T00:00:00Z', {
  fail: [
    ['a service for whomever it acts', topicIf(), { principal: 'sns.amazonaws.com', sends: ['aws:SourceArn'] }],
    ['topics of any account', topicIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } })],
    ['buckets whose names begin so', bucketIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::amzn-*' } })],
    ['an account if there is one', bucketIf({ StringLike: { 'aws:SourceAccount': '*' } })],
    [
      'whoever acts for a topic of any account',
      queue(statement('*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } })),
    ],
    [
      'any distribution of CloudFront',
      snapshot({
        resources: [
          resource('arn:aws:s3:::site', {
            policy: [
              {
                Effect: 'Allow',
                Principal: { Service: 'cloudfront.amazonaws.com' },
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::site/*',
              },
            ],
          }),
        ],
      }),
    ],
  ],
  pass: [
    ['one topic', topicIf({ ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${OWN}:news` } })],
    ['topics of one account', topicIf({ ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${OWN}:*` } })],
    [
      'one bucket, whose ARN holds no account',
      bucketIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::amzn-s3-demo-bucket' } }),
    ],
    [
      'one bucket, spelled with wildcards',
      bucketIf({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:amzn-s3-demo-bucket' } }),
    ],
    ['one account', bucketIf({ StringEquals: { 'aws:SourceAccount': OWN } })],
    ['one organization', bucketIf({ StringEquals: { 'aws:SourceOrgID': 'o-abcde12345' } })],
    [
      'one account, by a Deny',
      queue(statement({ Service: 's3.amazonaws.com' }), {
        ...statement('*', { StringNotEquals: { 'aws:SourceAccount': OWN } }),
        Effect: 'Deny',
      }),
    ],
    ['a service that is not known to send a source', queue(statement({ Service: 'example.amazonaws.com' }))],
    [
      'everybody for one topic',
      queue(statement('*', { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${OWN}:news` } })),
    ],
    ['everybody, which is another check', queue(statement('*'))],
    ['nobody has asked for resources', snapshot({ resources: skipped('resources') })],
  ],
  unknown: [['a policy that cannot be read', queue({ Effect: 'Allow', Principal: 5 })]],
});
