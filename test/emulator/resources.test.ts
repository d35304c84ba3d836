import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { clientOf, type RunningAccount, runningAccount } from './running-account.ts';

const policyOn = (Resource: string | readonly string[], Principal: unknown = { AWS: '210987654321' }): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource }] });

const exported = async ({ endpoint }: RunningAccount): Promise<readonly Record<string, unknown>[]> => {
  const files = (await (await fetch(`${endpoint}/_vigil/state`)).json()) as Record<string, unknown>;
  return files['resources.json'] as Record<string, unknown>[];
};

describe('a bucket', () => {
  const withBucket = async (Bucket = 'acme-data') => {
    const account = await runningAccount('{}');
    const client = clientOf(s3.S3Client, account);
    const LocationConstraint = 'eu-west-1';
    await client.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    return { account, client, Bucket };
  };

  it('is made once, listed, and deleted', async () => {
    const { client, Bucket } = await withBucket();
    await expect(client.send(new s3.CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(client.send(new s3.CreateBucketCommand({ Bucket: 'Not_A_Bucket' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
    expect((await client.send(new s3.ListBucketsCommand({}))).Buckets).toEqual([
      {
        Name: Bucket,
        CreationDate: new Date('2026-01-31T12:00:00Z'),
        BucketRegion: 'eu-west-1',
        BucketArn: 'arn:aws:s3:::acme-data',
      },
    ]);
    const location = await client.send(new s3.GetBucketLocationCommand({ Bucket }));
    expect(location.LocationConstraint).toBe('eu-west-1');
    expect((await client.send(new s3.HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-west-1');
    await client.send(new s3.DeleteBucketCommand({ Bucket }));
    await expect(client.send(new s3.HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(client.send(new s3.GetBucketLocationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
  });

  it('in us-east-1 has no location', async () => {
    const { endpoint, credentials } = await runningAccount('{}');
    const client = new s3.S3Client({ endpoint, region: 'us-east-1', credentials });
    expect((await client.send(new s3.CreateBucketCommand({ Bucket: 'virginia' }))).Location).toBe('/virginia');
    const { LocationConstraint } = await client.send(new s3.GetBucketLocationCommand({ Bucket: 'virginia' }));
    expect(LocationConstraint).toBeUndefined();
  });

  it('has a name that no other account’s has', async () => {
    const { account } = await withBucket();
    const organizations = clientOf(OrganizationsClient, account);
    await organizations.send(new CreateOrganizationCommand({}));
    await organizations.send(new CreateAccountCommand({ AccountName: 'other', Email: 'other@example.com' }));
    const { Accounts } = await organizations.send(new ListAccountsCommand({}));
    const member = Accounts?.find(({ Name }) => Name === 'other')?.Id;
    const other = clientOf(s3.S3Client, account, member);
    await expect(other.send(new s3.CreateBucketCommand({ Bucket: 'acme-data' }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
  });

  it('has a policy, which Block Public Access keeps from being public', async () => {
    const { account, client, Bucket } = await withBucket();
    const get = new s3.GetBucketPolicyCommand({ Bucket });
    await expect(client.send(get)).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
      message: 'The bucket policy does not exist',
      $metadata: { httpStatusCode: 404 },
    });
    const open = policyOn('arn:aws:s3:::acme-data/*', '*');
    await expect(client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: open }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    const Policy = policyOn(['arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-data/*']);
    await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await client.send(get)).Policy).toBe(Policy);
    expect((await client.send(new s3.GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({
      IsPublic: false,
    });
    expect(await exported(account)).toEqual([
      {
        service: 's3',
        type: 'bucket',
        arn: 'arn:aws:s3:::acme-data',
        name: 'acme-data',
        region: 'eu-west-1',
        policy: JSON.parse(Policy),
        tags: {},
        public_access_block: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    ]);
    await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
    await expect(client.send(new s3.GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: open }));
    expect((await client.send(new s3.GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({
      IsPublic: true,
    });
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await client.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const block = await client.send(new s3.GetPublicAccessBlockCommand({ Bucket }));
    expect(block.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: true,
    });
    await client.send(new s3.DeleteBucketPolicyCommand({ Bucket }));
    await client.send(new s3.DeleteBucketPolicyCommand({ Bucket }));
  });

  it.each([
    ['is no JSON', 'x', /valid JSON/],
    [
      'names nobody',
      '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::acme-data"}]}',
      /Principal/,
    ],
    ['is about another bucket', policyOn('arn:aws:s3:::other/*'), /invalid resource/],
  ])('refuses a policy that %s', async (_what, Policy, message) => {
    const { client, Bucket } = await withBucket();
    await expect(client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: expect.stringMatching(message),
    });
  });

  it('has tags', async () => {
    const { client, Bucket } = await withBucket();
    await expect(client.send(new s3.GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchTagSet',
    });
    const TagSet = [{ Key: 'team', Value: 'a & b' }];
    await client.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await client.send(new s3.GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    await client.send(new s3.DeleteBucketTaggingCommand({ Bucket }));
    await expect(client.send(new s3.GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchTagSet',
    });
  });
});

describe('a function', () => {
  const withRole = async () => {
    const account = await runningAccount('{}');
    const AssumeRolePolicyDocument = policyOn('*', { Service: 'lambda.amazonaws.com' }).replace(
      '"*","Resource":"*"',
      '"sts:AssumeRole"',
    );
    const { Role } = await account.iam.send(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument }));
    const client = clientOf(lambda.LambdaClient, account);
    const input = {
      FunctionName: 'resize',
      Role: Role?.Arn ?? '',
      Runtime: 'nodejs24.x' as const,
      Handler: 'index.handler',
      Code: { ZipFile: new Uint8Array([1, 2, 3]) },
    };
    return { account, client, input };
  };

  it('runs as a role that Lambda may assume', async () => {
    const { account, client, input } = await withRole();
    const made = await client.send(new lambda.CreateFunctionCommand(input));
    const FunctionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:resize';
    expect(made).toMatchObject({
      FunctionArn,
      Role: input.Role,
      CodeSize: 3,
      State: 'Active',
      LastModified: '2026-01-31T12:00:00.000+0000',
      $metadata: { httpStatusCode: 201 },
    });
    await expect(client.send(new lambda.CreateFunctionCommand(input))).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function already exist: resize',
      $metadata: { httpStatusCode: 409 },
    });
    const Role = 'arn:aws:iam::123456789012:role/gone';
    await expect(
      client.send(new lambda.CreateFunctionCommand({ ...input, FunctionName: 'other', Role })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
    const { Functions } = await client.send(new lambda.ListFunctionsCommand({}));
    expect(Functions).toMatchObject([{ FunctionName: 'resize' }]);
    const byArn = await client.send(new lambda.GetFunctionCommand({ FunctionName: FunctionArn }));
    expect(byArn.Configuration?.FunctionArn).toBe(FunctionArn);
    expect(await exported(account)).toMatchObject([{ service: 'lambda', type: 'function', role_arn: input.Role }]);
    await client.send(new lambda.DeleteFunctionCommand({ FunctionName: 'resize' }));
    await expect(client.send(new lambda.GetFunctionCommand({ FunctionName: 'resize' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${FunctionArn}`,
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('has permissions that make up its policy', async () => {
    const { client, input } = await withRole();
    await client.send(new lambda.CreateFunctionCommand(input));
    const FunctionName = 'resize';
    await expect(client.send(new lambda.GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
    const add = new lambda.AddPermissionCommand({
      FunctionName,
      StatementId: 'from-s3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::acme-data',
      SourceAccount: '123456789012',
    });
    const { Statement } = await client.send(add);
    const statement = {
      Sid: 'from-s3',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:resize',
      Condition: {
        StringEquals: { 'AWS:SourceAccount': '123456789012' },
        ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::acme-data' },
      },
    };
    expect(JSON.parse(Statement ?? '')).toEqual(statement);
    await expect(client.send(add)).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await client.send(
      new lambda.AddPermissionCommand({ FunctionName, StatementId: 'a', Action: '*', Principal: '210987654321' }),
    );
    const { Policy } = await client.send(new lambda.GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [statement, { Principal: { AWS: 'arn:aws:iam::210987654321:root' } }],
    });
    const remove = new lambda.RemovePermissionCommand({ FunctionName, StatementId: 'a' });
    await client.send(remove);
    await expect(client.send(remove)).rejects.toMatchObject({
      message: 'Statement a is not found in resource policy.',
    });
  });

  it('has a name that fits', async () => {
    const { client, input } = await withRole();
    await expect(
      client.send(new lambda.CreateFunctionCommand({ ...input, FunctionName: 'no spaces' })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value 'no spaces' at 'functionName' failed to satisfy constraint"),
    });
  });
});

describe('a key', () => {
  it('is found by id, ARN and alias, and has one policy', async () => {
    const account = await runningAccount('{}');
    const client = clientOf(kms.KMSClient, account);
    const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Description: 'd' }));
    const { KeyId = '', Arn = '' } = KeyMetadata ?? {};
    expect(Arn).toBe(`arn:aws:kms:eu-west-1:123456789012:key/${KeyId}`);
    await client.send(new kms.CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: KeyId }));
    for (const name of [KeyId, Arn, 'alias/app', 'arn:aws:kms:eu-west-1:123456789012:alias/app']) {
      const described = await client.send(new kms.DescribeKeyCommand({ KeyId: name }));
      expect(described.KeyMetadata).toMatchObject({ KeyId, KeyState: 'Enabled', KeyManager: 'CUSTOMER' });
    }
    const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Id: 'key-default-1',
      Statement: [{ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*' }],
    });
    await client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: policyOn('*') }));
    expect((await client.send(new kms.GetKeyPolicyCommand({ KeyId }))).Policy).toBe(policyOn('*'));
    await expect(client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: '{}' }))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
    await expect(client.send(new kms.DescribeKeyCommand({ KeyId: 'gone' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: "Key 'arn:aws:kms:eu-west-1:123456789012:key/gone' does not exist",
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      client.send(new kms.CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: KeyId })),
    ).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    expect((await client.send(new kms.ListKeysCommand({}))).Keys).toEqual([{ KeyId, KeyArn: Arn }]);
    const elsewhere = new kms.KMSClient({
      endpoint: account.endpoint,
      region: 'us-east-1',
      credentials: account.credentials,
    });
    expect((await elsewhere.send(new kms.ListKeysCommand({}))).Keys).toEqual([]);
    expect(await exported(account)).toHaveLength(1);
  });
});

describe('a queue', () => {
  it('has attributes, its policy among them', async () => {
    const client = clientOf(sqs.SQSClient, await runningAccount('{}'));
    expect(await client.send(new sqs.ListQueuesCommand({}))).not.toHaveProperty('QueueUrls');
    const { QueueUrl } = await client.send(new sqs.CreateQueueCommand({ QueueName: 'jobs' }));
    expect(QueueUrl).toBe('https://sqs.eu-west-1.amazonaws.com/123456789012/jobs');
    const AttributeNames: sqs.QueueAttributeName[] = ['All'];
    const before = await client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    expect(before.Attributes).toMatchObject({ QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs', DelaySeconds: '0' });
    expect(before.Attributes).not.toHaveProperty('Policy');
    const Policy = policyOn('arn:aws:sqs:eu-west-1:123456789012:jobs');
    await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const named = { QueueUrl, AttributeNames: ['Policy'] as sqs.QueueAttributeName[] };
    expect((await client.send(new sqs.GetQueueAttributesCommand(named))).Attributes).toEqual({ Policy });
    await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));
    expect((await client.send(new sqs.GetQueueAttributesCommand(named))).Attributes).toBeUndefined();
    await expect(
      client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: 'x' } })),
    ).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    await client.send(new sqs.DeleteQueueCommand({ QueueUrl }));
    await expect(client.send(new sqs.GetQueueUrlCommand({ QueueName: 'jobs' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is asked about by older clients in AWS Query', async () => {
    const { endpoint } = await runningAccount('{}');
    const ask = (body: string) =>
      fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260131/eu-west-1/sqs/aws4_request',
        },
        body: `Version=2012-11-05&${body}`,
      });
    const made = await ask('Action=CreateQueue&QueueName=jobs');
    expect(await made.text()).toContain(
      '<CreateQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><CreateQueueResult><QueueUrl>https://sqs.eu-west-1.amazonaws.com/123456789012/jobs</QueueUrl>',
    );
    const gone = await ask('Action=GetQueueUrl&QueueName=gone');
    expect(gone.status).toBe(400);
    expect(await gone.text()).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });
});

describe('a topic', () => {
  it('has a policy from the beginning, and is made but once', async () => {
    const client = clientOf(sns.SNSClient, await runningAccount('{}'));
    const { TopicArn } = await client.send(new sns.CreateTopicCommand({ Name: 'alerts' }));
    expect(TopicArn).toBe('arn:aws:sns:eu-west-1:123456789012:alerts');
    expect(await client.send(new sns.CreateTopicCommand({ Name: 'alerts' }))).toMatchObject({ TopicArn });
    const get = new sns.GetTopicAttributesCommand({ TopicArn });
    const { Attributes } = await client.send(get);
    expect(JSON.parse(Attributes?.['Policy'] ?? '')).toMatchObject({
      Statement: [{ Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } } }],
    });
    const set = { TopicArn, AttributeName: 'Policy' };
    const AttributeValue = policyOn(TopicArn ?? '');
    await client.send(new sns.SetTopicAttributesCommand({ ...set, AttributeValue }));
    expect((await client.send(get)).Attributes?.['Policy']).toBe(AttributeValue);
    await expect(
      client.send(new sns.SetTopicAttributesCommand({ ...set, AttributeValue: '{}' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } });
    await client.send(new sns.DeleteTopicCommand({ TopicArn }));
    await client.send(new sns.DeleteTopicCommand({ TopicArn }));
    await expect(client.send(get)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('a secret', () => {
  it('is found by name and ARN, and may have a policy', async () => {
    const client = clientOf(secrets.SecretsManagerClient, await runningAccount('{}'));
    const { ARN } = await client.send(new secrets.CreateSecretCommand({ Name: 'db/password', SecretString: 'x' }));
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:db\/password-[A-Za-z0-9]{6}$/);
    for (const SecretId of ['db/password', ARN, ARN?.slice(0, -7)]) {
      const found = await client.send(new secrets.DescribeSecretCommand({ SecretId }));
      expect(found).toMatchObject({ ARN, Name: 'db/password' });
    }
    const SecretId = 'db/password';
    const get = new secrets.GetResourcePolicyCommand({ SecretId });
    expect((await client.send(get)).ResourcePolicy).toBeUndefined();
    await client.send(new secrets.PutResourcePolicyCommand({ SecretId, ResourcePolicy: policyOn('*') }));
    expect((await client.send(get)).ResourcePolicy).toBe(policyOn('*'));
    await client.send(new secrets.DeleteResourcePolicyCommand({ SecretId }));
    expect((await client.send(get)).ResourcePolicy).toBeUndefined();
    await expect(
      client.send(new secrets.PutResourcePolicyCommand({ SecretId, ResourcePolicy: '[]' })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    await expect(client.send(new secrets.CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
    await expect(client.send(new secrets.DescribeSecretCommand({ SecretId: 'gone' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });
});

describe('a repository', () => {
  it('may have a policy', async () => {
    const client = clientOf(ecr.ECRClient, await runningAccount('{}'));
    const repositoryName = 'team/app';
    const { repository } = await client.send(new ecr.CreateRepositoryCommand({ repositoryName }));
    expect(repository).toMatchObject({
      repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/team/app',
      repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app',
    });
    await expect(client.send(new ecr.GetRepositoryPolicyCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    });
    const policyText = policyOn('*');
    await client.send(new ecr.SetRepositoryPolicyCommand({ repositoryName, policyText }));
    expect(await client.send(new ecr.GetRepositoryPolicyCommand({ repositoryName }))).toMatchObject({ policyText });
    await client.send(new ecr.DeleteRepositoryPolicyCommand({ repositoryName }));
    await expect(client.send(new ecr.CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
    });
    await expect(client.send(new ecr.DescribeRepositoriesCommand({ repositoryNames: ['gone'] }))).rejects.toMatchObject(
      {
        name: 'RepositoryNotFoundException',
        message: "The repository with name 'gone' does not exist in the registry with id '123456789012'",
      },
    );
  });
});

describe('a table', () => {
  it('may have a policy, which has revisions', async () => {
    const client = clientOf(dynamodb.DynamoDBClient, await runningAccount('{}'));
    const { TableDescription } = await client.send(
      new dynamodb.CreateTableCommand({
        TableName: 'orders',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const ResourceArn = TableDescription?.TableArn ?? '';
    expect(ResourceArn).toBe('arn:aws:dynamodb:eu-west-1:123456789012:table/orders');
    expect((await client.send(new dynamodb.ListTablesCommand({}))).TableNames).toEqual(['orders']);
    await expect(client.send(new dynamodb.GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
      name: 'PolicyNotFoundException',
    });
    const Policy = policyOn(ResourceArn);
    const put = (ExpectedRevisionId?: string) =>
      client.send(new dynamodb.PutResourcePolicyCommand({ ResourceArn, Policy, ExpectedRevisionId }));
    const { RevisionId } = await put('NO_POLICY');
    expect(await client.send(new dynamodb.GetResourcePolicyCommand({ ResourceArn }))).toMatchObject({
      Policy,
      RevisionId,
    });
    await expect(put('NO_POLICY')).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
    await put(RevisionId);
    await client.send(new dynamodb.DeleteResourcePolicyCommand({ ResourceArn }));
    await expect(client.send(new dynamodb.DescribeTableCommand({ TableName: 'gone' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: gone not found',
    });
  });
});
