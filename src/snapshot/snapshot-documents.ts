import type { AccessAnalyzerDocument } from './access-analyzer.ts';
import type { CloudTrailDocument } from './cloudtrail.ts';
import type { CollectionGap, SourceName } from './collected.ts';
import type { IdentityCenterDocument } from './identity-center.ts';
import type { LastAccessedDocument } from './last-accessed.ts';
import type { OrganizationDocument } from './organization.ts';
import type { ResourceDocument } from './resource.ts';

/**
 * An account's IAM state as AWS's APIs answer it, one member a file of the snapshot directory (`access-keys.json` is
 * `accessKeys`): what the collector makes, what is saved and read again, and what `assembleSnapshot` turns into an
 * `AccountSnapshot`. Times are ISO-8601 text. A member that is absent was not collected; `account.gaps` says why.
 */
export interface SnapshotDocuments {
  readonly account: AccountDocument;
  readonly authorizationDetails?: AuthorizationDetailsDocument;
  /** The CSV as AWS issues it, and when AWS made it (`account.json` keeps the time under `sources`). */
  readonly credentialReport?: string;
  readonly accountSummary?: { readonly SummaryMap: Readonly<Record<string, number>> };
  /** `PasswordPolicy: null`: the account has none. */
  readonly passwordPolicy?: { readonly PasswordPolicy: PasswordPolicyDocument | null };
  readonly mfaDevices?: MfaDevicesDocument;
  readonly accessKeys?: { readonly AccessKeyMetadata: readonly AccessKeyDocument[] };
  readonly serviceSpecificCredentials?: {
    readonly ServiceSpecificCredentials: readonly ServiceSpecificCredentialDocument[];
  };
  readonly sshPublicKeys?: { readonly SSHPublicKeys: readonly SshPublicKeyDocument[] };
  readonly signingCertificates?: { readonly Certificates: readonly SigningCertificateDocument[] };
  readonly serverCertificates?: { readonly ServerCertificateMetadataList: readonly ServerCertificateDocument[] };
  readonly identityProviders?: IdentityProvidersDocument;
  readonly instanceProfiles?: { readonly InstanceProfiles: readonly InstanceProfileDocument[] };
  readonly lastAccessed?: LastAccessedDocument;
  readonly cloudTrail?: CloudTrailDocument;
  readonly resources?: readonly ResourceDocument[];
  /** Null: the account is in no organization. */
  readonly organization?: OrganizationDocument | null;
  /** Null: the account is told of no instance of IAM Identity Center. */
  readonly identityCenter?: IdentityCenterDocument | null;
  readonly accessAnalyzer?: AccessAnalyzerDocument;
}

/** `account.json`: whose state it is, when it was read, and what could not be. */
export interface AccountDocument {
  readonly accountId: string;
  readonly alias: string | null;
  readonly partition: string;
  /** The ARN of whoever read it; absent: not known. */
  readonly caller?: string | undefined;
  readonly collectedAt: string;
  /** What was read, wholly or in part. For `credential-report` the time is the report's `GeneratedTime`. */
  readonly sources: readonly { readonly name: SourceName; readonly time: string }[];
  readonly gaps: readonly CollectionGap[];
}

/** What `GetAccountAuthorizationDetails` answers, pages merged. A list that is absent was not read. */
export interface AuthorizationDetailsDocument {
  readonly UserDetailList?: readonly UserDetailDocument[];
  readonly GroupDetailList?: readonly GroupDetailDocument[];
  readonly RoleDetailList?: readonly RoleDetailDocument[];
  readonly Policies?: readonly ManagedPolicyDetailDocument[];
}

/** A policy document as an object, as JSON text, or as URL-encoded JSON text. */
export type RawPolicyDocument = unknown;

/** A tag. */
export interface TagDocument {
  readonly Key: string;
  readonly Value: string;
}

/** An inline policy. */
export interface PolicyDetailDocument {
  readonly PolicyName: string;
  readonly PolicyDocument: RawPolicyDocument;
}

/** An attachment of a managed policy. */
export interface AttachedPolicyDocument {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}

/** The permissions boundary of a user or role. */
export interface PermissionsBoundaryDocument {
  readonly PermissionsBoundaryType?: string | undefined;
  readonly PermissionsBoundaryArn: string;
}

/** `UserDetail` of the IAM API. */
export interface UserDetailDocument {
  readonly Path: string;
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly CreateDate: string;
  readonly UserPolicyList?: readonly PolicyDetailDocument[] | undefined;
  readonly GroupList?: readonly string[] | undefined;
  readonly AttachedManagedPolicies?: readonly AttachedPolicyDocument[] | undefined;
  readonly PermissionsBoundary?: PermissionsBoundaryDocument | undefined;
  readonly Tags?: readonly TagDocument[] | undefined;
}

/** `GroupDetail` of the IAM API. */
export interface GroupDetailDocument {
  readonly Path: string;
  readonly GroupName: string;
  readonly GroupId: string;
  readonly Arn: string;
  readonly CreateDate: string;
  readonly GroupPolicyList?: readonly PolicyDetailDocument[] | undefined;
  readonly AttachedManagedPolicies?: readonly AttachedPolicyDocument[] | undefined;
}

/** `RoleDetail` of the IAM API. */
export interface RoleDetailDocument {
  readonly Path: string;
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly CreateDate: string;
  readonly AssumeRolePolicyDocument: RawPolicyDocument;
  readonly InstanceProfileList?: readonly InstanceProfileDocument[] | undefined;
  readonly RolePolicyList?: readonly PolicyDetailDocument[] | undefined;
  readonly AttachedManagedPolicies?: readonly AttachedPolicyDocument[] | undefined;
  readonly PermissionsBoundary?: PermissionsBoundaryDocument | undefined;
  readonly Tags?: readonly TagDocument[] | undefined;
  /** An absent object means that nobody asked (old saved files); an empty one that the role was not used. */
  readonly RoleLastUsed?:
    | { readonly LastUsedDate?: string | undefined; readonly Region?: string | undefined }
    | undefined;
}

/** `ManagedPolicyDetail` of the IAM API. */
export interface ManagedPolicyDetailDocument {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount?: number | undefined;
  readonly PermissionsBoundaryUsageCount?: number | undefined;
  readonly IsAttachable?: boolean | undefined;
  readonly Description?: string | undefined;
  readonly CreateDate: string;
  readonly UpdateDate?: string | undefined;
  readonly PolicyVersionList: readonly {
    readonly VersionId: string;
    readonly IsDefaultVersion: boolean;
    readonly CreateDate?: string | undefined;
    readonly Document: RawPolicyDocument;
  }[];
}

/** `PasswordPolicy` of the IAM API. */
export interface PasswordPolicyDocument {
  readonly MinimumPasswordLength?: number | undefined;
  readonly RequireSymbols?: boolean | undefined;
  readonly RequireNumbers?: boolean | undefined;
  readonly RequireUppercaseCharacters?: boolean | undefined;
  readonly RequireLowercaseCharacters?: boolean | undefined;
  readonly AllowUsersToChangePassword?: boolean | undefined;
  readonly ExpirePasswords?: boolean | undefined;
  readonly MaxPasswordAge?: number | undefined;
  readonly PasswordReusePrevention?: number | undefined;
  readonly HardExpiry?: boolean | undefined;
}

/** Virtual devices of the whole account (`ListVirtualMFADevices`), and the devices of users (`ListMFADevices`). */
export interface MfaDevicesDocument {
  readonly VirtualMFADevices?:
    | readonly {
        readonly SerialNumber: string;
        readonly EnableDate?: string | undefined;
        readonly User?: { readonly Arn: string; readonly UserName?: string | undefined } | undefined;
      }[]
    | undefined;
  readonly MFADevices?:
    | readonly { readonly UserName: string; readonly SerialNumber: string; readonly EnableDate?: string | undefined }[]
    | undefined;
}

/** `ListAccessKeys` with `GetAccessKeyLastUsed` folded in. */
export interface AccessKeyDocument {
  readonly UserName: string;
  readonly AccessKeyId: string;
  readonly Status: string;
  readonly CreateDate: string;
  /** Absent: not read (then the credential report says); no `LastUsedDate`: never used. */
  readonly AccessKeyLastUsed?:
    | {
        readonly LastUsedDate?: string | undefined;
        readonly ServiceName?: string | undefined;
        readonly Region?: string | undefined;
      }
    | undefined;
}

/** `ServiceSpecificCredentialMetadata` of the IAM API. */
export interface ServiceSpecificCredentialDocument {
  readonly UserName: string;
  readonly ServiceSpecificCredentialId: string;
  readonly ServiceName: string;
  readonly Status: string;
  readonly CreateDate: string;
  readonly ExpirationDate?: string | undefined;
}

/** `SSHPublicKeyMetadata` of the IAM API. */
export interface SshPublicKeyDocument {
  readonly UserName: string;
  readonly SSHPublicKeyId: string;
  readonly Status: string;
  readonly UploadDate?: string | undefined;
}

/** `SigningCertificate` of the IAM API, without its body. */
export interface SigningCertificateDocument {
  readonly UserName: string;
  readonly CertificateId: string;
  readonly Status: string;
  readonly UploadDate?: string | undefined;
}

/** `ServerCertificateMetadata` of the IAM API. */
export interface ServerCertificateDocument {
  readonly Path: string;
  readonly ServerCertificateName: string;
  readonly ServerCertificateId: string;
  readonly Arn: string;
  readonly UploadDate: string;
  readonly Expiration: string;
}

/** SAML and OIDC providers with what `GetOpenIDConnectProvider` tells. A list that is absent was not read. */
export interface IdentityProvidersDocument {
  readonly SAMLProviderList?:
    | readonly {
        readonly Arn: string;
        readonly ValidUntil?: string | undefined;
        readonly CreateDate?: string | undefined;
      }[]
    | undefined;
  readonly OpenIDConnectProviderList?:
    | readonly {
        readonly Arn: string;
        readonly Url?: string | undefined;
        readonly ClientIDList?: readonly string[] | undefined;
        readonly ThumbprintList?: readonly string[] | undefined;
        readonly CreateDate?: string | undefined;
      }[]
    | undefined;
}

/** `InstanceProfile` of the IAM API; of its roles only the names count. */
export interface InstanceProfileDocument {
  readonly Path?: string | undefined;
  readonly InstanceProfileName: string;
  readonly InstanceProfileId: string;
  readonly Arn: string;
  readonly CreateDate: string;
  readonly Roles?: readonly { readonly RoleName: string }[] | undefined;
}
