import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { at, denied, gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { policyDocument } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../../check-tools.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { resourceAllowsAnybody } from './resource-allows-anybody.ts';

const OWN = '123456789012';
const BUCKET = 'arn:aws:s3:::amzn-s3-demo-bucket';
const QUEUE = `arn:aws:sqs:us-east-1:${OWN}:orders`;
const allow = (Action: unknown, Condition: object = {}, Resource: unknown = [BUCKET, `${BUCKET}/*`]) => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource,
  Condition,
});
const bucket = (...policy: readonly object[]) => snapshot({ resources: [resource(BUCKET, { policy })] });
const read = (Condition: object = {}) => bucket(allow('s3:GetObject', Condition));
const organization = (...rcp: readonly object[]) => ({
  id: 'o-abcde12345',
  managementAccountId: '777788889999',
  path: [
    {
      id: 'r-ab12',
      name: 'Root',
      scps: [],
      rcps: rcp.map((statement, index) => ({
        name: `rcp${index}`,
        document: policyDocument({ Version: '2012-10-17', Statement: statement }),
      })),
    },
  ],
});

describeCheck(resourceAllowsAnybody, '2026-01-01T00:00:00Z', {
  fail: [
    ['a public bucket', read(), { unsigned: true, conditions: false, actions: { Read: ['s3:GetObject'] } }],
    ['`{"AWS": "*"}`', bucket({ ...allow('s3:GetObject'), Principal: { AWS: '*' } })],
    ['a part of a bucket', bucket(allow('s3:GetObject', {}, `${BUCKET}/public/*`))],
    [
      'a referer, which the browser of anybody can send',
      read({ StringLike: { 'aws:Referer': 'https://example.com/*' } }),
    ],
    ['a user agent', read({ StringEquals: { 'aws:UserAgent': 'our-app' } })],
    ['all addresses', read({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
    ['all addresses in two halves', read({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })],
    ['all addresses but some', read({ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })],
    ['TLS, which anybody speaks', read({ Bool: { 'aws:SecureTransport': 'true' } })],
    ['any VPC endpoint', read({ StringLike: { 'aws:SourceVpce': 'vpce-*' } })],
    ['any organization', read({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), { unsigned: false }],
    ['a tag, which anybody gives its own users', read({ StringEquals: { 'aws:PrincipalTag/team': 'red' } })],
    ['objects with a tag', read({ StringEquals: { 's3:ExistingObjectTag/public': 'yes' } }), { conditions: true }],
    [
      'a queue that anybody may send to',
      snapshot({ resources: [resource(QUEUE, { policy: [allow('sqs:SendMessage', {}, QUEUE)] })] }),
      { actions: { Write: ['sqs:SendMessage'] } },
    ],
    [
      'a repository of images, whose statements name no resource',
      snapshot({
        resources: [
          resource(`arn:aws:ecr:us-east-1:${OWN}:repository/team/app`, {
            policy: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
          }),
        ],
      }),
    ],
    [
      'a public function URL',
      snapshot({
        resources: [
          resource(`arn:aws:lambda:us-east-1:${OWN}:function:hello`, {
            policy: [
              allow('lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }, '*'),
            ],
          }),
        ],
      }),
    ],
  ],
  pass: [
    ['nobody outside', bucket({ ...allow('s3:*'), Principal: { AWS: OWN } })],
    [
      'Block Public Access',
      snapshot({ resources: [resource(BUCKET, { policy: [allow('s3:*')], restrictsPublicAccess: true })] }),
    ],
    ['an organization', read({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } })],
    ['the own account', read({ StringEquals: { 'aws:PrincipalAccount': OWN } })],
    ['a VPC endpoint', read({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
    [
      'a VPC endpoint by a Deny',
      bucket(allow('s3:GetObject'), {
        ...allow('s3:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
        Effect: 'Deny',
      }),
    ],
    ['a network', read({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })],
    ['an access point of the own account', read({ StringEquals: { 's3:DataAccessPointAccount': OWN } })],
    ['a role by its unique id', read({ StringLike: { 'aws:userid': 'AROAEXAMPLE000000000:*' } })],
    ['an action on objects, granted on the bucket, which means nothing', bucket(allow('s3:GetObject', {}, BUCKET))],
    [
      'everything on a key, by way of a service and for the own account alone',
      snapshot({
        resources: [
          resource(`arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, {
            policy: [
              allow(
                'kms:Decrypt',
                { StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } },
                '*',
              ),
            ],
          }),
        ],
      }),
    ],
    [
      'a topic as SNS makes it: only services bring a source',
      snapshot({
        resources: [
          resource(`arn:aws:sns:us-east-1:${OWN}:news`, {
            policy: [
              { ...allow('sns:Publish', { StringEquals: { 'AWS:SourceOwner': OWN } }, '*'), Principal: { AWS: '*' } },
            ],
          }),
        ],
      }),
    ],
    [
      'everybody, whom an RCP keeps to the organization',
      snapshot({
        resources: [resource(BUCKET, { policy: [allow('s3:*')] })],
        organization: organization(
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcde12345' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ),
      }),
    ],
    ['nobody has asked for resources', snapshot({ resources: skipped('resources') })],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ resources: [resource(BUCKET, { policy: '{"Statement": [' })] })],
    [
      'the policy of one was denied',
      snapshot({
        resources: [resource(BUCKET)],
        gaps: [gap({ source: 'resources', action: 's3:GetBucketPolicy', subject: BUCKET })],
      }),
    ],
    [
      'the keys of a region were denied',
      snapshot({ resources: [], gaps: [gap({ source: 'resources', action: 'kms:ListKeys', subject: 'eu-west-1' })] }),
    ],
    ['resources were denied', snapshot({ resources: denied('s3:ListAllMyBuckets', 'resources') })],
    [
      'everybody, with a Deny that cannot be read',
      bucket(allow('s3:GetObject'), {
        ...allow('s3:*', { StringNotEqual: { 'aws:PrincipalAccount': OWN } }),
        Effect: 'Deny',
      }),
    ],
  ],
});

describe('what is told of a public resource', () => {
  const judge = async (...policy: readonly object[]) => {
    const account = bucket(...policy);
    const tools = createCheckTools(account, await loadServiceReference(), at('2026-01-01T00:00:00Z'));
    return [...resourceAllowsAnybody.run(account, { tools, overrides: {} })];
  };

  it('is worse the more can be done, and milder under conditions', async () => {
    const severity = async (action: string, condition?: object) => (await judge(allow(action, condition)))[0]?.severity;
    expect(await severity('s3:PutBucketPolicy')).toBe('critical');
    expect(await severity('s3:PutObject')).toBe('critical');
    expect(await severity('s3:GetObject')).toBe('high');
    expect(await severity('s3:ListBucket')).toBe('medium');
    expect(await severity('s3:GetObject', { StringEquals: { 's3:ExistingObjectTag/a': 'b' } })).toBe('medium');
  });

  it('is one finding, with everybody as the principal and the conditions that do not help', async () => {
    const results = await judge(
      allow(['s3:GetObject', 's3:ListBucket'], { StringEquals: { 'aws:Referer': 'https://example.com/' } }),
    );
    expect(results).toMatchObject([
      {
        subject: { arn: BUCKET },
        conditions: { text: '`aws:Referer` is `https://example.com/`' },
        external: { principal: '*', kind: 'public', resource: BUCKET, actions: ['s3:GetObject', 's3:ListBucket'] },
        summary: `Anybody in the world can read ${BUCKET}.`,
      },
    ]);
  });
});
