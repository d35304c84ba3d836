import { type Arn, friendlyName } from '../../iam/arn.ts';
import type { PasswordPolicy } from '../../snapshot/account-snapshot.ts';
import { indexPrefix } from '../account-edits.ts';
import {
  type AccountState,
  type GroupState,
  type InstanceProfileState,
  type ManagedPolicyState,
  nameKey,
  type PolicyVersionState,
  type RoleState,
  type UserState,
} from '../account-state.ts';
import type { OidcProviderState, SamlProviderState, ServerCertificateState } from '../federation-state.ts';
import { countPolicyUses, rootArn } from './account-entities.ts';

/** How a policy document stands in an answer: IAM URL-encodes it, the AWS CLI prints it as an object. */
export type DocumentForm = (json: string) => unknown;

/** A policy document as IAM's API answers it. Source: "policies returned are URL-encoded compliant with RFC 3986". */
export const urlEncoded: DocumentForm = (json) =>
  encodeURIComponent(json).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The shape `Tag`, of each tag. */
export const tagList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

/** The shape `AttachedPolicy`, of each attachment. */
export const attachedPolicyList = (arns: readonly Arn[]) =>
  arns.map((arn) => ({ PolicyName: friendlyName(arn), PolicyArn: arn }));

/** The shape `AttachedPermissionsBoundary`, if there is a boundary. */
export const boundaryView = (arn: Arn | null) =>
  arn === null ? undefined : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };

/** The members of the shape `User` that lists give too. */
export const userListView = (user: UserState) => ({
  Path: user.path,
  UserName: user.userName,
  UserId: user.userId,
  Arn: user.arn,
  CreateDate: user.createDate,
  PasswordLastUsed: user.loginProfile === null ? undefined : (user.passwordLastUsed ?? undefined),
});

/** The shape `User`. */
export const userView = (user: UserState) => ({
  ...userListView(user),
  PermissionsBoundary: boundaryView(user.permissionsBoundary),
  Tags: tagsIfAny(user.tags),
});

/** The root user in the shape `User`, as `GetUser` and `ListVirtualMFADevices` give it: without name and path. */
export const rootView = (state: AccountState) => ({
  UserId: state.accountId,
  Arn: rootArn(state),
  CreateDate: state.root.createDate,
  PasswordLastUsed: state.root.passwordLastUsed ?? undefined,
});

/** The shape `Group`. */
export const groupView = (group: GroupState) => ({
  Path: group.path,
  GroupName: group.groupName,
  GroupId: group.groupId,
  Arn: group.arn,
  CreateDate: group.createDate,
});

/** The members of the shape `Role` that stand wherever a role is spoken of. */
const roleCoreView = (role: RoleState) => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: role.createDate,
  AssumeRolePolicyDocument: urlEncoded(role.assumeRolePolicyDocument),
});

/** The shape `Role` as it is answered for a new role: without its description and the longest session. */
export const newRoleView = (role: RoleState) => ({
  ...roleCoreView(role),
  PermissionsBoundary: boundaryView(role.permissionsBoundary),
  Tags: tagsIfAny(role.tags),
});

/** The shape `Role` as UpdateRoleDescription answers it. */
export const redescribedRoleView = (role: RoleState) => ({
  ...newRoleView(role),
  Description: role.description ?? undefined,
});

/** The members of the shape `Role` that lists give too. */
export const roleListView = (role: RoleState) => ({
  ...roleCoreView(role),
  Description: role.description ?? undefined,
  MaxSessionDuration: role.maxSessionDuration,
});

/** The shape `Role`. */
export const roleView = (role: RoleState) => ({
  ...roleListView(role),
  PermissionsBoundary: boundaryView(role.permissionsBoundary),
  Tags: tagsIfAny(role.tags),
  RoleLastUsed: roleLastUsedView(role.lastUsed),
});

/** The members of the shape `Policy` that lists give too. */
export const policyListView = (state: AccountState, policy: ManagedPolicyState) => ({
  PolicyName: policy.policyName,
  PolicyId: policy.policyId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: countPolicyUses(state, policy.arn, 'attached'),
  PermissionsBoundaryUsageCount: countPolicyUses(state, policy.arn, 'boundary'),
  IsAttachable: true,
  CreateDate: policy.createDate,
  UpdateDate: policy.updateDate,
});

/** The shape `Policy` as it is answered for a new policy: without its description. */
export const newPolicyView = (state: AccountState, policy: ManagedPolicyState) => ({
  ...policyListView(state, policy),
  Tags: tagsIfAny(policy.tags),
});

/** The shape `Policy`. */
export const policyView = (state: AccountState, policy: ManagedPolicyState) => ({
  ...policyListView(state, policy),
  Description: policy.description ?? undefined,
  Tags: tagList(policy.tags),
});

/** The shape `PolicyVersion`, without the document. */
export const policyVersionView = ({ defaultVersionId }: ManagedPolicyState, version: PolicyVersionState) => ({
  VersionId: version.versionId,
  IsDefaultVersion: version.versionId === defaultVersionId,
  CreateDate: version.createDate,
});

/** The shape `InstanceProfile`, with the roles in it. */
export const instanceProfileView = (state: AccountState, profile: InstanceProfileState) => ({
  Path: profile.path,
  InstanceProfileName: profile.instanceProfileName,
  InstanceProfileId: profile.instanceProfileId,
  Arn: profile.arn,
  CreateDate: profile.createDate,
  Roles: profile.roles.flatMap((name) => {
    const role = state.roles.get(nameKey(name));
    return role === undefined ? [] : [roleCoreView(role)];
  }),
});

/** The shape `InstanceProfile` as it is answered for a new one: with its tags, if any. */
export const newInstanceProfileView = (state: AccountState, profile: InstanceProfileState) => ({
  ...instanceProfileView(state, profile),
  Tags: tagsIfAny(profile.tags),
});

/** The shape `InstanceProfile` where it stands alone. */
export const instanceProfileDetail = (state: AccountState, profile: InstanceProfileState) => ({
  ...instanceProfileView(state, profile),
  Tags: tagList(profile.tags),
});

/** The instance profiles that hold a role. */
export const instanceProfilesOfRole = (state: AccountState, role: RoleState): InstanceProfileState[] =>
  [...state.indexes.roleProfiles.entriesWithPrefix(indexPrefix(nameKey(role.roleName)))].flatMap(
    ([, key]) => state.instanceProfiles.get(key) ?? [],
  );

/** The shape `ServerCertificateMetadata`. */
export const serverCertificateView = (certificate: ServerCertificateState) => ({
  Path: certificate.path,
  ServerCertificateName: certificate.serverCertificateName,
  ServerCertificateId: certificate.serverCertificateId,
  Arn: certificate.arn,
  UploadDate: certificate.uploadDate,
  Expiration: certificate.expiration,
});

/** The shape `SAMLProviderListEntry`. */
export const samlProviderView = ({ arn, validUntil, createDate }: SamlProviderState) => ({
  Arn: arn,
  ValidUntil: validUntil,
  CreateDate: createDate,
});

/** The members that `GetSAMLProvider` answers. */
export const samlProviderDetail = (provider: SamlProviderState) => ({
  SAMLProviderUUID: provider.uuid,
  SAMLMetadataDocument: provider.metadata === '' ? undefined : provider.metadata,
  CreateDate: provider.createDate,
  ValidUntil: provider.validUntil,
  Tags: tagList(provider.tags),
  AssertionEncryptionMode: provider.assertionEncryptionMode,
  PrivateKeyList: provider.privateKeys.map(({ keyId, addedAt }) => ({ KeyId: keyId, Timestamp: addedAt })),
});

/** The members that `GetOpenIDConnectProvider` answers. */
export const oidcProviderView = ({ url, clientIds, thumbprints, createDate, tags }: OidcProviderState) => ({
  Url: url,
  ClientIDList: clientIds,
  ThumbprintList: thumbprints,
  CreateDate: createDate,
  Tags: tagList(tags),
});

/** The shape `PasswordPolicy`. */
export const passwordPolicyView = (policy: PasswordPolicy) => ({
  MinimumPasswordLength: policy.minimumPasswordLength,
  RequireSymbols: policy.requireSymbols,
  RequireNumbers: policy.requireNumbers,
  RequireUppercaseCharacters: policy.requireUppercaseCharacters,
  RequireLowercaseCharacters: policy.requireLowercaseCharacters,
  AllowUsersToChangePassword: policy.allowUsersToChangePassword,
  ExpirePasswords: policy.maxPasswordAge !== null,
  MaxPasswordAge: policy.maxPasswordAge ?? undefined,
  PasswordReusePrevention: policy.passwordReusePrevention ?? undefined,
  HardExpiry: policy.maxPasswordAge === null ? undefined : policy.hardExpiry,
});

/** The shape `RoleLastUsed`; empty where the role was never used. */
export const roleLastUsedView = (lastUsed: RoleState['lastUsed']) =>
  lastUsed === null ? {} : { LastUsedDate: lastUsed.date, Region: lastUsed.region };

/** The shape `Tag`, of each tag; left out where there is none. */
export const tagsIfAny = (tags: ReadonlyMap<string, string>) => (tags.size === 0 ? undefined : tagList(tags));
