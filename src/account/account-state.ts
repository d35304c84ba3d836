import type { AccountId } from '../iam/account-id.ts';
import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';
import type { PasswordPolicy } from '../snapshot/account-snapshot.ts';
import type { AccessReportState, ActionUseState } from './access-record-state.ts';
import type { AccountSettingsState } from './account-settings-state.ts';
import type { AnalyzerState, PolicyGenerationState } from './analyzer-state.ts';
import type {
  AccessKeyState,
  LoginProfileState,
  MfaDeviceState,
  ServiceSpecificCredentialState,
  UploadedState,
  VirtualMfaDeviceState,
} from './credential-state.ts';
import type { DelegationRequestState } from './delegation-state.ts';
import type { OidcProviderState, SamlProviderState, ServerCertificateState } from './federation-state.ts';
import type { IdentityCenterState } from './identity-center-state.ts';
import type { OrderedMap } from './ordered-map.ts';
import type { Quotas } from './quotas.ts';
import type { ResourceState } from './resource-state.ts';

/**
 * The emulated account: everything IAM keeps about it. Immutable; a change gives a new state that shares the rest.
 * Entities that have a name are found by `nameKey(name)`, since IAM's names are unique without regard to case; the
 * others by ARN or serial number.
 */
export interface AccountState {
  readonly accountId: AccountId;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly alias: string | null;
  readonly root: RootState;
  readonly users: OrderedMap<UserState>;
  readonly groups: OrderedMap<GroupState>;
  readonly roles: OrderedMap<RoleState>;
  /** The customer managed policies. */
  readonly policies: OrderedMap<ManagedPolicyState>;
  readonly instanceProfiles: OrderedMap<InstanceProfileState>;
  readonly serverCertificates: OrderedMap<ServerCertificateState>;
  readonly samlProviders: OrderedMap<SamlProviderState>;
  readonly oidcProviders: OrderedMap<OidcProviderState>;
  /** Virtual MFA devices by serial number; the hardware ones stand with their user alone. */
  readonly virtualMfaDevices: OrderedMap<VirtualMfaDeviceState>;
  readonly passwordPolicy: PasswordPolicy | null;
  readonly credentialReport: CredentialReportState;
  /** What became of the deletions of service-linked roles, by task id. */
  readonly roleDeletions: OrderedMap<RoleDeletionState>;
  readonly settings: AccountSettingsState;
  /** Those that the account has made of others, by id. */
  readonly delegationRequests: OrderedMap<DelegationRequestState>;
  /** (unique id of a user or role, action) of each action that one has called. */
  readonly actionUses: OrderedMap<ActionUseState>;
  /** By job id. */
  readonly accessReports: OrderedMap<AccessReportState>;
  readonly quotas: Quotas;
  /** Resources of other services, by `resourceKey`. */
  readonly resources: OrderedMap<ResourceState>;
  /** Of Access Analyzer, by (region, name). */
  readonly analyzers: OrderedMap<AnalyzerState>;
  /** Of Access Analyzer, by job id. */
  readonly policyGenerations: OrderedMap<PolicyGenerationState>;
  /** Null: IAM Identity Center is not enabled. */
  readonly identityCenter: IdentityCenterState | null;
  readonly indexes: AccountIndexes;
}

/** Answers to "who refers to this", kept by the functions of `account-edits.ts`. Keys join their parts with a NUL. */
export interface AccountIndexes {
  /** (policy ARN, use, kind of entity, name key) of each attachment and each boundary. */
  readonly policyUses: OrderedMap<PolicyUse>;
  /** (group key, user key) of each membership; the value is the user key. */
  readonly groupMembers: OrderedMap<string>;
  /** (role key, instance profile key); the value is the instance profile key. */
  readonly roleProfiles: OrderedMap<string>;
  /** (ARN of a principal, role key) of each user and role that a role's trust policy names; the value is the role key. */
  readonly trustedPrincipals: OrderedMap<string>;
  /** Access key id to the name key of its user; root's keys are absent. */
  readonly accessKeyOwners: OrderedMap<string>;
  /** Serial number of an MFA device in use to the name key of its user; root's devices are absent. */
  readonly mfaDeviceOwners: OrderedMap<string>;
  /** Fingerprint of a signing certificate to the name key of its user; root's certificates are absent. */
  readonly certificateOwners: OrderedMap<string>;
  /** (user key, id) of each service-specific credential; the value is the user key. */
  readonly serviceCredentialOwners: OrderedMap<string>;
}

/** An entity that a managed policy is attached to, or that it bounds. */
export interface PolicyUse {
  readonly use: 'attached' | 'boundary';
  readonly entity: 'user' | 'group' | 'role';
  readonly nameKey: string;
}

/** What stands for a name in the maps of the state. Source: "IAM and AWS STS quotas", names are case-insensitive. */
export const nameKey = (name: string): string => name.toLowerCase();

/** What the root user has. */
export interface RootState {
  /** When the account was made. */
  readonly createDate: Instant;
  /** Null: a member account whose root user has no password. */
  readonly loginProfile: LoginProfileState | null;
  readonly passwordLastUsed: Instant | null;
  readonly accessKeys: readonly AccessKeyState[];
  readonly mfaDevices: readonly MfaDeviceState[];
  readonly signingCertificates: readonly UploadedState[];
}

/** What users, groups and roles have in common. */
interface EntityState {
  readonly arn: Arn;
  readonly path: string;
  readonly createDate: Instant;
  readonly inlinePolicies: readonly InlinePolicyState[];
  /** ARNs, in the order of attaching. */
  readonly attachedPolicies: readonly Arn[];
}

/** What users and roles have in common. */
interface PrincipalState extends EntityState {
  readonly permissionsBoundary: Arn | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** An IAM user with its credentials. */
export interface UserState extends PrincipalState {
  readonly userName: string;
  readonly userId: string;
  /** Names of the groups the user is in. */
  readonly groups: readonly string[];
  readonly loginProfile: LoginProfileState | null;
  /** Stays when the password goes. */
  readonly passwordLastUsed: Instant | null;
  readonly accessKeys: readonly AccessKeyState[];
  readonly mfaDevices: readonly MfaDeviceState[];
  readonly sshPublicKeys: readonly UploadedState[];
  readonly signingCertificates: readonly UploadedState[];
  readonly serviceSpecificCredentials: readonly ServiceSpecificCredentialState[];
}

/** An IAM group. */
export interface GroupState extends EntityState {
  readonly groupName: string;
  readonly groupId: string;
}

/** An IAM role. */
export interface RoleState extends PrincipalState {
  readonly roleName: string;
  readonly roleId: string;
  readonly description: string | null;
  readonly maxSessionDuration: number;
  /** JSON text. */
  readonly assumeRolePolicyDocument: string;
  readonly lastUsed: { readonly date: Instant; readonly region: string } | null;
}

/** An inline policy; the document is JSON text. */
export interface InlinePolicyState {
  readonly policyName: string;
  readonly document: string;
}

/** A managed policy, customer's or AWS's. */
export interface ManagedPolicyState {
  readonly policyName: string;
  readonly policyId: string;
  readonly arn: Arn;
  readonly path: string;
  readonly description: string | null;
  readonly createDate: Instant;
  readonly updateDate: Instant;
  /** Number of the newest version that there ever was: no version id is given twice. */
  readonly lastVersion: number;
  /** Newest first, as IAM lists them. */
  readonly versions: readonly PolicyVersionState[];
  readonly defaultVersionId: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** One version of a managed policy; the document is JSON text. */
export interface PolicyVersionState {
  readonly versionId: string;
  readonly createDate: Instant;
  readonly document: string;
}

/** An instance profile; `roles` holds at most one role name. */
export interface InstanceProfileState {
  readonly instanceProfileName: string;
  readonly instanceProfileId: string;
  readonly arn: Arn;
  readonly path: string;
  readonly createDate: Instant;
  readonly roles: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

/** A task that deletes a service-linked role. It is done at once, for nothing in the account uses such a role. */
export interface RoleDeletionState {
  readonly taskId: string;
  readonly status: 'SUCCEEDED';
}

/** Where the account's one credential report stands; `polls` counts how often it was asked for in the making. */
export type CredentialReportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'inProgress'; readonly startedAt: Instant; readonly polls: number }
  | { readonly kind: 'complete'; readonly generatedTime: Instant; readonly content: string };
