import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';
import { DEFAULT_SETTINGS } from './account-settings-state.ts';
import {
  type AccountIndexes,
  type AccountState,
  type GroupState,
  type InstanceProfileState,
  type ManagedPolicyState,
  nameKey,
  type PolicyUse,
  type RoleState,
  type UserState,
} from './account-state.ts';
import type { AccountPlace } from './call.ts';
import { OrderedMap } from './ordered-map.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';
import { principalsOf, replacePrincipal } from './trust-document.ts';

/** An account as AWS hands it out: a root user without keys or MFA, and nothing else. */
export const emptyAccount = ({ accountId, partition }: AccountPlace, createDate: Instant): AccountState => ({
  accountId,
  partition,
  alias: null,
  root: {
    createDate,
    loginProfile: {
      createDate,
      lastChanged: createDate,
      passwordResetRequired: false,
      password: null,
      formerPasswords: [],
    },
    passwordLastUsed: null,
    accessKeys: [],
    mfaDevices: [],
    signingCertificates: [],
  },
  users: OrderedMap.empty(),
  groups: OrderedMap.empty(),
  roles: OrderedMap.empty(),
  policies: OrderedMap.empty(),
  instanceProfiles: OrderedMap.empty(),
  serverCertificates: OrderedMap.empty(),
  samlProviders: OrderedMap.empty(),
  oidcProviders: OrderedMap.empty(),
  virtualMfaDevices: OrderedMap.empty(),
  passwordPolicy: null,
  credentialReport: { kind: 'none' },
  roleDeletions: OrderedMap.empty(),
  settings: DEFAULT_SETTINGS,
  delegationRequests: OrderedMap.empty(),
  actionUses: OrderedMap.empty(),
  accessReports: OrderedMap.empty(),
  quotas: DEFAULT_QUOTAS,
  resources: OrderedMap.empty(),
  analyzers: OrderedMap.empty(),
  policyGenerations: OrderedMap.empty(),
  identityCenter: null,
  indexes: {
    policyUses: OrderedMap.empty(),
    groupMembers: OrderedMap.empty(),
    roleProfiles: OrderedMap.empty(),
    trustedPrincipals: OrderedMap.empty(),
    accessKeyOwners: OrderedMap.empty(),
    mfaDeviceOwners: OrderedMap.empty(),
    certificateOwners: OrderedMap.empty(),
    serviceCredentialOwners: OrderedMap.empty(),
  },
});

/** The account with a user added or replaced, and the indexes with it. */
export const withUser = (state: AccountState, user: UserState): AccountState => {
  const key = nameKey(user.userName);
  return {
    ...state,
    users: state.users.set(key, user),
    indexes: userIndexes(state.indexes, key, state.users.get(key), user),
  };
};

/** The account without a user, and the indexes with it. */
export const withoutUser = (state: AccountState, key: string): AccountState => ({
  ...state,
  users: state.users.delete(key),
  indexes: userIndexes(state.indexes, key, state.users.get(key), undefined),
});

const userIndexes = (
  indexes: AccountIndexes,
  key: string,
  before: UserState | undefined,
  after: UserState | undefined,
): AccountIndexes => ({
  ...indexes,
  policyUses: reindexed(indexes.policyUses, policyUses('user', key, before), policyUses('user', key, after)),
  groupMembers: reindexed(indexes.groupMembers, memberships(key, before), memberships(key, after)),
  accessKeyOwners: reindexed(indexes.accessKeyOwners, keyOwners(key, before), keyOwners(key, after)),
  mfaDeviceOwners: reindexed(indexes.mfaDeviceOwners, deviceOwners(key, before), deviceOwners(key, after)),
  certificateOwners: reindexed(
    indexes.certificateOwners,
    certificateOwners(key, before),
    certificateOwners(key, after),
  ),
  serviceCredentialOwners: reindexed(
    indexes.serviceCredentialOwners,
    serviceCredentialOwners(key, before),
    serviceCredentialOwners(key, after),
  ),
});

/** The account with a group added or replaced, and the indexes with it. */
export const withGroup = (state: AccountState, group: GroupState): AccountState => {
  const key = nameKey(group.groupName);
  const policyUsesBefore = policyUses('group', key, state.groups.get(key));
  return {
    ...state,
    groups: state.groups.set(key, group),
    indexes: {
      ...state.indexes,
      policyUses: reindexed(state.indexes.policyUses, policyUsesBefore, policyUses('group', key, group)),
    },
  };
};

/** The account without a group, and the indexes with it; whoever is in it is to be taken out before. */
export const withoutGroup = (state: AccountState, key: string): AccountState => ({
  ...state,
  groups: state.groups.delete(key),
  indexes: {
    ...state.indexes,
    policyUses: reindexed(state.indexes.policyUses, policyUses('group', key, state.groups.get(key)), []),
  },
});

/** The account with a role added or replaced, and the indexes with it. */
export const withRole = (state: AccountState, role: RoleState): AccountState => {
  const key = nameKey(role.roleName);
  return { ...state, roles: state.roles.set(key, role), indexes: roleIndexes(state, key, role) };
};

/** The account without a role, and the indexes with it. */
export const withoutRole = (state: AccountState, key: string): AccountState => ({
  ...state,
  roles: state.roles.delete(key),
  indexes: roleIndexes(state, key, undefined),
});

const roleIndexes = ({ roles, indexes }: AccountState, key: string, after: RoleState | undefined): AccountIndexes => {
  const before = roles.get(key);
  return {
    ...indexes,
    policyUses: reindexed(indexes.policyUses, policyUses('role', key, before), policyUses('role', key, after)),
    trustedPrincipals:
      before?.assumeRolePolicyDocument === after?.assumeRolePolicyDocument
        ? indexes.trustedPrincipals
        : reindexed(indexes.trustedPrincipals, trusts(key, before), trusts(key, after)),
  };
};

/** The account with an instance profile added or replaced, and the indexes with it. */
export const withInstanceProfile = (state: AccountState, profile: InstanceProfileState): AccountState => {
  const key = nameKey(profile.instanceProfileName);
  const before = roleProfiles(key, state.instanceProfiles.get(key));
  return {
    ...state,
    instanceProfiles: state.instanceProfiles.set(key, profile),
    indexes: {
      ...state.indexes,
      roleProfiles: reindexed(state.indexes.roleProfiles, before, roleProfiles(key, profile)),
    },
  };
};

/** The account without an instance profile, and the indexes with it. */
export const withoutInstanceProfile = (state: AccountState, key: string): AccountState => ({
  ...state,
  instanceProfiles: state.instanceProfiles.delete(key),
  indexes: {
    ...state.indexes,
    roleProfiles: reindexed(state.indexes.roleProfiles, roleProfiles(key, state.instanceProfiles.get(key)), []),
  },
});

/** The account with a customer managed policy added or replaced. */
export const withPolicy = (state: AccountState, policy: ManagedPolicyState): AccountState => ({
  ...state,
  policies: state.policies.set(nameKey(policy.policyName), policy),
});

/** The account without a customer managed policy, which nothing may use any more. */
export const withoutPolicy = (state: AccountState, { policyName }: ManagedPolicyState): AccountState => ({
  ...state,
  policies: state.policies.delete(nameKey(policyName)),
});

/**
 * The account with a user or role that is gone put by its unique id into the trust policies that named it: one of the
 * same name that comes later is somebody else. Source: "AWS JSON policy elements: Principal", IAM User Guide.
 */
export const withOrphan = (state: AccountState, arn: Arn, id: string): AccountState =>
  [...state.indexes.trustedPrincipals.entriesWithPrefix(indexPrefix(arn))].reduce((account, [, key]) => {
    const role = account.roles.get(key);
    if (role === undefined) return account;
    const assumeRolePolicyDocument = replacePrincipal(role.assumeRolePolicyDocument, arn, id);
    return withRole(account, { ...role, assumeRolePolicyDocument });
  }, state);

/** The beginning of an index key that names these parts. No name, ARN or id can hold a NUL. */
export const indexPrefix = (...parts: readonly string[]): string => parts.map((part) => `${part}\0`).join('');

type IndexEntries<V> = readonly (readonly [string, V])[];

const reindexed = <V>(index: OrderedMap<V>, before: IndexEntries<V>, after: IndexEntries<V>): OrderedMap<V> => {
  const kept = new Set(after.map(([key]) => key));
  const cleared = before.reduce((map, [key]) => (kept.has(key) ? map : map.delete(key)), index);
  return after.reduce((map, [key, value]) => (map.has(key) ? map : map.set(key, value)), cleared);
};

const policyUses = (
  entity: PolicyUse['entity'],
  key: string,
  holder: { readonly attachedPolicies: readonly Arn[]; readonly permissionsBoundary?: Arn | null } | undefined,
): IndexEntries<PolicyUse> => {
  const entry = (arn: Arn, use: PolicyUse['use']): readonly [string, PolicyUse] => [
    indexPrefix(arn, use, entity, key),
    { use, entity, nameKey: key },
  ];
  const attached = (holder?.attachedPolicies ?? []).map((arn) => entry(arn, 'attached'));
  const boundary = holder?.permissionsBoundary ?? null;
  return boundary === null ? attached : [...attached, entry(boundary, 'boundary')];
};

const memberships = (key: string, user: UserState | undefined): IndexEntries<string> =>
  (user?.groups ?? []).map((group) => [indexPrefix(nameKey(group), key), key]);

const keyOwners = (key: string, user: UserState | undefined): IndexEntries<string> =>
  (user?.accessKeys ?? []).map(({ accessKeyId }) => [accessKeyId, key]);

const deviceOwners = (key: string, user: UserState | undefined): IndexEntries<string> =>
  (user?.mfaDevices ?? []).map(({ serialNumber }) => [serialNumber, key]);

const certificateOwners = (key: string, user: UserState | undefined): IndexEntries<string> =>
  (user?.signingCertificates ?? []).flatMap(({ fingerprint }) => (fingerprint === '' ? [] : [[fingerprint, key]]));

const serviceCredentialOwners = (key: string, user: UserState | undefined): IndexEntries<string> =>
  (user?.serviceSpecificCredentials ?? []).map(({ id }) => [indexPrefix(key, id), key]);

const trusts = (key: string, role: RoleState | undefined): IndexEntries<string> =>
  role === undefined
    ? []
    : principalsOf(role.assumeRolePolicyDocument)
        .filter(({ value }) => /:(?:user|role)\//.test(value))
        .map(({ value }) => [indexPrefix(value, key), key]);

const roleProfiles = (key: string, profile: InstanceProfileState | undefined): IndexEntries<string> =>
  (profile?.roles ?? []).map((role) => [indexPrefix(nameKey(role), key), key]);
