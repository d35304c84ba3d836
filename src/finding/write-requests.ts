import type { ChangedType, ChangeKind } from './account-change.ts';

/** What a request can change. */
export type ThingType = Exclude<ChangedType, 'ArchiveRule'>;

/** What of a thing a request can change; `attachment`: to whom a policy is attached. */
export type Cause = Exclude<ChangeKind, 'permissions'> | 'attachment';

/** Requests that change the same of the same things. */
export interface WriteRequests {
  readonly requests: readonly string[];
  readonly type: ThingType;
  /** The parameters of the request, or of the answer to it, that name the thing; none: the account has one. */
  readonly named: readonly string[];
  readonly causes: readonly Cause[];
  /** The parameters that name the part of the thing. */
  readonly parts?: readonly string[];
}

const USER = { type: 'User', named: ['userName', 'userId', 'newUserName'] } as const;
const GROUP = { type: 'Group', named: ['groupName', 'groupId', 'newGroupName'] } as const;
const ROLE = { type: 'Role', named: ['roleName', 'roleId'] } as const;
const ROOT = { type: 'RootUser', named: [] } as const;
const MANAGED_POLICY = { type: 'ManagedPolicy', named: ['policyArn', 'arn'] } as const;
const PROFILE = { type: 'InstanceProfile', named: ['instanceProfileName'] } as const;
const PROVIDER = {
  type: 'IdentityProvider',
  named: ['sAMLProviderArn', 'samlProviderArn', 'openIDConnectProviderArn'],
} as const;
const ANALYZER = { type: 'Analyzer', named: ['analyzerName', 'arn'] } as const;
/** Policies are known by the level that they hang on; which level an edited one hangs on no event of it tells. */
const ORGANIZATION_POLICY = { type: 'OrganizationPolicy', named: ['targetId', 'accountId'] } as const;
const ACCOUNT = { type: 'Account', named: [] } as const;

const POLICY = ['policyName', 'policyArn'] as const;
const KEY = ['accessKeyId'] as const;
const DEVICE = ['serialNumber'] as const;

const iam = (...names: readonly string[]): readonly string[] => names.map((name) => `iam:${name}`);

const MFA_REQUESTS = iam('EnableMFADevice', 'DeactivateMFADevice', 'ResyncMFADevice');
const KEY_REQUESTS = iam('CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey');
const CERTIFICATE_REQUESTS = iam('UploadSigningCertificate', 'UpdateSigningCertificate', 'DeleteSigningCertificate');

/** The resources whose policies are judged, as their services name them. */
const resource = (
  service: string,
  names: readonly string[],
  named: readonly string[],
  causes: readonly Cause[] = ['resource-policy'],
): WriteRequests => ({ requests: names.map((name) => `${service}:${name}`), type: 'Resource', named, causes });

const FUNCTION = ['functionName', 'functionArn'];
const KMS_KEY = ['keyId', 'arn'];
const QUEUE = ['queueUrl', 'queueName'];
const TOPIC = ['topicArn'];
const SECRET = ['secretId', 'arn', 'aRN', 'name'];
const REPOSITORY = ['repositoryName'];
const TABLE = ['resourceArn', 'tableName'];
const BUCKET = ['bucketName'];
const MADE: readonly Cause[] = ['created'];

/**
 * Which requests change what of what. Source: the request parameters and answers of each operation (IAM, AWS Organizations,
 * IAM Access Analyzer and the services' API References), which CloudTrail records with a small first letter ("CloudTrail
 * record contents", AWS CloudTrail User Guide).
 */
export const WRITE_REQUESTS: readonly WriteRequests[] = [
  { requests: iam('CreateUser'), ...USER, causes: ['created'] },
  { requests: iam('DeleteUser'), ...USER, causes: ['deleted'] },
  { requests: iam('UpdateUser'), ...USER, causes: ['renamed'] },
  { requests: iam('TagUser', 'UntagUser'), ...USER, causes: ['tags'] },
  {
    requests: iam('AttachUserPolicy', 'DetachUserPolicy', 'PutUserPolicy', 'DeleteUserPolicy'),
    ...USER,
    causes: ['policies'],
    parts: POLICY,
  },
  {
    requests: iam('PutUserPermissionsBoundary', 'DeleteUserPermissionsBoundary'),
    ...USER,
    causes: ['permissions-boundary'],
  },
  {
    requests: iam('AddUserToGroup', 'RemoveUserFromGroup'),
    ...USER,
    causes: ['group-membership'],
    parts: ['groupName'],
  },
  { requests: KEY_REQUESTS, ...USER, causes: ['access-key'], parts: KEY },
  {
    requests: iam('CreateLoginProfile', 'UpdateLoginProfile', 'DeleteLoginProfile', 'ChangePassword'),
    ...USER,
    causes: ['password'],
  },
  { requests: MFA_REQUESTS, ...USER, causes: ['mfa'], parts: DEVICE },
  { requests: CERTIFICATE_REQUESTS, ...USER, causes: ['credential'], parts: ['certificateId'] },
  {
    requests: iam('UploadSSHPublicKey', 'UpdateSSHPublicKey', 'DeleteSSHPublicKey'),
    ...USER,
    causes: ['credential'],
    parts: ['sSHPublicKeyId'],
  },
  {
    requests: iam(
      'CreateServiceSpecificCredential',
      'UpdateServiceSpecificCredential',
      'DeleteServiceSpecificCredential',
      'ResetServiceSpecificCredential',
    ),
    ...USER,
    causes: ['credential'],
    parts: ['serviceSpecificCredentialId'],
  },
  { requests: iam('CreateGroup'), ...GROUP, causes: ['created'] },
  { requests: iam('DeleteGroup'), ...GROUP, causes: ['deleted'] },
  { requests: iam('UpdateGroup'), ...GROUP, causes: ['renamed'] },
  {
    requests: iam('AttachGroupPolicy', 'DetachGroupPolicy', 'PutGroupPolicy', 'DeleteGroupPolicy'),
    ...GROUP,
    causes: ['policies'],
    parts: POLICY,
  },
  {
    requests: iam('AddUserToGroup', 'RemoveUserFromGroup'),
    ...GROUP,
    causes: ['group-membership'],
    parts: ['userName'],
  },
  {
    requests: iam('CreateRole', 'CreateServiceLinkedRole'),
    ...ROLE,
    causes: ['created'],
  },
  { requests: iam('DeleteRole', 'DeleteServiceLinkedRole'), ...ROLE, causes: ['deleted'] },
  { requests: iam('UpdateAssumeRolePolicy'), ...ROLE, causes: ['trust-policy'] },
  { requests: iam('TagRole', 'UntagRole'), ...ROLE, causes: ['tags'] },
  {
    requests: iam('AttachRolePolicy', 'DetachRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy'),
    ...ROLE,
    causes: ['policies'],
    parts: POLICY,
  },
  {
    requests: iam('PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'),
    ...ROLE,
    causes: ['permissions-boundary'],
  },
  { requests: iam('CreatePolicy'), ...MANAGED_POLICY, causes: ['created'] },
  { requests: iam('DeletePolicy'), ...MANAGED_POLICY, causes: ['deleted'] },
  {
    requests: iam('CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'),
    ...MANAGED_POLICY,
    causes: ['policy-version'],
  },
  {
    requests: iam(
      'AttachUserPolicy',
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'DetachUserPolicy',
      'DetachGroupPolicy',
      'DetachRolePolicy',
    ),
    ...MANAGED_POLICY,
    causes: ['attachment'],
  },
  { requests: iam('TagPolicy', 'UntagPolicy'), ...MANAGED_POLICY, causes: ['tags'] },
  { requests: iam('CreateInstanceProfile'), ...PROFILE, causes: ['created'] },
  { requests: iam('DeleteInstanceProfile'), ...PROFILE, causes: ['deleted'] },
  {
    requests: iam('AddRoleToInstanceProfile', 'RemoveRoleFromInstanceProfile'),
    ...PROFILE,
    causes: ['instance-profile'],
  },
  {
    requests: iam('CreateSAMLProvider', 'CreateOpenIDConnectProvider'),
    ...PROVIDER,
    causes: ['created', 'identity-provider'],
  },
  { requests: iam('DeleteSAMLProvider', 'DeleteOpenIDConnectProvider'), ...PROVIDER, causes: ['deleted'] },
  {
    requests: iam(
      'UpdateSAMLProvider',
      'AddClientIDToOpenIDConnectProvider',
      'RemoveClientIDFromOpenIDConnectProvider',
      'UpdateOpenIDConnectProviderThumbprint',
    ),
    ...PROVIDER,
    causes: ['identity-provider'],
  },
  {
    requests: iam('UploadServerCertificate', 'UpdateServerCertificate', 'DeleteServerCertificate'),
    type: 'ServerCertificate',
    named: ['serverCertificateName', 'newServerCertificateName', 'serverCertificateId'],
    causes: ['created', 'deleted', 'credential'],
  },
  { requests: KEY_REQUESTS, ...ROOT, causes: ['access-key'], parts: KEY },
  { requests: MFA_REQUESTS, ...ROOT, causes: ['mfa'], parts: DEVICE },
  { requests: CERTIFICATE_REQUESTS, ...ROOT, causes: ['credential'] },
  {
    requests: iam('UpdateAccountPasswordPolicy', 'DeleteAccountPasswordPolicy'),
    ...ACCOUNT,
    causes: ['password-policy'],
  },
  {
    requests: ['organizations:AttachPolicy', 'organizations:DetachPolicy', 'organizations:MoveAccount'],
    ...ORGANIZATION_POLICY,
    causes: ['organization-policy'],
  },
  {
    requests: ['access-analyzer:CreateAnalyzer', 'access-analyzer:UpdateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
    ...ANALYZER,
    causes: ['analyzer', 'created', 'deleted'],
  },
  {
    requests: [
      'access-analyzer:CreateArchiveRule',
      'access-analyzer:UpdateArchiveRule',
      'access-analyzer:DeleteArchiveRule',
    ],
    ...ANALYZER,
    causes: ['archive-rule', 'created', 'deleted'],
    parts: ['ruleName'],
  },
  resource('s3', ['CreateBucket'], BUCKET, MADE),
  resource('s3', ['PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketAcl'], BUCKET),
  resource('s3', ['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock'], BUCKET),
  resource('kms', ['CreateKey'], KMS_KEY, MADE),
  resource('kms', ['PutKeyPolicy', 'CreateGrant', 'RevokeGrant', 'RetireGrant'], KMS_KEY),
  resource('sqs', ['CreateQueue'], QUEUE, MADE),
  resource('sqs', ['SetQueueAttributes', 'AddPermission', 'RemovePermission'], QUEUE),
  resource('sns', ['CreateTopic'], TOPIC, MADE),
  resource('sns', ['SetTopicAttributes', 'AddPermission', 'RemovePermission'], TOPIC),
  resource('lambda', ['CreateFunction'], FUNCTION, MADE),
  resource('lambda', ['AddPermission', 'RemovePermission'], FUNCTION),
  resource('secretsmanager', ['CreateSecret'], SECRET, MADE),
  resource('secretsmanager', ['PutResourcePolicy', 'DeleteResourcePolicy'], SECRET),
  resource('ecr', ['CreateRepository'], REPOSITORY, MADE),
  resource('ecr', ['SetRepositoryPolicy', 'DeleteRepositoryPolicy'], REPOSITORY),
  resource('dynamodb', ['CreateTable'], TABLE, MADE),
  resource('dynamodb', ['PutResourcePolicy', 'DeleteResourcePolicy'], TABLE),
];

/** Every request of the table. */
export const KNOWN_WRITES: ReadonlySet<string> = new Set(WRITE_REQUESTS.flatMap(({ requests }) => requests));
