import type { AccountState } from '../account-state.ts';
import type { Quotas } from '../quotas.ts';
import { policiesInUse } from './policies-in-use.ts';

/** The numbers that `GetAccountSummary` answers. */
export const accountSummary = (state: AccountState): Readonly<Record<string, number>> => {
  const mfaInUse = state.indexes.mfaDeviceOwners.size;
  const unassigned = [...state.virtualMfaDevices.values()].filter(({ assignedTo }) => assignedTo === null).length;
  return {
    ...quotaNumbers(state.quotas),
    AccountAccessKeysPresent: Number(state.root.accessKeys.length > 0),
    AccountMFAEnabled: Number(state.root.mfaDevices.length > 0),
    AccountPasswordPresent: Number(state.root.loginProfile !== null),
    AccountSigningCertificatesPresent: Number(state.root.signingCertificates.length > 0),
    GlobalEndpointTokenVersion: state.settings.globalEndpointTokenVersion,
    Groups: state.groups.size,
    InstanceProfiles: state.instanceProfiles.size,
    MFADevices: mfaInUse + unassigned,
    MFADevicesInUse: mfaInUse,
    Policies: state.policies.size,
    PolicyVersionsInUse: policiesInUse(state),
    Providers: state.samlProviders.size + state.oidcProviders.size,
    Roles: state.roles.size,
    ServerCertificates: state.serverCertificates.size,
    Users: state.users.size,
  };
};

const quotaNumbers = (quotas: Quotas): Readonly<Record<string, number>> => ({
  AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
  AssumeRolePolicySizeQuota: quotas.ACLSizePerRole,
  AttachedPoliciesPerGroupQuota: quotas.PoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: quotas.PoliciesPerRole,
  AttachedPoliciesPerUserQuota: quotas.PoliciesPerUser,
  GroupPolicySizeQuota: quotas.GroupPolicySize,
  GroupsPerUserQuota: quotas.GroupsPerUser,
  GroupsQuota: quotas.GroupsPerAccount,
  InstanceProfilesQuota: quotas.InstanceProfilesPerAccount,
  PoliciesQuota: quotas.PoliciesPerAccount,
  PolicySizeQuota: quotas.PolicySize,
  PolicyVersionsInUseQuota: quotas.PolicyVersionsInUse,
  RolePolicySizeQuota: quotas.RolePolicySize,
  RolesQuota: quotas.RolesPerAccount,
  ServerCertificatesQuota: quotas.ServerCertificatesPerAccount,
  SigningCertificatesPerUserQuota: quotas.SigningCertificatesPerUser,
  UserPolicySizeQuota: quotas.UserPolicySize,
  UsersQuota: quotas.UsersPerAccount,
  VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
});
