import type { Arn } from '../iam/arn.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { Collected } from './collected.ts';

/**
 * Which permission sets IAM Identity Center has, and who is assigned them in which accounts. AWS tells that to the
 * organization's management account and to the administrator that it delegated.
 */
export interface IdentityCenter {
  readonly instanceArn: string;
  /** `d-…` */
  readonly identityStoreId: string;
  /** Where it was enabled; null where nobody told. */
  readonly region: string | null;
  readonly permissionSets: Collected<readonly PermissionSet[]>;
  /** The users of its directory, by id. */
  readonly users: Collected<ReadonlyMap<string, DirectoryUser>>;
  /** The groups of its directory, by id. */
  readonly groups: Collected<ReadonlyMap<string, DirectoryGroup>>;
  /** The documents of AWS managed policies that permission sets name, by ARN, as far as they were read. */
  readonly managedPolicies: ReadonlyMap<string, PolicyDocument>;
}

/** A permission set. Source: `PermissionSet`, IAM Identity Center API Reference. */
export interface PermissionSet {
  readonly arn: Arn;
  readonly name: string;
  readonly description: string | null;
  /** How long a session lasts at most. */
  readonly sessionSeconds: Collected<number>;
  readonly policies: Collected<PermissionSetPolicies>;
  readonly assignments: Collected<readonly Assignment[]>;
  /** Accounts that have a role of it, but of which nobody could tell who is assigned it. */
  readonly unreadAccounts: readonly string[];
}

/** What the roles of a permission set are given. */
export interface PermissionSetPolicies {
  readonly awsManaged: readonly Arn[];
  /** Each account is to have one of that name and path itself. */
  readonly customerManaged: readonly CustomerPolicyName[];
  readonly inline: PolicyDocument | null;
  readonly boundary: Arn | CustomerPolicyName | null;
}

/** The name and path of a customer managed policy in whatever account the role is. */
export interface CustomerPolicyName {
  readonly name: string;
  readonly path: string;
}

/** Somebody who has a permission set in an account. */
export interface Assignment {
  readonly accountId: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

/** A user of the directory. */
export interface DirectoryUser {
  readonly id: string;
  /** What they sign in with. */
  readonly userName: string;
  readonly displayName: string | null;
}

/** A group of the directory. */
export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  /** Ids of users. */
  readonly memberIds: Collected<readonly string[]>;
}

/** `identity-center.json`: what the APIs of Identity Center and its directory answer, in the names of their members. */
export interface IdentityCenterDocument {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly region?: string | undefined;
  readonly permissionSets?: readonly PermissionSetDocument[] | undefined;
  readonly users?:
    | readonly { readonly UserId: string; readonly UserName: string; readonly DisplayName?: string | undefined }[]
    | undefined;
  readonly groups?: readonly DirectoryGroupDocument[] | undefined;
  readonly managedPolicies?: readonly { readonly Arn: string; readonly PolicyDocument: unknown }[] | undefined;
}

/** A group with its members, which are absent where nobody asked or nobody told. */
export interface DirectoryGroupDocument {
  readonly GroupId: string;
  readonly DisplayName: string;
  readonly memberIds?: readonly string[] | undefined;
}

/** A permission set with what further calls tell of it. What is absent was not told; a boundary of null: it has none. */
export interface PermissionSetDocument {
  readonly PermissionSetArn: string;
  readonly Name: string;
  readonly Description?: string | undefined;
  /** ISO-8601: `PT1H`. */
  readonly SessionDuration?: string | undefined;
  readonly AttachedManagedPolicies?:
    | readonly { readonly Name?: string | undefined; readonly Arn: string }[]
    | undefined;
  readonly CustomerManagedPolicyReferences?: readonly CustomerPolicyDocument[] | undefined;
  /** As text or as an object; empty text: none. */
  readonly InlinePolicy?: unknown;
  readonly PermissionsBoundary?:
    | {
        readonly CustomerManagedPolicyReference?: CustomerPolicyDocument | undefined;
        readonly ManagedPolicyArn?: string | undefined;
      }
    | null
    | undefined;
  readonly AccountAssignments?:
    | readonly { readonly AccountId: string; readonly PrincipalType: 'USER' | 'GROUP'; readonly PrincipalId: string }[]
    | undefined;
  readonly unreadAccounts?: readonly string[] | undefined;
}

interface CustomerPolicyDocument {
  readonly Name: string;
  readonly Path?: string | undefined;
}
