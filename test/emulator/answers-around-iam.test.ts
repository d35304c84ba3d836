import { describe, expect, it } from 'vitest';
import { emptyAccount } from '../../src/account/account-edits.ts';
import type { Call } from '../../src/account/call.ts';
import { type CloudState, cloudOf } from '../../src/account/cloud-state.ts';
import type { Answer } from '../../src/account/operation.ts';
import { operations } from '../../src/account/operations.ts';
import { awsService } from '../../src/emulator/wire/aws-service.ts';
import type { AccountId } from '../../src/iam/account-id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { expectKept } from './kept-state.ts';
import { misfits } from './misfits.ts';

const call: Call = {
  account: { accountId: '123456789012' as AccountId, partition: 'aws' },
  caller: { kind: 'root' },
  now: '2026-01-31T12:00:00Z' as Instant,
  // Every id that is made of chance is the same, so that the inputs below can name it.
  random: (size) => new Uint8Array(size),
  accessKeyId: 'AKIA2345ABCDEFGHIJKL',
  region: 'eu-west-1',
  sourceIp: '127.0.0.1',
};

/** An operation of another service is named with it. The input may name what the operation before answered. */
type Step = readonly [operation: string, input: object | ((before: Answer) => object)];

const UUID = '00000000-0000-4000-8000-000000000000';

const ANALYZER = 'arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/a';

/** A role that another account may assume. */
const OUTSIDERS = 'arn:aws:iam::123456789012:role/outsiders';

const INSTANCE = { InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' };

const PERMISSION_SET = {
  ...INSTANCE,
  PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0000000000000000/ps-0000000000000000',
};

const STORE = { IdentityStoreId: 'd-0000000000' };

const alternate = (AttributePath: string, AttributeValue: string) => ({
  UniqueAttribute: { AttributePath, AttributeValue },
});

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const CUSTOMER_POLICY = { ...PERMISSION_SET, CustomerManagedPolicyReference: { Name: 'p' } };

const ASSIGNMENT = {
  ...PERMISSION_SET,
  TargetId: '123456789012',
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'USER',
  PrincipalId: '00000000-0000-4000-8000-000000000000',
};

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:t';

const REPOSITORY = 'arn:aws:ecr:eu-west-1:123456789012:repository/repo';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/table';

const ROLE = 'arn:aws:iam::123456789012:role/r';

const policyOn = (resource: string): string =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: '*', Resource: resource }],
  });

const SCP = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}';

const TAG_POLICY = '{"tags":{"team":{"tag_key":{"@@assign":"Team"}}}}';

/** For each service, calls of all its operations one after the other, each with an input that makes its answer full. */
const scripts: Readonly<Record<string, readonly Step[]>> = {
  organizations: [
    ['CreateOrganization', {}],
    ['DescribeOrganization', {}],
    ['ListRoots', {}],
    ['CreateAccount', { Email: 'a@example.com', AccountName: 'a', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['DescribeCreateAccountStatus', { CreateAccountRequestId: `car-${'a'.repeat(32)}` }],
    ['ListCreateAccountStatus', {}],
    ['DescribeAccount', { AccountId: '000000000000' }],
    ['ListAccounts', {}],
    ['CreateOrganizationalUnit', { ParentId: 'r-aaaa', Name: 'u' }],
    ['DescribeOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa' }],
    ['UpdateOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa', Name: 'v' }],
    ['MoveAccount', { AccountId: '000000000000', SourceParentId: 'r-aaaa', DestinationParentId: 'ou-aaaa-aaaaaaaa' }],
    ['ListAccountsForParent', { ParentId: 'ou-aaaa-aaaaaaaa' }],
    ['ListOrganizationalUnitsForParent', { ParentId: 'r-aaaa' }],
    ['ListChildren', { ParentId: 'r-aaaa', ChildType: 'ACCOUNT' }],
    ['ListParents', { ChildId: '000000000000' }],
    ['EnablePolicyType', { RootId: 'r-aaaa', PolicyType: 'SERVICE_CONTROL_POLICY' }],
    ['CreatePolicy', { Content: SCP, Description: 'd', Name: 'n', Type: 'SERVICE_CONTROL_POLICY' }],
    ['DescribePolicy', { PolicyId: 'p-aaaaaaaa' }],
    ['UpdatePolicy', { PolicyId: 'p-aaaaaaaa', Description: 'e' }],
    ['ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }],
    ['AttachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: '000000000000' }],
    ['ListPoliciesForTarget', { TargetId: '000000000000', Filter: 'SERVICE_CONTROL_POLICY' }],
    ['ListTargetsForPolicy', { PolicyId: 'p-FullAWSAccess' }],
    ['DetachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: '000000000000' }],
    ['TagResource', { ResourceId: 'p-aaaaaaaa', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsForResource', { ResourceId: 'p-aaaaaaaa' }],
    ['UntagResource', { ResourceId: 'p-aaaaaaaa', TagKeys: ['a'] }],
    ['DeletePolicy', { PolicyId: 'p-aaaaaaaa' }],
    ['DisablePolicyType', { RootId: 'r-aaaa', PolicyType: 'SERVICE_CONTROL_POLICY' }],
    ['EnableAWSServiceAccess', { ServicePrincipal: 'config.amazonaws.com' }],
    ['ListAWSServiceAccessForOrganization', {}],
    ['RegisterDelegatedAdministrator', { AccountId: '000000000000', ServicePrincipal: 'config.amazonaws.com' }],
    ['ListDelegatedAdministrators', {}],
    ['ListDelegatedServicesForAccount', { AccountId: '000000000000' }],
    ['DeregisterDelegatedAdministrator', { AccountId: '000000000000', ServicePrincipal: 'config.amazonaws.com' }],
    ['DisableAWSServiceAccess', { ServicePrincipal: 'config.amazonaws.com' }],
    ['PutResourcePolicy', { Content: SCP }],
    ['DescribeResourcePolicy', {}],
    ['DeleteResourcePolicy', {}],
    ['EnablePolicyType', { RootId: 'r-aaaa', PolicyType: 'TAG_POLICY' }],
    ['CreatePolicy', { Content: TAG_POLICY, Description: 'd', Name: 'n', Type: 'TAG_POLICY' }],
    ['AttachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: 'r-aaaa' }],
    ['DescribeEffectivePolicy', { PolicyType: 'TAG_POLICY', TargetId: '000000000000' }],
    ['ListAccountsWithInvalidEffectivePolicy', { PolicyType: 'TAG_POLICY' }],
    ['ListEffectivePolicyValidationErrors', { PolicyType: 'TAG_POLICY', AccountId: '000000000000' }],
    ['DetachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: 'r-aaaa' }],
    ['DeletePolicy', { PolicyId: 'p-aaaaaaaa' }],
    ['InviteAccountToOrganization', { Target: { Id: '210987654321', Type: 'ACCOUNT' }, Notes: 'join us' }],
    ['DescribeHandshake', { HandshakeId: `h-${'a'.repeat(32)}` }],
    ['ListHandshakesForOrganization', {}],
    ['ListHandshakesForAccount', {}],
    ['CancelHandshake', { HandshakeId: `h-${'a'.repeat(32)}` }],
    ['CloseAccount', { AccountId: '000000000000' }],
    ['RemoveAccountFromOrganization', { AccountId: '000000000000' }],
    ['DeleteOrganizationalUnit', { OrganizationalUnitId: 'ou-aaaa-aaaaaaaa' }],
    ['CreateGovCloudAccount', { Email: 'g@example.com', AccountName: 'g' }],
    ['DescribeCreateAccountStatus', { CreateAccountRequestId: `car-${'a'.repeat(32)}` }],
    ['RemoveAccountFromOrganization', { AccountId: '000000000001' }],
    ['DeleteOrganization', {}],
  ],
  'access-analyzer': [
    ['CreateAnalyzer', { analyzerName: 'a', type: 'ACCOUNT', tags: { a: 'b' } }],
    ['GetAnalyzer', { analyzerName: 'a' }],
    ['ListAnalyzers', {}],
    ['CreateArchiveRule', { analyzerName: 'a', ruleName: 'r', filter: { isPublic: { eq: ['true'] } } }],
    ['UpdateArchiveRule', { analyzerName: 'a', ruleName: 'r', filter: { isPublic: { eq: ['false'] } } }],
    ['GetArchiveRule', { analyzerName: 'a', ruleName: 'r' }],
    ['ListArchiveRules', { analyzerName: 'a' }],
    ['ApplyArchiveRule', { analyzerArn: ANALYZER, ruleName: 'r' }],
    ['DeleteArchiveRule', { analyzerName: 'a', ruleName: 'r' }],
    ['UpdateFindings', { analyzerArn: ANALYZER, status: 'ARCHIVED', resourceArn: OUTSIDERS }],
    ['GetFindingsStatistics', { analyzerArn: ANALYZER }],
    ['ListAnalyzedResources', { analyzerArn: ANALYZER }],
    ['GetAnalyzedResource', { analyzerArn: ANALYZER, resourceArn: OUTSIDERS }],
    ['StartResourceScan', { analyzerArn: ANALYZER, resourceArn: OUTSIDERS }],
    [
      'CreateAccessPreview',
      { analyzerArn: ANALYZER, configurations: { [OUTSIDERS]: { iamRole: { trustPolicy: policyOn('*') } } } },
    ],
    ['GetAccessPreview', { analyzerArn: ANALYZER, accessPreviewId: UUID }],
    ['ListAccessPreviews', { analyzerArn: ANALYZER }],
    ['ListAccessPreviewFindings', { analyzerArn: ANALYZER, accessPreviewId: UUID }],
    ['StartPolicyGeneration', { policyGenerationDetails: { principalArn: ROLE } }],
    ['GetGeneratedPolicy', { jobId: UUID }],
    ['ListPolicyGenerations', {}],
    ['CancelPolicyGeneration', { jobId: UUID }],
    ['ListFindings', { analyzerArn: ANALYZER }],
    [
      'GetFinding',
      ({ findings }) => ({ analyzerArn: ANALYZER, id: (findings as readonly { readonly id: string }[])[0]?.id }),
    ],
    ['ListFindingsV2', { analyzerArn: ANALYZER }],
    [
      'GetFindingV2',
      ({ findings }) => ({ analyzerArn: ANALYZER, id: (findings as readonly { readonly id: string }[])[0]?.id }),
    ],
    ['TagResource', { resourceArn: ANALYZER, tags: { a: 'b' } }],
    ['ListTagsForResource', { resourceArn: ANALYZER }],
    ['UntagResource', { resourceArn: ANALYZER, tagKeys: ['a'] }],
    ['CheckNoPublicAccess', { policyDocument: policyOn('*'), resourceType: 'AWS::SQS::Queue' }],
    [
      'CheckAccessNotGranted',
      { policyDocument: SCP, access: [{ actions: ['s3:GetObject'] }], policyType: 'IDENTITY_POLICY' },
    ],
    ['ValidatePolicy', { policyDocument: '{}', policyType: 'IDENTITY_POLICY' }],
    ['CheckNoNewAccess', { newPolicyDocument: SCP, existingPolicyDocument: SCP, policyType: 'IDENTITY_POLICY' }],
    ['DeleteAnalyzer', { analyzerName: 'a' }],
    ['CreateAnalyzer', { analyzerName: 'u', type: 'ACCOUNT_UNUSED_ACCESS' }],
    ['UpdateAnalyzer', { analyzerName: 'u', configuration: { unusedAccess: { analysisRule: { exclusions: [] } } } }],
  ],
  sso: [
    ['CreateInstance', { Name: 'n' }],
    ['ListInstances', {}],
    ['DescribeInstance', INSTANCE],
    ['CreatePermissionSet', { ...INSTANCE, Name: 'Admin', Description: 'd' }],
    ['DescribePermissionSet', PERMISSION_SET],
    ['ListPermissionSets', INSTANCE],
    ['PutInlinePolicyToPermissionSet', { ...PERMISSION_SET, InlinePolicy: SCP }],
    ['GetInlinePolicyForPermissionSet', PERMISSION_SET],
    ['DeleteInlinePolicyFromPermissionSet', PERMISSION_SET],
    ['AttachManagedPolicyToPermissionSet', { ...PERMISSION_SET, ManagedPolicyArn: READ_ONLY }],
    ['ListManagedPoliciesInPermissionSet', PERMISSION_SET],
    ['DetachManagedPolicyFromPermissionSet', { ...PERMISSION_SET, ManagedPolicyArn: READ_ONLY }],
    ['CreateAccountAssignment', ASSIGNMENT],
    ['ListAccountAssignments', { ...PERMISSION_SET, AccountId: '123456789012' }],
    ['ListAccountAssignmentsForPrincipal', { ...INSTANCE, PrincipalType: 'USER', PrincipalId: UUID }],
    ['ListPermissionSetsProvisionedToAccount', { ...INSTANCE, AccountId: '123456789012' }],
    ['ListAccountsForProvisionedPermissionSet', PERMISSION_SET],
    ['DescribeAccountAssignmentCreationStatus', { ...INSTANCE, AccountAssignmentCreationRequestId: UUID }],
    ['ListAccountAssignmentCreationStatus', INSTANCE],
    ['UpdatePermissionSet', { ...PERMISSION_SET, Description: 'e', RelayState: 'https://console.aws.amazon.com/' }],
    ['ProvisionPermissionSet', { ...PERMISSION_SET, TargetType: 'AWS_ACCOUNT', TargetId: '123456789012' }],
    ['DescribePermissionSetProvisioningStatus', { ...INSTANCE, ProvisionPermissionSetRequestId: UUID }],
    ['ListPermissionSetProvisioningStatus', INSTANCE],
    ['DeleteAccountAssignment', ASSIGNMENT],
    ['DescribeAccountAssignmentDeletionStatus', { ...INSTANCE, AccountAssignmentDeletionRequestId: UUID }],
    ['ListAccountAssignmentDeletionStatus', INSTANCE],
    ['AttachCustomerManagedPolicyReferenceToPermissionSet', CUSTOMER_POLICY],
    ['ListCustomerManagedPolicyReferencesInPermissionSet', PERMISSION_SET],
    ['DetachCustomerManagedPolicyReferenceFromPermissionSet', CUSTOMER_POLICY],
    [
      'PutPermissionsBoundaryToPermissionSet',
      { ...PERMISSION_SET, PermissionsBoundary: { ManagedPolicyArn: READ_ONLY } },
    ],
    ['GetPermissionsBoundaryForPermissionSet', PERMISSION_SET],
    ['DeletePermissionsBoundaryFromPermissionSet', PERMISSION_SET],
    ['TagResource', { ResourceArn: PERMISSION_SET.PermissionSetArn, Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsForResource', { ResourceArn: PERMISSION_SET.PermissionSetArn }],
    ['UntagResource', { ResourceArn: PERMISSION_SET.PermissionSetArn, TagKeys: ['a'] }],
    ['UpdateInstance', { ...INSTANCE, Name: 'm' }],
    ['DeletePermissionSet', PERMISSION_SET],
    ['DeleteInstance', INSTANCE],
  ],
  identitystore: [
    ['sso:CreateInstance', {}],
    ['CreateUser', { ...STORE, UserName: 'ann', DisplayName: 'Ann' }],
    ['ListUsers', STORE],
    ['DescribeUser', { ...STORE, UserId: UUID }],
    ['CreateGroup', { ...STORE, DisplayName: 'ops' }],
    ['ListGroups', STORE],
    ['DescribeGroup', { ...STORE, GroupId: UUID }],
    ['UpdateGroup', { ...STORE, GroupId: UUID, Operations: [{ AttributePath: 'description', AttributeValue: 'd' }] }],
    ['GetGroupId', { ...STORE, AlternateIdentifier: alternate('displayName', 'ops') }],
    ['DeleteGroup', { ...STORE, GroupId: UUID }],
    ['CreateUser', { ...STORE, UserName: 'bob', Name: { GivenName: 'Bob', FamilyName: 'B' } }],
    ['GetUserId', { ...STORE, AlternateIdentifier: alternate('userName', 'bob') }],
    ['UpdateUser', { ...STORE, UserId: UUID, Operations: [{ AttributePath: 'nickName', AttributeValue: 'B' }] }],
    ['DescribeUser', { ...STORE, UserId: UUID }],
    ['ListGroupMembershipsForMember', { ...STORE, MemberId: { UserId: UUID } }],
    ['IsMemberInGroups', { ...STORE, MemberId: { UserId: UUID }, GroupIds: [UUID] }],
    ['DeleteUser', { ...STORE, UserId: UUID }],
  ],
  s3: [
    ['CreateBucket', { Bucket: 'bucket', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }],
    ['ListBuckets', {}],
    ['HeadBucket', { Bucket: 'bucket' }],
    ['GetBucketLocation', { Bucket: 'bucket' }],
    ['PutBucketTagging', { Bucket: 'bucket', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }],
    ['GetBucketTagging', { Bucket: 'bucket' }],
    ['DeleteBucketTagging', { Bucket: 'bucket' }],
    ['PutBucketPolicy', { Bucket: 'bucket', Policy: policyOn('arn:aws:s3:::bucket') }],
    ['GetBucketPolicy', { Bucket: 'bucket' }],
    ['GetBucketPolicyStatus', { Bucket: 'bucket' }],
    ['DeleteBucketPolicy', { Bucket: 'bucket' }],
    ['PutPublicAccessBlock', { Bucket: 'bucket', PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
    ['GetPublicAccessBlock', { Bucket: 'bucket' }],
    ['DeletePublicAccessBlock', { Bucket: 'bucket' }],
    ['DeleteBucket', { Bucket: 'bucket' }],
  ],
  lambda: [
    [
      'CreateFunction',
      { FunctionName: 'f', Role: ROLE, Runtime: 'nodejs24.x', Handler: 'i.h', Code: {}, Tags: { a: 'b' } },
    ],
    ['ListFunctions', {}],
    ['GetFunction', { FunctionName: 'f' }],
    ['GetFunctionConfiguration', { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST' }],
    [
      'AddPermission',
      { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
    ],
    ['GetPolicy', { FunctionName: 'f' }],
    ['RemovePermission', { FunctionName: 'f', StatementId: 's' }],
    ['TagResource', { Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f', Tags: { a: 'b' } }],
    ['ListTags', { Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f' }],
    ['UntagResource', { Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f', TagKeys: ['a'] }],
    ['DeleteFunction', { FunctionName: 'f' }],
  ],
  kms: [
    ['CreateKey', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
    ['ListKeys', {}],
    ['DescribeKey', { KeyId: UUID }],
    ['GetKeyPolicy', { KeyId: UUID }],
    ['PutKeyPolicy', { KeyId: UUID, Policy: policyOn('*') }],
    ['ListKeyPolicies', { KeyId: UUID }],
    ['CreateAlias', { AliasName: 'alias/a', TargetKeyId: UUID }],
    ['CreateGrant', { KeyId: UUID, GranteePrincipal: 'arn:aws:iam::444455556666:root', Operations: ['Decrypt'] }],
    ['ListGrants', { KeyId: UUID }],
    ['ListAliases', { KeyId: 'alias/a' }],
    ['DeleteAlias', { AliasName: 'alias/a' }],
    ['TagResource', { KeyId: UUID, Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
    ['ListResourceTags', { KeyId: UUID }],
    ['UntagResource', { KeyId: UUID, TagKeys: ['a'] }],
    ['ScheduleKeyDeletion', { KeyId: UUID }],
  ],
  sqs: [
    ['CreateQueue', { QueueName: 'q', tags: { a: 'b' } }],
    ['ListQueues', {}],
    ['GetQueueUrl', { QueueName: 'q' }],
    ['SetQueueAttributes', { QueueUrl: 'q', Attributes: { Policy: policyOn('*') } }],
    ['GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] }],
    ['TagQueue', { QueueUrl: 'q', Tags: { a: 'b' } }],
    ['ListQueueTags', { QueueUrl: 'q' }],
    ['UntagQueue', { QueueUrl: 'q', TagKeys: ['a'] }],
    ['DeleteQueue', { QueueUrl: 'q' }],
  ],
  sns: [
    ['CreateTopic', { Name: 't' }],
    ['ListTopics', {}],
    ['SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue: policyOn(TOPIC) }],
    ['GetTopicAttributes', { TopicArn: TOPIC }],
    ['TagResource', { ResourceArn: TOPIC, Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsForResource', { ResourceArn: TOPIC }],
    ['UntagResource', { ResourceArn: TOPIC, TagKeys: ['a'] }],
    ['DeleteTopic', { TopicArn: TOPIC }],
  ],
  secretsmanager: [
    ['CreateSecret', { Name: 's', SecretString: 'x', Description: 'd', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListSecrets', {}],
    ['DescribeSecret', { SecretId: 's' }],
    ['PutResourcePolicy', { SecretId: 's', ResourcePolicy: policyOn('*') }],
    ['GetResourcePolicy', { SecretId: 's' }],
    ['DeleteResourcePolicy', { SecretId: 's' }],
    ['TagResource', { SecretId: 's', Tags: [{ Key: 'a', Value: 'b' }] }],
    ['UntagResource', { SecretId: 's', TagKeys: ['a'] }],
    ['DeleteSecret', { SecretId: 's' }],
  ],
  ecr: [
    ['CreateRepository', { repositoryName: 'repo' }],
    ['DescribeRepositories', {}],
    ['SetRepositoryPolicy', { repositoryName: 'repo', policyText: policyOn('*') }],
    ['GetRepositoryPolicy', { repositoryName: 'repo' }],
    ['DeleteRepositoryPolicy', { repositoryName: 'repo' }],
    ['TagResource', { resourceArn: REPOSITORY, tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsForResource', { resourceArn: REPOSITORY }],
    ['UntagResource', { resourceArn: REPOSITORY, tagKeys: ['a'] }],
    ['DeleteRepository', { repositoryName: 'repo' }],
  ],
  dynamodb: [
    [
      'CreateTable',
      {
        TableName: 'table',
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    ],
    ['ListTables', {}],
    ['DescribeTable', { TableName: 'table' }],
    ['PutResourcePolicy', { ResourceArn: TABLE, Policy: policyOn(TABLE) }],
    ['GetResourcePolicy', { ResourceArn: TABLE }],
    ['DeleteResourcePolicy', { ResourceArn: TABLE }],
    ['TagResource', { ResourceArn: TABLE, Tags: [{ Key: 'a', Value: 'b' }] }],
    ['ListTagsOfResource', { ResourceArn: TABLE }],
    ['UntagResource', { ResourceArn: TABLE, TagKeys: ['a'] }],
    ['DeleteTable', { TableName: 'table' }],
  ],
};

const withRole = (cloud: CloudState, RoleName: string, Principal: object): CloudState => {
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const outcome = operations.get('iam:CreateRole')?.run(cloud, { RoleName, AssumeRolePolicyDocument }, call);
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return outcome.value.cloud;
};

/** An account with a role that functions may run as, and one that another account may assume. */
const withRoles = (): CloudState => {
  const empty = cloudOf(emptyAccount(call.account, call.now));
  const withOne = withRole(empty, 'r', { Service: 'lambda.amazonaws.com' });
  return withRole(withOne, 'outsiders', { AWS: 'arn:aws:iam::210987654321:root' });
};

/** Those that the script's account cannot call with success. */
// What needs a second account, or a user and a group with ids of their own: see `handshakes.test.ts`, `identity-store.test.ts`.
const NOT_FOR_THIS_ACCOUNT = ['AcceptHandshake', 'DeclineHandshake', 'EnableAllFeatures', 'LeaveOrganization'].map(
  (action) => `organizations:${action}`,
);

/** Those of services of AWS. */
const OF_SERVICES = ['CreateServiceLinkedAnalyzer', 'DeleteServiceLinkedAnalyzer'].map(
  (action) => `access-analyzer:${action}`,
);

/** Those on findings of unused permissions, which the script's account has none of: access-analyzer.test.ts asks them. */
const OF_UNUSED = ['GenerateFindingRecommendation', 'GetFindingRecommendation'].map(
  (action) => `access-analyzer:${action}`,
);

const MEMBERSHIPS = [
  'CreateGroupMembership',
  'DeleteGroupMembership',
  'DescribeGroupMembership',
  'GetGroupMembershipId',
  'ListGroupMemberships',
].map((action) => `identitystore:${action}`);

/** What needs the id of a grant is called in `key-grants.test.ts`. */
const OF_GRANTS = ['kms:RevokeGrant'];

const fullName = (service: string, name: string): string => (name.includes(':') ? name : `${service}:${name}`);

describe('the operations of a service around IAM', () => {
  it('are called in this test, each of them', () => {
    const called = Object.entries(scripts).flatMap(([service, steps]) =>
      steps.map(([name]) => fullName(service, name)),
    );
    const there = [...operations.keys()].filter((name) => !/^(?:iam|sts):/.test(name));
    expect(
      [
        ...new Set([...called, ...NOT_FOR_THIS_ACCOUNT, ...OF_SERVICES, ...OF_UNUSED, ...MEMBERSHIPS, ...OF_GRANTS]),
      ].sort(),
    ).toEqual(there.sort());
  });

  it.each(Object.keys(scripts))('answer what AWS’s model of them knows: %s', async (service) => {
    let cloud = withRoles();
    let answer: Answer = {};
    for (const [name, given] of scripts[service] ?? []) {
      const input = typeof given === 'function' ? given(answer) : given;
      const full = fullName(service, name);
      const [owner = '', action = ''] = full.split(':');
      const outcome = operations.get(full)?.run(cloud, input, call);
      const output = (await awsService(owner))?.operations.get(action)?.output;
      if (output === undefined || outcome?.ok !== true) throw new Error(`${name} gave ${JSON.stringify(outcome)}`);
      expect(misfits(output, outcome.value.answer, name)).toEqual([]);
      ({ cloud, answer } = outcome.value);
      expectKept(cloud);
    }
  });
});
