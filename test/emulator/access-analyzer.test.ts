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

  const twoPartners = async () => {
    const analysis = await analyzed('{}');
    const trust = (RoleName: string) =>
      analysis.account.iam.send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting({ AWS: '210987654321' }) }),
      );
    await trust('a');
    await trust('b');
    const archived = async () =>
      (await analysis.list({ status: { eq: ['ARCHIVED'] } })).map(({ resource }) => resource?.split('/')[1]).sort();
    return { ...analysis, trust, archived };
  };

  // "Archive rules", IAM User Guide.
  it('are archived by rules where they are new, and else where a rule is applied', async () => {
    const { client, arn, trust, archived } = await twoPartners();
    const filter = { resource: { contains: ['role/a'] } };
    const ruleName = 'known';
    await client.send(new analyzer.CreateArchiveRuleCommand({ analyzerName: 'vigil', ruleName, filter }));
    expect(await archived()).toEqual([]);
    await trust('a2');
    expect(await archived()).toEqual(['a2']);
    await client.send(new analyzer.ApplyArchiveRuleCommand({ analyzerArn: arn, ruleName }));
    expect(await archived()).toEqual(['a', 'a2']);
    await client.send(new analyzer.DeleteArchiveRuleCommand({ analyzerName: 'vigil', ruleName }));
    expect(await archived()).toEqual(['a', 'a2']);
    await expect(
      client.send(new analyzer.ApplyArchiveRuleCommand({ analyzerArn: arn, ruleName })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceType: 'archive-rule' });
  });

  it('are archived by hand, one by one or all of a resource', async () => {
    const { client, arn, list, archived } = await twoPartners();
    const [first, second] = await list();
    const update = (input: { ids?: string[]; resourceArn?: string; status?: 'ACTIVE' | 'ARCHIVED' }) =>
      client.send(new analyzer.UpdateFindingsCommand({ analyzerArn: arn, status: 'ARCHIVED', ...input }));
    await update({ ids: [first?.id ?? ''] });
    expect(await archived()).toHaveLength(1);
    await update({ resourceArn: second?.resource ?? '' });
    expect(await archived()).toEqual(['a', 'b']);
    await update({ ids: [first?.id ?? ''], status: 'ACTIVE' });
    expect(await archived()).toHaveLength(1);
    await expect(update({ ids: ['gone'] })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(update({})).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(client.send(new analyzer.GetFindingV2Command({ analyzerArn: arn, id: 'gone' }))).rejects.toMatchObject(
      { name: 'ResourceNotFoundException', resourceType: 'finding' },
    );
  });

  it('come sorted, and in pages', async () => {
    const { client, arn } = await twoPartners();
    const page = (orderBy: 'ASC' | 'DESC', nextToken?: string) => {
      const sort = { attributeName: 'resource', orderBy };
      return client.send(new analyzer.ListFindingsV2Command({ analyzerArn: arn, sort, maxResults: 1, nextToken }));
    };
    const first = await page('DESC');
    expect(first.findings?.map(({ resource }) => resource)).toEqual(['arn:aws:iam::123456789012:role/b']);
    const second = await page('DESC', first.nextToken);
    expect(second.findings?.map(({ resource }) => resource)).toEqual(['arn:aws:iam::123456789012:role/a']);
    expect(second.nextToken).toBeUndefined();
    expect((await page('ASC')).findings?.[0]?.resource).toBe('arn:aws:iam::123456789012:role/a');
    await expect(page('ASC', 'nonsense')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are not asked for with names of JavaScript’s own', async () => {
    const { client, arn, list } = await twoPartners();
    expect(await list({ constructor: { eq: ['x'] } })).toEqual([]);
    const sort = { attributeName: '__proto__' };
    const { findings } = await client.send(new analyzer.ListFindingsV2Command({ analyzerArn: arn, sort }));
    expect(findings).toHaveLength(2);
  });

  it('are counted', async () => {
    const { client, arn, trust, account, list } = await twoPartners();
    await account.iam.send(
      new CreateRoleCommand({ RoleName: 'open', AssumeRolePolicyDocument: trusting({ AWS: '*' }) }),
    );
    const [first] = await list({ resource: { contains: ['role/a'] } });
    const ids = [first?.id ?? ''];
    await client.send(new analyzer.UpdateFindingsCommand({ analyzerArn: arn, status: 'ARCHIVED', ids }));
    await trust('c');
    const { findingsStatistics } = await client.send(new analyzer.GetFindingsStatisticsCommand({ analyzerArn: arn }));
    expect(findingsStatistics).toEqual([
      {
        externalAccessFindingsStatistics: {
          resourceTypeStatistics: {
            'AWS::IAM::Role': { totalActivePublic: 1, totalActiveCrossAccount: 2, totalActiveErrors: 0 },
          },
          totalActiveFindings: 3,
          totalArchivedFindings: 1,
          totalResolvedFindings: 0,
        },
      },
    ]);
  });

  it('belong to resources, which can be asked for', async () => {
    const { client, arn, account } = await twoPartners();
    await account.iam.send(
      new CreateRoleCommand({ RoleName: 'own', AssumeRolePolicyDocument: trusting({ Service: 'ec2.amazonaws.com' }) }),
    );
    const { analyzedResources } = await client.send(new analyzer.ListAnalyzedResourcesCommand({ analyzerArn: arn }));
    expect(analyzedResources).toEqual(
      ['a', 'b', 'own'].map((name) => ({
        resourceArn: `arn:aws:iam::123456789012:role/${name}`,
        resourceOwnerAccount: '123456789012',
        resourceType: 'AWS::IAM::Role',
      })),
    );
    const get = async (name: string) => {
      const resourceArn = `arn:aws:iam::123456789012:role/${name}`;
      await client.send(new analyzer.StartResourceScanCommand({ analyzerArn: arn, resourceArn }));
      return (await client.send(new analyzer.GetAnalyzedResourceCommand({ analyzerArn: arn, resourceArn }))).resource;
    };
    expect(await get('a')).toMatchObject({
      actions: ['sts:AssumeRole'],
      isPublic: false,
      status: 'ACTIVE',
      sharedVia: ['POLICY'],
    });
    expect(await get('own')).not.toHaveProperty('status');
    await expect(get('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

// "Preview access", IAM User Guide.
it('a preview tells what another policy would change', async () => {
  const { account, client, arn, list } = await analyzed('{}');
  const Principal = { AWS: '210987654321' };
  await account.iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trusting(Principal) }));
  const [existing] = await list();
  const preview = async (resourceArn: string, configuration: analyzer.Configuration) => {
    const configurations = { [resourceArn]: configuration };
    const { id } = await client.send(new analyzer.CreateAccessPreviewCommand({ analyzerArn: arn, configurations }));
    const asked = { analyzerArn: arn, accessPreviewId: id };
    const { accessPreview } = await client.send(new analyzer.GetAccessPreviewCommand(asked));
    expect(accessPreview).toMatchObject({ id, status: 'COMPLETED', configurations });
    return (await client.send(new analyzer.ListAccessPreviewFindingsCommand(asked))).findings ?? [];
  };
  const role = (trustPolicy: string) => preview('arn:aws:iam::123456789012:role/r', { iamRole: { trustPolicy } });
  const of = { existingFindingId: existing?.id, existingFindingStatus: 'ACTIVE' };
  expect(await role(trusting(Principal))).toMatchObject([{ changeType: 'UNCHANGED', status: 'ACTIVE', ...of }]);
  expect(await role(trusting({ AWS: '123456789012' }))).toMatchObject([
    { changeType: 'CHANGED', status: 'RESOLVED', ...of },
  ]);
  const [added, resolved] = await role(trusting({ AWS: '*' }));
  expect(added).toMatchObject({ changeType: 'NEW', isPublic: true, action: ['sts:AssumeRole'] });
  expect(added).not.toHaveProperty('existingFindingId');
  expect(resolved).toMatchObject({ changeType: 'CHANGED', status: 'RESOLVED' });

  const bucketPolicy = document({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  });
  const block = { ignorePublicAcls: true, restrictPublicBuckets: true };
  const bucket = (bucketPublicAccessBlock?: typeof block) =>
    preview('arn:aws:s3:::b', {
      s3Bucket: { bucketPolicy, ...(bucketPublicAccessBlock && { bucketPublicAccessBlock }) },
    });
  expect(await bucket()).toMatchObject([{ changeType: 'NEW', isPublic: true, resourceType: 'AWS::S3::Bucket' }]);
  expect(await bucket(block)).toEqual([]);
  expect((await client.send(new analyzer.ListAccessPreviewsCommand({ analyzerArn: arn }))).accessPreviews).toHaveLength(
    5,
  );
  await expect(preview('arn:aws:efs::1:x', { efsFileSystem: {} })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

describe('the findings of an analyzer of unused access', () => {
  const ec2 = trusting({ Service: 'ec2.amazonaws.com' });

  it('tell what nobody used for its days', async () => {
    const { list, client, arn } = await analyzed(
      `
users:
  - userName: old
    createDate: 200d ago
    password: { lastUsed: 120d ago }
    accessKeys: [{ createDate: 200d ago, lastUsed: 1d ago }, { createDate: 150d ago }]
roles:
  - { roleName: asleep, createDate: 200d ago, lastUsed: 91d ago, assumeRolePolicyDocument: ${ec2} }
  - { roleName: awake, createDate: 200d ago, lastUsed: 2d ago, assumeRolePolicyDocument: ${ec2} }
  - { roleName: young, createDate: 2d ago, assumeRolePolicyDocument: ${ec2} }
`,
      'ACCOUNT_UNUSED_ACCESS',
    );
    expect((await list()).map(({ resource, findingType }) => [resource, findingType]).sort()).toEqual([
      ['arn:aws:iam::123456789012:role/asleep', 'UnusedIAMRole'],
      ['arn:aws:iam::123456789012:user/old', 'UnusedIAMUserAccessKey'],
      ['arn:aws:iam::123456789012:user/old', 'UnusedIAMUserPassword'],
    ]);
    await expect(client.send(new analyzer.ListFindingsCommand({ analyzerArn: arn }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const { findingsStatistics } = await client.send(new analyzer.GetFindingsStatisticsCommand({ analyzerArn: arn }));
    expect(findingsStatistics?.[0]?.unusedAccessFindingsStatistics).toMatchObject({
      totalActiveFindings: 3,
      topAccounts: [{ account: '123456789012', numberOfActiveFindings: 3 }],
      unusedAccessTypeStatistics: [
        { unusedAccessType: 'UnusedIAMRole', total: 1 },
        { unusedAccessType: 'UnusedIAMUserAccessKey', total: 1 },
        { unusedAccessType: 'UnusedIAMUserPassword', total: 1 },
      ],
    });
  });

  it('tell the services and actions that those who are in use do not use', async () => {
    const { list, details } = await analyzed(
      `
roles:
  - roleName: busy
    createDate: 200d ago
    lastUsed: 2d ago
    assumeRolePolicyDocument: ${ec2}
    uses: { 'iam:GetUser': 2d ago, 'iam:ListUsers': 100d ago, 's3:GetObject': 100d ago, 'sqs:SendMessage': 1d ago }
    inlinePolicies:
      - policyName: p
        document: ${document({ Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListUsers', 'iam:GetRole', 'iam:PassRole', 's3:GetObject', 'sqs:*', 'ec2:RunInstances'], Resource: '*' })}
`,
      'ACCOUNT_UNUSED_ACCESS',
    );
    const [finding, ...others] = await list();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ findingType: 'UnusedPermission', resourceType: 'AWS::IAM::Role' });
    const { findingDetails } = await details({ id: finding?.id });
    const longAgo = new Date('2025-10-23T12:00:00Z');
    expect(findingDetails).toEqual([
      { unusedPermissionDetails: { serviceNamespace: 'ec2' } },
      {
        unusedPermissionDetails: {
          serviceNamespace: 'iam',
          lastAccessed: new Date('2026-01-29T12:00:00Z'),
          actions: [{ action: 'GetRole' }, { action: 'ListUsers', lastAccessed: longAgo }],
        },
      },
      { unusedPermissionDetails: { serviceNamespace: 's3', lastAccessed: longAgo } },
    ]);
  });

  it('come with what to do about unused permissions', async () => {
    const used = { Effect: 'Allow', Action: ['iam:GetUser', 'iam:GetRole', 'ec2:RunInstances'], Resource: '*' };
    const denied = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
    const { list, client, arn } = await analyzed(
      `
roles:
  - roleName: busy
    createDate: 200d ago
    lastUsed: 2d ago
    assumeRolePolicyDocument: ${ec2}
    uses: { 'iam:GetUser': 2d ago }
    inlinePolicies:
      - { policyName: mixed, document: ${document(used, denied)} }
      - { policyName: idle, document: ${document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' })} }
      - { policyName: fine, document: ${document({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' })} }
`,
      'ACCOUNT_UNUSED_ACCESS',
    );
    const [finding] = await list();
    const asked = { analyzerArn: arn, id: finding?.id };
    const get = () => client.send(new analyzer.GetFindingRecommendationCommand(asked));
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await client.send(new analyzer.GenerateFindingRecommendationCommand(asked));
    const { recommendedSteps = [], ...answer } = await get();
    expect(answer).toMatchObject({
      recommendationType: 'UnusedPermissionRecommendation',
      resourceArn: 'arn:aws:iam::123456789012:role/busy',
      status: 'SUCCEEDED',
    });
    const steps = recommendedSteps.map((step) => step.unusedPermissionsRecommendedStep);
    expect(steps.map((step) => [step?.recommendedAction, step?.existingPolicyId])).toEqual([
      ['CREATE_POLICY', 'mixed'],
      ['DETACH_POLICY', 'mixed'],
      ['DETACH_POLICY', 'idle'],
    ]);
    expect(JSON.parse(steps[0]?.recommendedPolicy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ ...used, Action: ['iam:GetUser'] }, denied],
    });
  });

  it('leave out whom the analyzer’s configuration excludes', async () => {
    const { list, client } = await analyzed(
      `
users:
  - { userName: robot, createDate: 200d ago, tags: { kind: robot }, accessKeys: [{ createDate: 150d ago }] }
  - { userName: ann, createDate: 200d ago, accessKeys: [{ createDate: 150d ago }] }
`,
      'ACCOUNT_UNUSED_ACCESS',
    );
    expect(await list()).toHaveLength(2);
    const update = (unusedAccess: analyzer.UnusedAccessConfiguration) =>
      client.send(new analyzer.UpdateAnalyzerCommand({ analyzerName: 'vigil', configuration: { unusedAccess } }));
    const analysisRule = { exclusions: [{ resourceTags: [{ kind: 'robot' }] }] };
    const expected = { unusedAccess: { unusedAccessAge: 90, analysisRule } };
    expect((await update({ analysisRule })).configuration).toEqual(expected);
    expect((await list()).map(({ resource }) => resource)).toEqual(['arn:aws:iam::123456789012:user/ann']);
    const { analyzer: described } = await client.send(new analyzer.GetAnalyzerCommand({ analyzerName: 'vigil' }));
    expect(described?.configuration).toEqual(expected);
    await update({ analysisRule: { exclusions: [{ accountIds: ['123456789012'] }] } });
    expect(await list()).toEqual([]);
    await expect(update({ unusedAccessAge: 30 })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are none of an analyzer of external access, whose configuration is none', async () => {
    const { client } = await analyzed('{}');
    const update = new analyzer.UpdateAnalyzerCommand({ analyzerName: 'vigil', configuration: { unusedAccess: {} } });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ValidationException', reason: 'notSupported' });
    const make = new analyzer.CreateServiceLinkedAnalyzerCommand({ type: 'ACCOUNT' });
    await expect(client.send(make)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

it('a policy is generated of what was called', async () => {
  const { client } = await analyzed(`
users:
  - { userName: ann, createDate: 200d ago, uses: { 'iam:ListUsers': 2d ago, 'iam:GetUser': 1d ago, 's3:GetObject': 100d ago } }
  - { userName: idle, createDate: 200d ago }
`);
  const generate = async (name: string, startTime?: Date) => {
    const trail = { cloudTrailArn: 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/t', allRegions: true };
    const accessRole = 'arn:aws:iam::123456789012:role/service-role/reader';
    const { jobId } = await client.send(
      new analyzer.StartPolicyGenerationCommand({
        policyGenerationDetails: { principalArn: `arn:aws:iam::123456789012:user/${name}` },
        ...(startTime && { cloudTrailDetails: { trails: [trail], accessRole, startTime } }),
      }),
    );
    const { jobDetails, generatedPolicyResult } = await client.send(new analyzer.GetGeneratedPolicyCommand({ jobId }));
    expect(jobDetails).toMatchObject({ jobId, status: 'SUCCEEDED' });
    return generatedPolicyResult?.generatedPolicies?.map(({ policy = '' }) => JSON.parse(policy) as object);
  };
  const own = { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListUsers'], Resource: '*' };
  const objects = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' };
  expect(await generate('ann')).toEqual([{ Version: '2012-10-17', Statement: [own, objects] }]);
  expect(await generate('ann', new Date('2026-01-01T00:00:00Z'))).toEqual([
    { Version: '2012-10-17', Statement: [own] },
  ]);
  expect(await generate('idle')).toEqual([]);
  await expect(generate('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const { policyGenerations } = await client.send(new analyzer.ListPolicyGenerationsCommand({}));
  expect(policyGenerations).toHaveLength(3);
  const jobId = policyGenerations?.[0]?.jobId;
  await client.send(new analyzer.CancelPolicyGenerationCommand({ jobId }));
  expect((await client.send(new analyzer.GetGeneratedPolicyCommand({ jobId }))).jobDetails?.status).toBe('CANCELED');
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

  it('is refused where it would take too long', async () => {
    const statements = Array.from({ length: 300 }, (_, i) => s3('Allow', [`s3:Get${i}`], [`arn:aws:s3:::b${i}/*`]));
    const existingPolicyDocument = document(...statements);
    const check = {
      newPolicyDocument: existingPolicyDocument,
      existingPolicyDocument,
      policyType: 'IDENTITY_POLICY' as const,
    };
    await expect((await checker()).send(new analyzer.CheckNoNewAccessCommand(check))).rejects.toMatchObject({
      name: 'UnprocessableEntityException',
      $metadata: { httpStatusCode: 422 },
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
