import type { SourceName } from '../../snapshot/collected.ts';

/**
 * Every API action that the collector can call, and the source it reads; null: `sts:GetCallerIdentity`, which tells
 * whose account it is and needs no permission. The auditor's policy is printed from this table, and a test compares it
 * with the calls that a full run makes.
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
} as const satisfies Readonly<Record<string, SourceName | null>>;

/** An action of the table that reads a source. */
export type SourceAction = Exclude<keyof typeof COLLECTED_ACTIONS, 'sts:GetCallerIdentity'>;
