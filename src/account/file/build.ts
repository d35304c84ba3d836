import { type Arn, iamArn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { emptyAccount, withGroup, withInstanceProfile, withRole, withUser } from '../account-edits.ts';
import { type AccountState, type ManagedPolicyState, nameKey, type UserState } from '../account-state.ts';
import { OrderedMap } from '../ordered-map.ts';
import { type UniqueIdPrefix, uniqueId } from '../unique-id.ts';
import { accessKeys, mfaDevices, serviceSpecificCredentials, uploads, virtualDevices } from './credentials.ts';
import { type Complain, checkReferences, type FilePath, policyResolver } from './references.ts';
import type { AccountFile } from './schema.ts';

/** Makes the account that a file describes; what names something absent or twice is complained of and left out. */
export const buildAccount = (file: AccountFile, complain: Complain): AccountState => {
  checkReferences(file, complain);
  const builder = entityBuilder(file, complain);
  const bare: AccountState = {
    ...emptyAccount(file, file.root.createDate),
    alias: file.alias,
    root: {
      createDate: file.root.createDate,
      passwordLastUsed: file.root.passwordLastUsed,
      accessKeys: accessKeys(file, file.root.accessKeys, ['root']),
      mfaDevices: mfaDevices(file, file.root.mfa, 'root-account-mfa-device'),
      signingCertificates: uploads(file, file.root.signingCertificates, ['root']),
    },
    policies: byName(file.policies.map(builder.policy), ({ policyName }) => policyName),
    serverCertificates: byName(
      file.serverCertificates.map(builder.serverCertificate),
      ({ serverCertificateName }) => serverCertificateName,
    ),
    samlProviders: OrderedMap.from(file.samlProviders.map(builder.samlProvider).map((made) => [made.arn, made])),
    oidcProviders: OrderedMap.from(file.oidcProviders.map(builder.oidcProvider).map((made) => [made.arn, made])),
    virtualMfaDevices: virtualDevices(file),
    passwordPolicy: file.passwordPolicy,
  };
  const withGroups = file.groups.map(builder.group).reduce(withGroup, bare);
  const withUsers = file.users.map(builder.user).reduce(withUser, withGroups);
  const withRoles = file.roles.map(builder.role).reduce(withRole, withUsers);
  return file.instanceProfiles.map(builder.instanceProfile).reduce(withInstanceProfile, withRoles);
};

const byName = <V>(entities: readonly V[], nameOf: (entity: V) => string): OrderedMap<V> =>
  OrderedMap.from(entities.map((entity) => [nameKey(nameOf(entity)), entity]));

type Entry<
  Part extends
    | 'policies'
    | 'groups'
    | 'users'
    | 'roles'
    | 'instanceProfiles'
    | 'serverCertificates'
    | 'samlProviders'
    | 'oidcProviders',
> = AccountFile[Part][number];

const entityBuilder = (file: AccountFile, complain: Complain) => {
  const arnOf = (kind: string, path: string, name: string): Arn =>
    iamArn(file.partition, file.accountId, `${kind}${path}${name}`);
  const idOf = (given: string | null, prefix: UniqueIdPrefix, kind: string, name: string): string =>
    given ?? uniqueId(prefix, [file.accountId, kind, nameKey(name)]);
  const resolvePolicy = policyResolver(file, complain);
  const attached = (names: readonly string[], at: FilePath): Arn[] =>
    names.flatMap((name, index) => resolvePolicy(name, [...at, 'attachedPolicies', index]) ?? []);
  const boundary = (name: string | null, at: FilePath): Arn | null =>
    name === null ? null : (resolvePolicy(name, [...at, 'permissionsBoundary']) ?? null);

  return {
    policy: (entry: Entry<'policies'>, index: number): ManagedPolicyState => {
      const { policyName, path, description, createDate, tags } = entry;
      return {
        policyName,
        policyId: idOf(entry.policyId, 'ANPA', 'policy', policyName),
        arn: arnOf('policy', path, policyName),
        path,
        description,
        createDate,
        ...policyVersions(entry, (message) => complain(['policies', index], message)),
        tags,
      };
    },
    group: (entry: Entry<'groups'>, index: number) => ({
      groupName: entry.groupName,
      groupId: idOf(entry.groupId, 'AGPA', 'group', entry.groupName),
      arn: arnOf('group', entry.path, entry.groupName),
      path: entry.path,
      createDate: entry.createDate,
      inlinePolicies: entry.inlinePolicies,
      attachedPolicies: attached(entry.attachedPolicies, ['groups', index]),
    }),
    user: (entry: Entry<'users'>, index: number): UserState => {
      const { userName, path, createDate, inlinePolicies, tags, groups, password } = entry;
      return {
        userName,
        userId: idOf(entry.userId, 'AIDA', 'user', userName),
        arn: arnOf('user', path, userName),
        path,
        createDate,
        inlinePolicies,
        attachedPolicies: attached(entry.attachedPolicies, ['users', index]),
        permissionsBoundary: boundary(entry.permissionsBoundary, ['users', index]),
        tags,
        groups,
        loginProfile: loginProfile(password, createDate),
        passwordLastUsed: password?.lastUsed ?? null,
        accessKeys: accessKeys(file, entry.accessKeys, ['user', userName]),
        mfaDevices: mfaDevices(file, entry.mfa, userName),
        sshPublicKeys: uploads(file, entry.sshPublicKeys, ['user', userName]),
        signingCertificates: uploads(file, entry.signingCertificates, ['user', userName]),
        serviceSpecificCredentials: serviceSpecificCredentials(file, entry.serviceSpecificCredentials, userName),
      };
    },
    role: (entry: Entry<'roles'>, index: number) => ({
      roleName: entry.roleName,
      roleId: idOf(entry.roleId, 'AROA', 'role', entry.roleName),
      arn: arnOf('role', entry.path, entry.roleName),
      path: entry.path,
      createDate: entry.createDate,
      inlinePolicies: entry.inlinePolicies,
      attachedPolicies: attached(entry.attachedPolicies, ['roles', index]),
      permissionsBoundary: boundary(entry.permissionsBoundary, ['roles', index]),
      tags: entry.tags,
      description: entry.description,
      maxSessionDuration: entry.maxSessionDuration,
      assumeRolePolicyDocument: entry.assumeRolePolicyDocument,
      lastUsed: entry.lastUsed,
    }),
    instanceProfile: (entry: Entry<'instanceProfiles'>) => ({
      instanceProfileName: entry.instanceProfileName,
      instanceProfileId: idOf(entry.instanceProfileId, 'AIPA', 'instance-profile', entry.instanceProfileName),
      arn: arnOf('instance-profile', entry.path, entry.instanceProfileName),
      path: entry.path,
      createDate: entry.createDate,
      roles: entry.roles,
      tags: entry.tags,
    }),
    serverCertificate: (entry: Entry<'serverCertificates'>) => ({
      serverCertificateName: entry.serverCertificateName,
      serverCertificateId: idOf(entry.serverCertificateId, 'ASCA', 'server-certificate', entry.serverCertificateName),
      arn: arnOf('server-certificate', entry.path, entry.serverCertificateName),
      path: entry.path,
      uploadDate: entry.uploadDate,
      expiration: entry.expiration,
    }),
    samlProvider: ({ name, ...rest }: Entry<'samlProviders'>) => ({ ...rest, arn: arnOf('saml-provider', '/', name) }),
    oidcProvider: (entry: Entry<'oidcProviders'>) => {
      const url = entry.url.slice('https://'.length);
      return { ...entry, url, arn: arnOf('oidc-provider', '/', url) };
    },
  };
};

const loginProfile = (password: Entry<'users'>['password'], userCreated: Instant): UserState['loginProfile'] => {
  if (password === null) return null;
  const createDate = password.createDate ?? userCreated;
  return { createDate, lastChanged: password.lastChanged ?? createDate, passwordResetRequired: password.resetRequired };
};

const policyVersions = (
  { document, versions, createDate }: Entry<'policies'>,
  complain: (message: string) => void,
): Pick<ManagedPolicyState, 'versions' | 'defaultVersionId' | 'updateDate'> => {
  if ((document === undefined) === (versions === undefined)) complain('needs either `document` or `versions`');
  const listed = versions ?? [{ versionId: 'v1', isDefaultVersion: true, createDate, document: document ?? '{}' }];
  const defaults = listed.filter(({ isDefaultVersion }) => isDefaultVersion);
  if (defaults.length !== 1) complain('exactly one of `versions` needs `isDefaultVersion: true`');
  if (new Set(listed.map(({ versionId }) => versionId)).size < listed.length) complain('has two versions of one id');
  const made = listed
    .map((version) => ({
      versionId: version.versionId,
      createDate: version.createDate ?? createDate,
      document: version.document,
    }))
    .sort((a, b) => Number(b.versionId.slice(1)) - Number(a.versionId.slice(1)));
  return {
    versions: made,
    defaultVersionId: defaults[0]?.versionId ?? 'v1',
    updateDate: made[0]?.createDate ?? createDate,
  };
};
