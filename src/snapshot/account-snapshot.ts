import type { AccountId } from '../iam/account-id.ts';
import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccessAnalyzer } from './access-analyzer.ts';
import type { CloudTrailUse } from './cloudtrail.ts';
import type { Collected, CollectionGap, SourceName } from './collected.ts';
import type { IdentityCenter } from './identity-center.ts';
import type { ServiceLastAccessed } from './last-accessed.ts';
import type { Organization } from './organization.ts';
import type { Resource } from './resource.ts';

/**
 * What an account's IAM looked like at one time, and what of it could not be read. Immutable.
 * A list (`users`, …) that could not be read, or not to its end, stands in `missingParts` and holds what was read of it:
 * the runner of the checks answers `unknown` for the rest.
 */
export interface AccountSnapshot {
  readonly accountId: AccountId;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly collectedAt: Instant;
  readonly alias: Collected<string | null>;
  readonly root: RootUser;
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** Customer managed policies, and the AWS managed policies that are in use. */
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly passwordPolicy: Collected<PasswordPolicy | null>;
  readonly accountSummary: Collected<ReadonlyMap<string, number>>;
  readonly credentialReport: Collected<CredentialReport>;
  readonly virtualMfaDevices: Collected<readonly VirtualMfaDevice[]>;
  readonly serverCertificates: Collected<readonly ServerCertificate[]>;
  readonly identityProviders: Collected<readonly IdentityProvider[]>;
  readonly instanceProfiles: Collected<readonly InstanceProfile[]>;
  /** Null: the account is in none. */
  readonly organization: Collected<Organization | null>;
  /** Null: the account is told of no instance of it. */
  readonly identityCenter: Collected<IdentityCenter | null>;
  readonly resources: Collected<readonly Resource[]>;
  /** By the ARN of a user or role. */
  readonly lastAccessed: Collected<ReadonlyMap<string, readonly ServiceLastAccessed[]>>;
  /** What it shows to be used counts in `lastAccessed` too, and in the last use of roles. */
  readonly cloudTrail: Collected<CloudTrailUse>;
  readonly accessAnalyzer: Collected<AccessAnalyzer>;
  readonly missingParts: ReadonlyMap<SnapshotList, CollectionGap>;
  readonly sources: readonly SourceRecord[];
  readonly gaps: readonly CollectionGap[];
}

/** The lists of the snapshot that a gap can leave empty or cut short. */
export type SnapshotList = 'users' | 'groups' | 'roles' | 'managedPolicies';

/** A source that was read, wholly or in part, and when. */
export interface SourceRecord {
  readonly name: SourceName;
  readonly time: Instant;
}

/** The account's root user. */
export interface RootUser {
  readonly arn: Arn;
  readonly mfaActive: Collected<boolean>;
  /** `hardware` when MFA is on and no virtual device belongs to root. */
  readonly mfaKind: Collected<'none' | 'virtual' | 'hardware'>;
  readonly accessKeyCount: Collected<number>;
  /** When the root user's password or a key was last used; null: never, or not since AWS keeps track. */
  readonly lastUsed: Collected<Instant | null>;
}

/** What a user or role has in common. */
interface PrincipalEntity {
  readonly arn: Arn;
  readonly path: string;
  readonly createDate: Instant;
  readonly tags: ReadonlyMap<string, string>;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedManagedPolicies: readonly AttachedPolicy[];
  /** ARN of the managed policy that is the permissions boundary. */
  readonly permissionsBoundary: Arn | null;
}

/** An IAM user. */
export interface User extends PrincipalEntity {
  readonly userName: string;
  /** `AIDA…` */
  readonly userId: string;
  /** Names of the groups the user is in. */
  readonly groups: readonly string[];
  readonly password: Collected<Password>;
  readonly mfa: Collected<Mfa>;
  readonly accessKeys: Collected<readonly AccessKey[]>;
  readonly serviceSpecificCredentials: Collected<readonly ServiceSpecificCredential[]>;
  readonly sshPublicKeys: Collected<readonly UploadedCredential[]>;
  readonly signingCertificates: Collected<readonly UploadedCredential[]>;
}

/** A user's console password. Dates are null where there is none (never used, never rotates). */
export interface Password {
  readonly enabled: boolean;
  readonly lastUsed: Instant | null;
  readonly lastChanged: Instant | null;
  readonly nextRotation: Instant | null;
}

/** A user's MFA: whether on, and its devices where they were listed. */
export interface Mfa {
  readonly active: boolean;
  readonly devices: Collected<readonly MfaDevice[]>;
}

/** An MFA device of a user. */
export interface MfaDevice {
  readonly serialNumber: string;
  readonly kind: 'virtual' | 'hardware';
  readonly enableDate: Instant | null;
}

/** A user's access key. */
export interface AccessKey {
  /** `AKIA…`, or `key 1` / `key 2` where only the credential report was read. */
  readonly accessKeyId: string;
  readonly status: 'Active' | 'Inactive' | 'Expired';
  readonly createDate: Instant;
  readonly lastUsed: Collected<LastUse | null>;
}

/** The last use of a key. */
export interface LastUse {
  readonly date: Instant;
  readonly service: string | null;
  readonly region: string | null;
}

/** A credential for one service: CodeCommit, Keyspaces, Bedrock, CloudWatch Logs. */
export interface ServiceSpecificCredential {
  readonly id: string;
  readonly serviceName: string;
  readonly status: string;
  readonly createDate: Instant;
  readonly expirationDate: Instant | null;
}

/** An SSH public key or a signing certificate. */
export interface UploadedCredential {
  readonly id: string;
  readonly status: string;
  readonly uploadDate: Instant | null;
}

/** An IAM group. */
export interface Group {
  readonly arn: Arn;
  readonly groupName: string;
  /** `AGPA…` */
  readonly groupId: string;
  readonly path: string;
  readonly createDate: Instant;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedManagedPolicies: readonly AttachedPolicy[];
}

/** An IAM role. */
export interface Role extends PrincipalEntity {
  readonly roleName: string;
  /** `AROA…` */
  readonly roleId: string;
  readonly trustPolicy: PolicyDocument;
  /** Names of the instance profiles that hold the role. */
  readonly instanceProfiles: readonly string[];
  /** Null: not used in the 400 days that AWS keeps track of. */
  readonly lastUsed: Collected<{ readonly date: Instant; readonly region: string | null } | null>;
}

/** A policy embedded in a user, group or role. */
export interface InlinePolicy {
  readonly policyName: string;
  readonly document: PolicyDocument;
}

/** A managed policy's attachment. */
export interface AttachedPolicy {
  readonly policyName: string;
  readonly policyArn: Arn;
}

/** A customer managed or AWS managed policy. */
export interface ManagedPolicy {
  readonly arn: Arn;
  readonly policyName: string;
  /** `ANPA…` */
  readonly policyId: string;
  readonly path: string;
  readonly awsManaged: boolean;
  readonly defaultVersionId: string;
  readonly versions: readonly PolicyVersion[];
  readonly attachmentCount: number;
  readonly permissionsBoundaryUsageCount: number;
  readonly createDate: Instant;
  readonly updateDate: Instant;
}

/** One version of a managed policy. */
export interface PolicyVersion {
  readonly versionId: string;
  readonly isDefaultVersion: boolean;
  readonly createDate: Instant;
  readonly document: PolicyDocument;
}

/** The account's password policy; null where the API leaves a part out. */
export interface PasswordPolicy {
  readonly minimumPasswordLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercaseCharacters: boolean;
  readonly requireLowercaseCharacters: boolean;
  readonly allowUsersToChangePassword: boolean;
  readonly maxPasswordAge: number | null;
  readonly passwordReusePrevention: number | null;
  readonly hardExpiry: boolean;
}

/** The credential report as AWS issued it. */
export interface CredentialReport {
  /** When AWS made it: up to four hours before it was fetched. */
  readonly generatedTime: Instant;
  readonly rows: readonly CredentialReportRow[];
}

/** One row of the credential report: AWS's 22 columns by name, as text. */
export type CredentialReportRow = Readonly<Record<CredentialReportColumn, string>>;

/** The columns of the credential report in AWS's order. Source: "Get credential reports", IAM User Guide. */
export const CREDENTIAL_REPORT_COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const;

/** The name of a column of the credential report. */
export type CredentialReportColumn = (typeof CREDENTIAL_REPORT_COLUMNS)[number];

/** A virtual MFA device and whose it is; null: assigned to nobody. */
export interface VirtualMfaDevice {
  readonly serialNumber: string;
  readonly userArn: Arn | null;
  readonly enableDate: Instant | null;
}

/** A TLS server certificate kept in IAM. */
export interface ServerCertificate {
  readonly arn: Arn;
  readonly name: string;
  /** `ASCA…` */
  readonly id: string;
  readonly uploadDate: Instant;
  readonly expiration: Instant;
}

/** A SAML or OIDC identity provider. */
export interface IdentityProvider {
  readonly arn: Arn;
  readonly kind: 'saml' | 'oidc';
  readonly createDate: Instant | null;
  /** SAML only: when the metadata's validity ends. */
  readonly validUntil: Instant | null;
  /** OIDC only: the issuer without `https://`. */
  readonly url: string | null;
  /** OIDC only: the audiences accepted. */
  readonly clientIds: readonly string[];
}

/** An instance profile and the names of its roles. */
export interface InstanceProfile {
  readonly arn: Arn;
  readonly name: string;
  readonly id: string;
  readonly createDate: Instant;
  readonly roles: readonly string[];
}
