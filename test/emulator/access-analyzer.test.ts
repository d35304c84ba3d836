import * as analyzer from '@aws-sdk/client-accessanalyzer';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

const { AccessAnalyzerClient } = analyzer;

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trusting = (Principal: unknown, Condition?: object): string =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });

/** An account with an analyzer, and what it finds. */
const analyzed = async (accountFileText: string, type: analyzer.Type = 'ACCOUNT') => {
  const account = await runningAccount(accountFileText);
  const client = clientOf(AccessAnalyzerClient, account);
  const { arn = '' } = await client.send(new analyzer.CreateAnalyzerCommand({ analyzerName: 'vigil', type }));
  const list = async (filter?: Record<string, analyzer.Criterion>) => {
    const { findings = [] } = await client.send(new analyzer.ListFindingsV2Command({ analyzerArn: arn, filter }));
    return findings;
  };
  const details = async ({ id }: { id: string | undefined }) =>
    client.send(new analyzer.GetFindingV2Command({ analyzerArn: arn, id }));
  return { account, client, arn, list, details };
};

describe('an analyzer', () => {
  it('is made once, described and deleted', async () => {
    const { client, arn } = await analyzed('{}');
    expect(arn).toBe('arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/vigil');
    const create = { analyzerName: 'vigil', type: 'ACCOUNT' } as const;
    await expect(client.send(new analyzer.CreateAnalyzerCommand(create))).rejects.toMatchObject({
      name: 'ConflictException',
      resourceId: 'vigil',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(
      client.send(new analyzer.CreateAnalyzerCommand({ ...create, analyzerName: 'second' })),
    ).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
    expect((await client.send(new analyzer.ListAnalyzersCommand({ type: 'ACCOUNT' }))).analyzers).toEqual([
      { arn, name: 'vigil', type: 'ACCOUNT', status: 'ACTIVE', createdAt: new Date('2026-01-31T12:00:00Z'), tags: {} },
    ]);
    await client.send(new analyzer.DeleteAnalyzerCommand({ analyzerName: 'vigil' }));
    await expect(client.send(new analyzer.GetAnalyzerCommand({ analyzerName: 'vigil' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('of an organization needs one', async () => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    await expect(
      client.send(new analyzer.CreateAnalyzerCommand({ analyzerName: 'vigil', type: 'ORGANIZATION' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('the findings of an analyzer of external access', () => {
  it('tell who outside the account may assume roles', async () => {
    const { account, list, details } = await analyzed('{}');
    const create = (RoleName: string, AssumeRolePolicyDocument: string) =>
      account.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await create('inside', trusting({ AWS: 'arn:aws:iam::123456789012:root' }));
    await create('service', trusting({ Service: 'ec2.amazonaws.com' }));
    await create('partner', trusting({ AWS: '210987654321' }, { StringEquals: { 'sts:ExternalId': 'x' } }));
    await create('everybody', trusting({ AWS: '*' }));
    const findings = await list();
    expect(
      findings
        .map(({ resource, resourceType, status, findingType }) => [resource, resourceType, status, findingType])
        .sort(),
    ).toEqual([
      ['arn:aws:iam::123456789012:role/everybody', 'AWS::IAM::Role', 'ACTIVE', 'ExternalAccess'],
      ['arn:aws:iam::123456789012:role/partner', 'AWS::IAM::Role', 'ACTIVE', 'ExternalAccess'],
    ]);
    const [partner] = await list({ resource: { contains: ['partner'] } });
    expect((await details({ id: partner?.id })).findingDetails).toEqual([
      {
        externalAccessDetails: {
          action: ['sts:AssumeRole'],
          condition: { 'sts:ExternalId': 'x' },
          isPublic: false,
          principal: { AWS: '210987654321' },
        },
      },
    ]);
    const [open] = await list({ isPublic: { eq: ['true'] } });
    expect(open?.resource).toBe('arn:aws:iam::123456789012:role/everybody');
  });

  it('tell who may use resources, in their region', async () => {
    const { account, list, details } = await analyzed('{}');
    const sqs = clientOf(SQSClient, account);
    const Policy = document({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::210987654321:role/producer' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    });
    await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { Policy } }));
    await sqs.send(new CreateQueueCommand({ QueueName: 'own' }));
    const [finding, ...others] = await list();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      resource: 'arn:aws:sqs:eu-west-1:123456789012:jobs',
      resourceType: 'AWS::SQS::Queue',
      resourceOwnerAccount: '123456789012',
    });
    const { findingDetails } = await details({ id: finding?.id });
    expect(findingDetails?.[0]?.externalAccessDetails).toMatchObject({
      action: ['sqs:SendMessage'],
      principal: { AWS: 'arn:aws:iam::210987654321:role/producer' },
    });
  });

  it('are archived by rules and by hand', async () => {
    const { account, client, arn, list } = await analyzed('{}');
    for (const RoleName of ['a', 'b']) {
      const AssumeRolePolicyDocument = trusting({ AWS: '210987654321' });
      await account.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    }
    const filter = { resource: { contains: ['role/a'] } };
    await client.send(new analyzer.CreateArchiveRuleCommand({ analyzerName: 'vigil', ruleName: 'known', filter }));
    const active = await list({ status: { eq: ['ACTIVE'] } });
    expect(active.map(({ resource }) => resource)).toEqual(['arn:aws:iam::123456789012:role/b']);
    const ids = active.map(({ id = '' }) => id);
    await client.send(new analyzer.UpdateFindingsCommand({ analyzerArn: arn, status: 'ARCHIVED', ids }));
    expect(await list({ status: { eq: ['ACTIVE'] } })).toEqual([]);
    expect(await list({ status: { eq: ['ARCHIVED'] } })).toHaveLength(2);
    await expect(client.send(new analyzer.GetFindingV2Command({ analyzerArn: arn, id: 'gone' }))).rejects.toMatchObject(
      { name: 'ResourceNotFoundException', resourceType: 'finding' },
    );
  });
});

it('the findings of an analyzer of unused access tell what nobody used for its days', async () => {
  const { list } = await analyzed(
    `
users:
  - userName: old
    createDate: 200d ago
    password: { lastUsed: 120d ago }
    accessKeys: [{ createDate: 200d ago, lastUsed: 1d ago }, { createDate: 150d ago }]
roles:
  - { roleName: asleep, createDate: 200d ago, lastUsed: 91d ago, assumeRolePolicyDocument: ${trusting({ Service: 'ec2.amazonaws.com' })} }
  - { roleName: awake, createDate: 200d ago, lastUsed: 2d ago, assumeRolePolicyDocument: ${trusting({ Service: 'ec2.amazonaws.com' })} }
`,
    'ACCOUNT_UNUSED_ACCESS',
  );
  expect((await list()).map(({ resource, findingType }) => [resource, findingType]).sort()).toEqual([
    ['arn:aws:iam::123456789012:role/asleep', 'UnusedIAMRole'],
    ['arn:aws:iam::123456789012:user/old', 'UnusedIAMUserAccessKey'],
    ['arn:aws:iam::123456789012:user/old', 'UnusedIAMUserPassword'],
  ]);
});

describe('a check of a policy', () => {
  const s3 = (Effect: string, Action: string, Resource = '*') => ({ Effect, Action, Resource });
  const everybody = { ...s3('Allow', 's3:GetObject'), Principal: '*' };

  it.each<[string, string, string]>([
    ['grants everybody', document(everybody), 'FAIL'],
    ['grants an account', document({ ...everybody, Principal: { AWS: '210987654321' } }), 'PASS'],
    [
      'grants everybody of an organization',
      document({ ...everybody, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
      'PASS',
    ],
  ])('for public access, of one that %s', async (_what, policyDocument, result) => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const check = new analyzer.CheckNoPublicAccessCommand({ policyDocument, resourceType: 'AWS::S3::Bucket' });
    expect(await client.send(check)).toMatchObject({ result });
  });

  it.each<[string, string, string]>([
    ['allows the action', document(s3('Allow', 's3:Get*')), 'FAIL'],
    ['allows others', document(s3('Allow', 's3:Put*')), 'PASS'],
    ['allows and denies it', document(s3('Allow', 's3:*'), s3('Deny', 's3:GetObject')), 'PASS'],
  ])('for actions, of one that %s', async (_what, policyDocument, result) => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const access = [{ actions: ['s3:GetObject'] }];
    const check = { policyDocument, access, policyType: 'IDENTITY_POLICY' as const };
    expect(await client.send(new analyzer.CheckAccessNotGrantedCommand(check))).toMatchObject({ result });
  });

  it.each<[string, string, string]>([
    ['is the same', document(s3('Allow', 's3:GetObject')), 'PASS'],
    ['denies more', document(s3('Allow', 's3:GetObject'), s3('Deny', 's3:*')), 'PASS'],
    ['allows another action', document(s3('Allow', 's3:*')), 'FAIL'],
  ])('for new access, of one that %s', async (_what, newPolicyDocument, result) => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const existingPolicyDocument = document(s3('Allow', 's3:GetObject'));
    const policyType = 'IDENTITY_POLICY';
    const check = new analyzer.CheckNoNewAccessCommand({ newPolicyDocument, existingPolicyDocument, policyType });
    expect(await client.send(check)).toMatchObject({ result });
  });

  it('is refused where it cannot be decided, or where there is no policy', async () => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const policyType = 'IDENTITY_POLICY';
    const access = [{ actions: ['s3:GetObject'] }];
    const some = document(s3('Allow', 's3:*'), s3('Deny', 's3:GetObject', 'arn:aws:s3:::a/*'));
    await expect(
      client.send(new analyzer.CheckAccessNotGrantedCommand({ policyDocument: some, access, policyType })),
    ).rejects.toMatchObject({ name: 'UnprocessableEntityException', $metadata: { httpStatusCode: 422 } });
    await expect(
      client.send(new analyzer.CheckAccessNotGrantedCommand({ policyDocument: 'x', access, policyType })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
