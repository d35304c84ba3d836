import type { AccountState } from '../account-state.ts';

/** IAM's default quotas, as `GetAccountSummary` names them. Source: "IAM and AWS STS quotas", IAM User Guide. */
const QUOTAS = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10000,
  RolePolicySizeQuota: 10240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
} as const;

/** The numbers that `GetAccountSummary` answers. */
export const accountSummary = (state: AccountState): Readonly<Record<string, number>> => {
  const mfaDevicesOfUsers = [...state.users.values()].map(({ mfaDevices }) => mfaDevices.length);
  const mfaInUse = mfaDevicesOfUsers.reduce((sum, count) => sum + count, 0);
  const unassigned = [...state.virtualMfaDevices.values()].filter(({ assignedTo }) => assignedTo === null).length;
  const versions = [...state.policies.values()].map((policy) => policy.versions.length);
  return {
    ...QUOTAS,
    AccountAccessKeysPresent: Number(state.root.accessKeys.length > 0),
    AccountMFAEnabled: Number(state.root.mfaDevices.length > 0),
    AccountPasswordPresent: 1,
    AccountSigningCertificatesPresent: Number(state.root.signingCertificates.length > 0),
    GlobalEndpointTokenVersion: 1,
    Groups: state.groups.size,
    InstanceProfiles: state.instanceProfiles.size,
    MFADevices: mfaInUse + unassigned,
    MFADevicesInUse: mfaInUse,
    Policies: state.policies.size,
    PolicyVersionsInUse: versions.reduce((sum, count) => sum + count, 0),
    Providers: state.samlProviders.size + state.oidcProviders.size,
    Roles: state.roles.size,
    ServerCertificates: state.serverCertificates.size,
    Users: state.users.size,
  };
};
