import type { SourceName } from '../../snapshot/collected.ts';

/**
 * Every API that the collector can call, and the source it reads; null: `sts:GetCallerIdentity`, which tells whose
 * account it is and needs no permission. The auditor's policy is printed from this table, and a test compares it with
 * the calls that a full run makes.
 */
export const COLLECTED_ACTIONS = {
  'sts:GetCallerIdentity': null,
  'iam:GetAccountAuthorizationDetails': 'authorization-details',
  'iam:GetPolicy': 'authorization-details',
  'iam:GetPolicyVersion': 'authorization-details',
  'iam:GenerateCredentialReport': 'credential-report',
  'iam:GetCredentialReport': 'credential-report',
  'iam:GetAccountSummary': 'account-summary',
  'iam:GetAccountPasswordPolicy': 'password-policy',
  'iam:ListAccountAliases': 'account-alias',
  'iam:ListVirtualMFADevices': 'mfa-devices',
  'iam:ListMFADevices': 'mfa-devices',
  'iam:ListAccessKeys': 'access-keys',
  'iam:GetAccessKeyLastUsed': 'access-keys',
  'iam:ListServiceSpecificCredentials': 'service-specific-credentials',
  'iam:ListSSHPublicKeys': 'ssh-public-keys',
  'iam:ListSigningCertificates': 'signing-certificates',
  'iam:ListServerCertificates': 'server-certificates',
  'iam:ListSAMLProviders': 'identity-providers',
  'iam:ListOpenIDConnectProviders': 'identity-providers',
  'iam:GetOpenIDConnectProvider': 'identity-providers',
  'iam:ListInstanceProfiles': 'instance-profiles',
  'iam:GenerateServiceLastAccessedDetails': 'last-accessed',
  'iam:GetServiceLastAccessedDetails': 'last-accessed',
  'cloudtrail:LookupEvents': 'cloudtrail',
  'access-analyzer:ListAnalyzers': 'access-analyzer',
  'access-analyzer:ListArchiveRules': 'access-analyzer',
  'access-analyzer:ListFindingsV2': 'access-analyzer',
  'access-analyzer:GetFindingV2': 'access-analyzer',
  'organizations:DescribeOrganization': 'organization',
  'organizations:ListRoots': 'organization',
  'organizations:ListParents': 'organization',
  'organizations:DescribeOrganizationalUnit': 'organization',
  'organizations:ListPoliciesForTarget': 'organization',
  'organizations:DescribePolicy': 'organization',
  'organizations:ListAccounts': 'organization',
  'organizations:ListOrganizationalUnitsForParent': 'organization',
  'organizations:ListAccountsForParent': 'organization',
  'organizations:ListPolicies': 'organization',
  'organizations:ListTargetsForPolicy': 'organization',
  'organizations:ListDelegatedAdministrators': 'organization',
  'organizations:ListDelegatedServicesForAccount': 'organization',
  'iam:ListOrganizationsFeatures': 'organization',
  'sso:ListInstances': 'identity-center',
  'sso:ListPermissionSets': 'identity-center',
  'sso:DescribePermissionSet': 'identity-center',
  'sso:ListManagedPoliciesInPermissionSet': 'identity-center',
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': 'identity-center',
  'sso:GetInlinePolicyForPermissionSet': 'identity-center',
  'sso:GetPermissionsBoundaryForPermissionSet': 'identity-center',
  'sso:ListAccountsForProvisionedPermissionSet': 'identity-center',
  'sso:ListAccountAssignments': 'identity-center',
  'identitystore:ListUsers': 'identity-center',
  'identitystore:ListGroups': 'identity-center',
  'identitystore:ListGroupMemberships': 'identity-center',
  's3:ListBuckets': 'resources',
  's3:GetBucketPolicy': 'resources',
  's3:GetPublicAccessBlock': 'resources',
  's3control:GetPublicAccessBlock': 'resources',
  'kms:ListKeys': 'resources',
  'kms:ListAliases': 'resources',
  'kms:GetKeyPolicy': 'resources',
  'kms:ListGrants': 'resources',
  'sqs:ListQueues': 'resources',
  'sqs:GetQueueAttributes': 'resources',
  'sns:ListTopics': 'resources',
  'sns:GetTopicAttributes': 'resources',
  'lambda:ListFunctions': 'resources',
  'lambda:GetPolicy': 'resources',
  'secretsmanager:ListSecrets': 'resources',
  'secretsmanager:GetResourcePolicy': 'resources',
  'ecr:DescribeRepositories': 'resources',
  'ecr:GetRepositoryPolicy': 'resources',
  'dynamodb:ListTables': 'resources',
  'dynamodb:GetResourcePolicy': 'resources',
} as const satisfies Readonly<Record<string, SourceName | null>>;

/** An action of the table that reads a source. */
export type SourceAction = Exclude<keyof typeof COLLECTED_ACTIONS, 'sts:GetCallerIdentity'>;

/**
 * The permission that a call needs, where it has another name.
 * Source: Service Authorization Reference, Amazon S3 and AWS IAM Access Analyzer.
 */
const PERMISSIONS: Readonly<Partial<Record<SourceAction, string>>> = {
  'access-analyzer:ListFindingsV2': 'access-analyzer:ListFindings',
  'access-analyzer:GetFindingV2': 'access-analyzer:GetFinding',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
};

/** The permissions that the collector needs, in order. `sts:GetCallerIdentity` needs none (AWS STS API Reference). */
export const collectorPermissions = (): readonly string[] =>
  Object.keys(COLLECTED_ACTIONS)
    .filter(isSourceAction)
    .map((action) => PERMISSIONS[action] ?? action)
    .sort();

const isSourceAction = (action: string): action is SourceAction => action !== 'sts:GetCallerIdentity';
