import * as analyzer from '@aws-sdk/client-accessanalyzer';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as store from '@aws-sdk/client-identitystore';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as sso from '@aws-sdk/client-sso-admin';
import { clientOf, type RunningAccount, runningAccount } from '../emulator/running-account.ts';

const EVERYBODY = { Effect: 'Allow', Principal: '*', Resource: '*' };
const policy = (...statement: readonly object[]) => ({ Version: '2012-10-17', Statement: statement });
const trusting = (service: string) =>
  policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });

/** Where everything of the furnished account is. */
export const REGION = 'eu-west-1';

const FOREIGN = '444455556666';
const ACCOUNT = '123456789012';
const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`;
const BUCKET = 'arn:aws:s3:::acme-reports';

const ACCOUNT_FILE = JSON.stringify({
  alias: 'acme',
  users: [
    {
      userName: 'alice',
      groups: [],
      inlinePolicies: [{ policyName: 'own', document: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) }],
    },
  ],
  roles: [
    {
      roleName: 'worker',
      assumeRolePolicyDocument: trusting('lambda.amazonaws.com'),
      inlinePolicies: [{ policyName: 'own', document: policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }) }],
    },
    {
      roleName: 'vendor',
      assumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'sts:AssumeRole' }),
    },
  ],
  resources: [
    {
      service: 's3',
      name: 'acme-reports',
      region: REGION,
      policy: policy({ ...EVERYBODY, Principal: { AWS: FOREIGN }, Action: 's3:GetObject', Resource: `${BUCKET}/*` }),
      blockPublicAccess: true,
    },
    { service: 's3', name: 'acme-logs', region: 'us-east-2' },
    {
      service: 'kms',
      name: '11111111-2222-3333-4444-555555555555',
      region: REGION,
      policy: policy({ ...EVERYBODY, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*' }),
    },
    {
      service: 'sqs',
      name: 'orders',
      region: REGION,
      policy: policy({ ...EVERYBODY, Action: 'sqs:SendMessage', Resource: QUEUE }),
    },
    { service: 'sqs', name: 'private', region: REGION },
    { service: 'sns', name: 'news', region: REGION },
    { service: 'lambda', name: 'worker', region: REGION, role: 'worker' },
    { service: 'secretsmanager', name: 'db/password', region: REGION, tags: { team: 'data' } },
    { service: 'ecr', name: 'web', region: REGION },
  ],
  analyzers: [
    { analyzerName: 'account', region: REGION },
    { analyzerName: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', region: REGION },
  ],
});

/** An account that has something of each kind that the collector reads, as the management account of an organization. */
export const furnishedAccount = async (): Promise<RunningAccount> => {
  const account = await runningAccount(ACCOUNT_FILE);
  await furnishResources(account);
  await furnishOrganization(account);
  await furnishIdentityCenter(account);
  return account;
};

const furnishResources = async (account: RunningAccount): Promise<void> => {
  const tables = clientOf(dynamodb.DynamoDBClient, account);
  await tables.send(
    new dynamodb.CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const keys = clientOf(kms.KMSClient, account);
  const KeyId = '11111111-2222-3333-4444-555555555555';
  await keys.send(new kms.CreateAliasCommand({ AliasName: 'alias/reports', TargetKeyId: KeyId }));
  await keys.send(
    new kms.CreateGrantCommand({
      KeyId,
      GranteePrincipal: `arn:aws:iam::${FOREIGN}:root`,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextEquals: { tenant: 'x' } },
    }),
  );
  const analyzers = clientOf(analyzer.AccessAnalyzerClient, account);
  await analyzers.send(
    new analyzer.CreateArchiveRuleCommand({
      analyzerName: 'account',
      ruleName: 'queues',
      filter: { resourceType: { eq: ['AWS::SQS::Queue'] } },
    }),
  );
};

const furnishOrganization = async (account: RunningAccount): Promise<void> => {
  const client = clientOf(organizations.OrganizationsClient, account);
  await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots } = await client.send(new organizations.ListRootsCommand({}));
  const RootId = Roots?.[0]?.Id;
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    await client.send(new organizations.EnablePolicyTypeCommand({ RootId, PolicyType }));
  }
  const { Policy } = await client.send(
    new organizations.CreatePolicyCommand({
      Name: 'no-leaving',
      Description: '',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: JSON.stringify(policy({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' })),
    }),
  );
  const { OrganizationalUnit } = await client.send(
    new organizations.CreateOrganizationalUnitCommand({ ParentId: RootId, Name: 'workloads' }),
  );
  await client.send(
    new organizations.AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: OrganizationalUnit?.Id }),
  );
  await client.send(
    new organizations.MoveAccountCommand({
      AccountId: ACCOUNT,
      SourceParentId: RootId,
      DestinationParentId: OrganizationalUnit?.Id,
    }),
  );
  await client.send(new organizations.EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
  await account.iam.send(new iam.EnableOrganizationsRootCredentialsManagementCommand({}));
  const created = await client.send(
    new organizations.CreateAccountCommand({ AccountName: 'security', Email: 'security@example.com' }),
  );
  const asked = { CreateAccountRequestId: created.CreateAccountStatus?.Id };
  const { CreateAccountStatus } = await client.send(new organizations.DescribeCreateAccountStatusCommand(asked));
  const ServicePrincipal = 'guardduty.amazonaws.com';
  await client.send(new organizations.EnableAWSServiceAccessCommand({ ServicePrincipal }));
  const delegation = { AccountId: CreateAccountStatus?.AccountId, ServicePrincipal };
  await client.send(new organizations.RegisterDelegatedAdministratorCommand(delegation));
};

/** A permission set with policies of each kind but customer managed ones, assigned to a user and to a group. */
const furnishIdentityCenter = async (account: RunningAccount): Promise<void> => {
  const client = clientOf(sso.SSOAdminClient, account);
  const directory = clientOf(store.IdentitystoreClient, account);
  const { InstanceArn } = await client.send(new sso.CreateInstanceCommand({}));
  const { Instances } = await client.send(new sso.ListInstancesCommand({}));
  const IdentityStoreId = Instances?.[0]?.IdentityStoreId;
  const { UserId } = await directory.send(
    new store.CreateUserCommand({ IdentityStoreId, UserName: 'ann', DisplayName: 'Ann Example' }),
  );
  const { GroupId } = await directory.send(new store.CreateGroupCommand({ IdentityStoreId, DisplayName: 'operators' }));
  await directory.send(
    new store.CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId: UserId ?? '' } }),
  );
  const { PermissionSet } = await client.send(new sso.CreatePermissionSetCommand({ InstanceArn, Name: 'Operators' }));
  const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const ManagedPolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await client.send(new sso.AttachManagedPolicyToPermissionSetCommand({ ...set, ManagedPolicyArn }));
  const InlinePolicy = JSON.stringify(policy({ Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: QUEUE }));
  await client.send(new sso.PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy }));
  const PermissionsBoundary = { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' };
  await client.send(new sso.PutPermissionsBoundaryToPermissionSetCommand({ ...set, PermissionsBoundary }));
  for (const [PrincipalType, PrincipalId] of [
    ['GROUP', GroupId],
    ['USER', UserId],
  ] as const) {
    const assignment = { ...set, TargetId: ACCOUNT, TargetType: 'AWS_ACCOUNT', PrincipalType, PrincipalId } as const;
    await client.send(new sso.CreateAccountAssignmentCommand(assignment));
  }
};

/** A role of the account that holds one policy and nothing else, and the key of a user who can only assume it. */
export const withRole = async ({ iam: client }: RunningAccount, document: object) => {
  const { Role } = await client.send(
    new iam.CreateRoleCommand({
      RoleName: 'auditor',
      AssumeRolePolicyDocument: JSON.stringify(
        policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
      ),
    }),
  );
  await client.send(
    new iam.PutRolePolicyCommand({
      RoleName: 'auditor',
      PolicyName: 'vigil',
      PolicyDocument: JSON.stringify(document),
    }),
  );
  const UserName = 'pipeline';
  await client.send(new iam.CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify(policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: Role?.Arn }));
  await client.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'audit', PolicyDocument }));
  const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  return { roleArn: Role?.Arn ?? '', credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } };
};

/** The management account of an organization, and the id of a member account. */
export const memberAccount = async (): Promise<{ readonly account: RunningAccount; readonly member: string }> => {
  const account = await runningAccount('{}');
  const client = clientOf(organizations.OrganizationsClient, account);
  await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { CreateAccountStatus } = await client.send(
    new organizations.CreateAccountCommand({ AccountName: 'sandbox', Email: 'sandbox@example.com' }),
  );
  const created = await client.send(
    new organizations.DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
  );
  return { account, member: created.CreateAccountStatus?.AccountId ?? '' };
};
