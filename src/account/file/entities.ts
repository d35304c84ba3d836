import { type Arn, iamArn } from '../../iam/arn.ts';
import {
  type GroupState,
  type InstanceProfileState,
  type ManagedPolicyState,
  nameKey,
  type RoleState,
  type UserState,
} from '../account-state.ts';
import type { OidcProviderState, SamlProviderState, ServerCertificateState } from '../federation-state.ts';
import { type UniqueIdPrefix, uniqueId } from '../unique-id.ts';
import { accessKeys, loginProfile, mfaDevices, serviceSpecificCredentials, uploads } from './credentials.ts';
import type { Complain, FilePath } from './references.ts';
import type { AccountFile } from './schema.ts';

/** What making an entity of the file needs of the rest of the file. */
export interface FileContext extends AccountFile {
  readonly complain: Complain;
  /** The managed policy that a name or an ARN at a place means; complains of none. */
  readonly resolvePolicy: (text: string, at: FilePath) => Arn | undefined;
}

type UserEntry = AccountFile['users'][number];

/** Makes the customer managed policies of a file. */
export const policyOf =
  (context: FileContext) =>
  (entry: AccountFile['policies'][number], index: number): ManagedPolicyState => ({
    policyName: entry.policyName,
    policyId: entry.policyId ?? idOf(context, 'ANPA', 'policy', entry.policyName),
    arn: arnOf(context, 'policy', entry.path, entry.policyName),
    path: entry.path,
    description: entry.description,
    createDate: entry.createDate,
    ...policyVersions(entry, (message) => context.complain(['policies', index], message)),
    tags: entry.tags,
  });

/** Makes the groups of a file. */
export const groupOf =
  (context: FileContext) =>
  (entry: AccountFile['groups'][number], index: number): GroupState => ({
    groupName: entry.groupName,
    groupId: entry.groupId ?? idOf(context, 'AGPA', 'group', entry.groupName),
    arn: arnOf(context, 'group', entry.path, entry.groupName),
    path: entry.path,
    createDate: entry.createDate,
    inlinePolicies: entry.inlinePolicies,
    attachedPolicies: attachedPolicies(context, entry.attachedPolicies, ['groups', index]),
  });

/** Makes the users of a file. */
export const userOf =
  (context: FileContext) =>
  (entry: UserEntry, index: number): UserState => ({
    userName: entry.userName,
    userId: entry.userId ?? idOf(context, 'AIDA', 'user', entry.userName),
    arn: arnOf(context, 'user', entry.path, entry.userName),
    path: entry.path,
    createDate: entry.createDate,
    inlinePolicies: entry.inlinePolicies,
    attachedPolicies: attachedPolicies(context, entry.attachedPolicies, ['users', index]),
    permissionsBoundary: boundary(context, entry.permissionsBoundary, ['users', index]),
    tags: entry.tags,
    groups: entry.groups,
    loginProfile: loginProfile(entry.password, [context.accountId, nameKey(entry.userName)], entry.createDate),
    passwordLastUsed: entry.password?.lastUsed ?? null,
    accessKeys: accessKeys(context, entry.accessKeys, ['user', entry.userName]),
    mfaDevices: mfaDevices(context, entry.mfa, entry.userName),
    sshPublicKeys: uploads(context, entry.sshPublicKeys, ['user', entry.userName]),
    signingCertificates: uploads(context, entry.signingCertificates, ['user', entry.userName]),
    serviceSpecificCredentials: serviceSpecificCredentials(context, entry.serviceSpecificCredentials, entry.userName),
  });

/** Makes the roles of a file. */
export const roleOf =
  (context: FileContext) =>
  (entry: AccountFile['roles'][number], index: number): RoleState => ({
    roleName: entry.roleName,
    roleId: entry.roleId ?? idOf(context, 'AROA', 'role', entry.roleName),
    arn: arnOf(context, 'role', entry.path, entry.roleName),
    path: entry.path,
    createDate: entry.createDate,
    inlinePolicies: entry.inlinePolicies,
    attachedPolicies: attachedPolicies(context, entry.attachedPolicies, ['roles', index]),
    permissionsBoundary: boundary(context, entry.permissionsBoundary, ['roles', index]),
    tags: entry.tags,
    description: entry.description,
    maxSessionDuration: entry.maxSessionDuration,
    assumeRolePolicyDocument: entry.assumeRolePolicyDocument,
    lastUsed: entry.lastUsed,
  });

/** Makes the instance profiles of a file. */
export const instanceProfileOf =
  (context: FileContext) =>
  ({ instanceProfileId, ...entry }: AccountFile['instanceProfiles'][number]): InstanceProfileState => ({
    ...entry,
    instanceProfileId: instanceProfileId ?? idOf(context, 'AIPA', 'instance-profile', entry.instanceProfileName),
    arn: arnOf(context, 'instance-profile', entry.path, entry.instanceProfileName),
  });

/** Makes the server certificates of a file. */
export const serverCertificateOf =
  (context: FileContext) =>
  ({ serverCertificateId, ...entry }: AccountFile['serverCertificates'][number]): ServerCertificateState => ({
    ...entry,
    serverCertificateId:
      serverCertificateId ?? idOf(context, 'ASCA', 'server-certificate', entry.serverCertificateName),
    arn: arnOf(context, 'server-certificate', entry.path, entry.serverCertificateName),
    body: '',
    chain: null,
  });

/** Makes the SAML providers of a file. */
export const samlProviderOf =
  (context: FileContext) =>
  ({ name, ...entry }: AccountFile['samlProviders'][number]): SamlProviderState => ({
    ...entry,
    arn: arnOf(context, 'saml-provider', '/', name),
    uuid: samlProviderUuid(idOf(context, 'ASCA', 'saml-provider', name)),
    metadata: '',
    assertionEncryptionMode: null,
    privateKeys: [],
  });

/** As AWS's: `SAML` and 18 letters and digits, 22 in all. */
const samlProviderUuid = (id: string): string => `SAML${id.slice('ASCA'.length)}A`;

/** Makes the OIDC providers of a file. */
export const oidcProviderOf =
  (context: FileContext) =>
  ({ keys, ...entry }: AccountFile['oidcProviders'][number]): OidcProviderState => {
    const url = entry.url.slice('https://'.length);
    return { ...entry, url, arn: arnOf(context, 'oidc-provider', '/', url), ...(keys && { keys }) };
  };

const arnOf = ({ partition, accountId }: FileContext, kind: string, path: string, name: string): Arn =>
  iamArn(partition, accountId, `${kind}${path}${name}`);

const idOf = ({ accountId }: FileContext, prefix: UniqueIdPrefix, kind: string, name: string): string =>
  uniqueId(prefix, [accountId, kind, nameKey(name)]);

const attachedPolicies = (context: FileContext, names: readonly string[], at: FilePath): Arn[] =>
  names.flatMap((name, index) => context.resolvePolicy(name, [...at, 'attachedPolicies', index]) ?? []);

const boundary = (context: FileContext, name: string | null, at: FilePath): Arn | null =>
  name === null ? null : (context.resolvePolicy(name, [...at, 'permissionsBoundary']) ?? null);

const policyVersions = (
  { document, versions, createDate }: AccountFile['policies'][number],
  complain: (message: string) => void,
): Pick<ManagedPolicyState, 'versions' | 'lastVersion' | 'defaultVersionId' | 'updateDate'> => {
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
    lastVersion: Number((made[0]?.versionId ?? 'v1').slice(1)),
    defaultVersionId: defaults[0]?.versionId ?? 'v1',
    updateDate: made[0]?.createDate ?? createDate,
  };
};
