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
  const s3 = (Effect: string, Action: unknown, Resource: unknown = '*', Condition?: object) => ({
    Effect,
    Action,
    Resource,
    ...(Condition && { Condition }),
  });
  const everybody = { ...s3('Allow', 's3:GetObject'), Principal: '*' };
  const ofOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } };
  const outsideOrganization = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } };

  const checker = async () => clientOf(AccessAnalyzerClient, await runningAccount('{}'));

  it.each<[string, string, string]>([
    ['grants everybody', document(everybody), 'FAIL'],
    ['grants an account', document({ ...everybody, Principal: { AWS: '210987654321' } }), 'PASS'],
    ['grants everybody of an organization', document({ ...everybody, Condition: ofOrganization }), 'PASS'],
    [
      'grants everybody, and denies those outside an organization',
      document(everybody, { ...everybody, Effect: 'Deny', Condition: outsideOrganization }),
      'PASS',
    ],
    [
      'grants everybody more than it denies those outside an organization',
      document(everybody, { ...everybody, Effect: 'Deny', Action: 's3:PutObject', Condition: outsideOrganization }),
      'FAIL',
    ],
    [
      'grants all principals but one',
      document({ ...s3('Allow', 's3:*'), NotPrincipal: { AWS: '210987654321' } }),
      'FAIL',
    ],
  ])('for public access, of one that %s', async (_what, policyDocument, result) => {
    const check = new analyzer.CheckNoPublicAccessCommand({ policyDocument, resourceType: 'AWS::S3::Bucket' });
    expect(await (await checker()).send(check)).toMatchObject({ result });
  });

  // The example of `CheckNoPublicAccess` in the AWS SDK for JavaScript, API Reference.
  it('for public access names the statement', async () => {
    const statement = { Sid: 'Bob', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: '*' };
    const check = { policyDocument: document(statement), resourceType: 'AWS::S3::Bucket' as const };
    const { $metadata: _, ...answer } = await (await checker()).send(new analyzer.CheckNoPublicAccessCommand(check));
    expect(answer).toEqual({
      message: 'The resource policy grants public access for the given resource type.',
      reasons: [
        {
          description: 'Public access granted in the following statement with sid: Bob.',
          statementId: 'Bob',
          statementIndex: 0,
        },
      ],
      result: 'FAIL',
    });
  });

  it.each<[string, string, string]>([
    ['allows the action', document(s3('Allow', 's3:Get*')), 'FAIL'],
    ['allows others', document(s3('Allow', 's3:Put*')), 'PASS'],
    ['allows all but others', document({ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }), 'FAIL'],
    ['allows all but it', document({ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }), 'PASS'],
    ['allows and denies it', document(s3('Allow', 's3:*'), s3('Deny', 's3:GetObject')), 'PASS'],
    [
      'denies it on some resources',
      document(s3('Allow', 's3:*'), s3('Deny', 's3:GetObject', 'arn:aws:s3:::a/*')),
      'FAIL',
    ],
    [
      'allows it on resources on which it is denied',
      document(s3('Allow', 's3:*', 'arn:aws:s3:::a/b*'), s3('Deny', 's3:GetObject', 'arn:aws:s3:::a/*')),
      'PASS',
    ],
    [
      'allows it under a condition that it denies',
      document(s3('Allow', 's3:*', '*', ofOrganization), s3('Deny', 's3:*', '*', ofOrganization)),
      'PASS',
    ],
    [
      'allows it where it is not denied under a condition',
      document(s3('Allow', 's3:*'), s3('Deny', 's3:*', '*', ofOrganization)),
      'FAIL',
    ],
  ])('for actions, of one that %s', async (_what, policyDocument, result) => {
    const access = [{ actions: ['s3:GetObject'] }];
    const check = { policyDocument, access, policyType: 'IDENTITY_POLICY' as const };
    expect(await (await checker()).send(new analyzer.CheckAccessNotGrantedCommand(check))).toMatchObject({ result });
  });

  // The examples of `CheckAccessNotGranted` in the AWS SDK for JavaScript, API Reference.
  it.each<[string[], string, object]>([
    [
      ['arn:aws:s3:::my-bucket/*'],
      'FAIL',
      {
        message: 'The policy document grants access to perform one or more of the listed actions or resources.',
        reasons: [
          {
            description: 'One or more of the listed actions or resources in the statement with sid: AllowJohnDoe.',
            statementId: 'AllowJohnDoe',
            statementIndex: 0,
          },
        ],
      },
    ],
    [
      ['arn:aws:s3:::sensitive-bucket/*'],
      'PASS',
      { message: 'The policy document does not grant access to perform the listed actions or resources.' },
    ],
  ])('for resources %s', async (resources, result, expected) => {
    const Principal = { AWS: 'arn:aws:iam::123456789012:user/JohnDoe' };
    const statement = { Sid: 'AllowJohnDoe', Principal, ...s3('Allow', 's3:PutObject', 'arn:aws:s3:::my-bucket/*') };
    const check = {
      policyDocument: document(statement),
      access: [{ resources }],
      policyType: 'RESOURCE_POLICY' as const,
    };
    const { $metadata: _, ...answer } = await (await checker()).send(new analyzer.CheckAccessNotGrantedCommand(check));
    expect(answer).toEqual({ result, ...expected });
  });

  it.each<[string, object[], object[], string]>([
    ['is the same', [s3('Allow', 's3:GetObject')], [s3('Allow', 's3:GetObject')], 'PASS'],
    [
      'is the same in other words',
      [s3('Allow', ['s3:GetObject', 's3:PutObject'])],
      [s3('Allow', 's3:GetObject'), s3('Allow', 's3:PutObject')],
      'PASS',
    ],
    ['denies more', [s3('Allow', 's3:GetObject')], [s3('Allow', 's3:GetObject'), s3('Deny', 's3:*')], 'PASS'],
    ['denies less', [s3('Allow', 's3:*'), s3('Deny', 's3:GetObject')], [s3('Allow', 's3:*')], 'FAIL'],
    [
      'denies on fewer resources',
      [s3('Allow', 's3:*'), s3('Deny', 's3:*', 'arn:aws:s3:::a*')],
      [s3('Allow', 's3:*'), s3('Deny', 's3:*', 'arn:aws:s3:::ab*')],
      'FAIL',
    ],
    ['allows another action', [s3('Allow', 's3:GetObject')], [s3('Allow', 's3:*')], 'FAIL'],
    [
      'allows on fewer resources',
      [s3('Allow', 's3:GetObject', 'arn:aws:s3:::a*')],
      [s3('Allow', 's3:GetObject', 'arn:aws:s3:::ab/*')],
      'PASS',
    ],
    [
      'allows on more resources',
      [s3('Allow', 's3:GetObject', ['arn:aws:s3:::ab/*', 'arn:aws:s3:::ac/*'])],
      [s3('Allow', 's3:GetObject', 'arn:aws:s3:::a*/*')],
      'FAIL',
    ],
    ['lacks a condition', [s3('Allow', 's3:GetObject', '*', ofOrganization)], [s3('Allow', 's3:GetObject')], 'FAIL'],
    [
      'has a further condition',
      [s3('Allow', 's3:GetObject')],
      [s3('Allow', 's3:GetObject', '*', ofOrganization)],
      'PASS',
    ],
    [
      'has fewer values in a condition',
      [s3('Allow', 's3:GetObject', '*', { StringEquals: { 'aws:username': ['a', 'b'] } })],
      [s3('Allow', 's3:GetObject', '*', { StringEquals: { 'aws:username': 'b' } })],
      'PASS',
    ],
    [
      'has a condition of other values',
      [s3('Allow', 's3:GetObject', '*', { StringEquals: { 'aws:username': ['a', 'b'] } })],
      [s3('Allow', 's3:GetObject', '*', { StringLike: { 'aws:username': 'b*' } })],
      'FAIL',
    ],
    [
      'allows all but more actions',
      [{ ...s3('Allow', undefined), NotAction: 's3:Get*' }],
      [{ ...s3('Allow', undefined), NotAction: 's3:*' }],
      'PASS',
    ],
  ])('for new access, of one that %s', async (_what, existing, changed, result) => {
    const [existingPolicyDocument, newPolicyDocument] = [document(...existing), document(...changed)];
    const check = { newPolicyDocument, existingPolicyDocument, policyType: 'IDENTITY_POLICY' as const };
    expect(await (await checker()).send(new analyzer.CheckNoNewAccessCommand(check))).toMatchObject({ result });
  });

  it.each<[string, unknown, unknown, string]>([
    ['another account', { AWS: '210987654321' }, { AWS: ['210987654321', '111122223333'] }, 'FAIL'],
    ['fewer accounts', { AWS: ['210987654321', '111122223333'] }, { AWS: '210987654321' }, 'PASS'],
    ['a role of the account', { AWS: '210987654321' }, { AWS: 'arn:aws:iam::210987654321:role/r' }, 'PASS'],
    ['the account of a role', { AWS: 'arn:aws:iam::210987654321:role/r' }, { AWS: '210987654321' }, 'FAIL'],
    ['everybody', { AWS: '210987654321' }, '*', 'FAIL'],
    ['a service', { Service: 'ec2.amazonaws.com' }, { Service: ['ec2.amazonaws.com', 'ecs.amazonaws.com'] }, 'FAIL'],
    ['a provider', { Federated: 'accounts.google.com' }, { Federated: 'accounts.google.com' }, 'PASS'],
  ])('for new access, of a trust policy that comes to name %s', async (_what, before, after, result) => {
    const Action = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'];
    const trust = (Principal: unknown) => document({ Effect: 'Allow', Principal, Action });
    const check = {
      newPolicyDocument: trust(after),
      existingPolicyDocument: trust(before),
      policyType: 'RESOURCE_POLICY' as const,
    };
    expect(await (await checker()).send(new analyzer.CheckNoNewAccessCommand(check))).toMatchObject({ result });
  });

  // The example of `accessanalyzer check-no-new-access` in the AWS CLI Command Reference.
  it('for new access names the statement', async () => {
    const Resource = ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'];
    const check = {
      existingPolicyDocument: document(s3('Allow', ['s3:GetObject', 's3:ListBucket'], Resource)),
      newPolicyDocument: document(s3('Allow', ['s3:GetObject', 's3:GetObjectAcl', 's3:ListBucket'], Resource)),
      policyType: 'IDENTITY_POLICY' as const,
    };
    const { $metadata: _, ...answer } = await (await checker()).send(new analyzer.CheckNoNewAccessCommand(check));
    expect(answer).toEqual({
      message: 'The modified permissions grant new access compared to your existing policy.',
      reasons: [{ description: 'New access in the statement with index: 0.', statementIndex: 0 }],
      result: 'FAIL',
    });
  });

  it('is refused where there is no policy', async () => {
    const client = await checker();
    const access = [{ actions: ['s3:GetObject'] }];
    const check = { policyDocument: 'x', access, policyType: 'IDENTITY_POLICY' as const };
    await expect(client.send(new analyzer.CheckAccessNotGrantedCommand(check))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('the validation of a policy', () => {
  it('answers in pages', async () => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const ask = { policyDocument: '{"Statement":[{}]}', policyType: 'IDENTITY_POLICY' as const, maxResults: 2 };
    const first = await client.send(new analyzer.ValidatePolicyCommand(ask));
    expect(first.findings?.map(({ issueCode }) => issueCode)).toEqual(['MISSING_VERSION', 'MISSING_EFFECT']);
    const { nextToken } = first;
    const second = await client.send(new analyzer.ValidatePolicyCommand({ ...ask, nextToken }));
    expect(second.findings?.map(({ issueCode }) => issueCode)).toEqual(['MISSING_ACTION', 'MISSING_RESOURCE']);
    expect(second.nextToken).toBeUndefined();
  });

  it('tells places by keys, positions and values', async () => {
    const client = clientOf(AccessAnalyzerClient, await runningAccount('{}'));
    const policyDocument = document({ Effect: 'Allow', Actions: '*', Resource: '*' });
    const { findings } = await client.send(
      new analyzer.ValidatePolicyCommand({ policyDocument, policyType: 'IDENTITY_POLICY' }),
    );
    expect(findings?.[0]).toMatchObject({
      findingType: 'ERROR',
      issueCode: 'INVALID_POLICY_ELEMENT',
      locations: [{ path: [{ value: 'Statement' }, { index: 0 }, { key: 'Actions' }], span: { start: { line: 1 } } }],
    });
  });
});
