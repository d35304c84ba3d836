import { ok, type Result } from '../kernel/result.ts';
import { type AwsError, awsError } from './aws-error.ts';

/**
 * IAM's quotas as an account has them by default, under the names that `LimitExceeded` tells them by.
 * Source: "IAM and AWS STS quotas", IAM User Guide.
 */
export const DEFAULT_QUOTAS = {
  AccessKeysPerUser: 2,
  /** Of the trust policy, in characters that are no white space. */
  ACLSizePerRole: 2048,
  /** Of all inline policies of a group together, in characters that are no white space; so for users and roles. */
  GroupPolicySize: 5120,
  GroupsPerAccount: 300,
  GroupsPerUser: 10,
  InstanceProfilesPerAccount: 1000,
  InstanceSessionsPerInstanceProfile: 1,
  MFADevicesPerUser: 8,
  OpenIdConnectProvidersPerAccount: 100,
  PoliciesPerAccount: 1500,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  PoliciesPerUser: 10,
  /** Of one version of a managed policy, in characters that are no white space. */
  PolicySize: 6144,
  PolicyVersionsInUse: 10_000,
  RolePolicySize: 10_240,
  RolesPerAccount: 1000,
  SAMLProvidersPerAccount: 100,
  ServerCertificatesPerAccount: 20,
  ServiceSpecificCredentialsPerUser: 2,
  SigningCertificatesPerUser: 2,
  SSHPublicKeysPerUser: 5,
  UserPolicySize: 2048,
  UsersPerAccount: 5000,
  VersionsPerPolicy: 5,
} as const;

/** A quota of IAM. */
export type QuotaName = keyof typeof DEFAULT_QUOTAS;

/** The quotas of one account. */
export type Quotas = Readonly<Record<QuotaName, number>>;

/** Whether so many are allowed; `LimitExceeded` in AWS's words where they are not. */
export const checkQuota = (
  { quotas }: { readonly quotas: Quotas },
  quota: QuotaName,
  wanted: number,
): Result<null, AwsError> =>
  wanted <= quotas[quota] ? ok(null) : awsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${quotas[quota]}`);

/** Length of a policy document as IAM counts it: without white space. */
export const policySize = (document: string): number => document.replace(/\s/g, '').length;

const INLINE_QUOTA = { user: 'UserPolicySize', group: 'GroupPolicySize', role: 'RolePolicySize' } as const;

/** Whether these inline policies of one entity are small enough together; `LimitExceeded` where they are not. */
export const checkInlineSize = (
  { quotas }: { readonly quotas: Quotas },
  entity: 'user' | 'group' | 'role',
  name: string,
  policies: readonly { readonly document: string }[],
): Result<null, AwsError> => {
  const limit = quotas[INLINE_QUOTA[entity]];
  return policies.reduce((sum, { document }) => sum + policySize(document), 0) <= limit
    ? ok(null)
    : awsError('LimitExceeded', `Maximum policy size of ${limit} bytes exceeded for ${entity} ${name}`);
};
