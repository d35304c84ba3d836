import type { AccountId } from '../iam/account-id.ts';
import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';
import { OrderedMap } from './ordered-map.ts';

/** An instance of IAM Identity Center with its identity store. */
export interface IdentityCenterState {
  readonly instanceArn: Arn;
  readonly identityStoreId: string;
  readonly name: string;
  readonly createdDate: Instant;
  /** By ARN. */
  readonly permissionSets: OrderedMap<PermissionSetState>;
  /** By (account, permission set, principal). */
  readonly assignments: OrderedMap<AssignmentState>;
  /** By (permission set, account): the roles that assignments have made. */
  readonly provisioned: OrderedMap<ProvisionedState>;
  /** What was asked to be done in accounts, by request id. */
  readonly requests: OrderedMap<ProvisioningRequestState>;
  /** The users and groups of the identity store, by id. */
  readonly identities: OrderedMap<IdentityState>;
  /** Who is in which group, by id. */
  readonly memberships: OrderedMap<MembershipState>;
}

/** A permission set. */
export interface PermissionSetState {
  readonly arn: Arn;
  readonly name: string;
  readonly description: string | null;
  readonly createdDate: Instant;
  /** ISO-8601, such as `PT1H`. */
  readonly sessionDuration: string;
  readonly relayState: string | null;
  readonly inlinePolicy: string;
  readonly managedPolicies: readonly Arn[];
  /** Customer managed policies, which each account is to have itself. */
  readonly customerPolicies: readonly CustomerPolicyReference[];
  readonly permissionsBoundary: PermissionSetBoundary | null;
  readonly tags: ReadonlyMap<string, string>;
  /** Grows with each change of what accounts get of it. */
  readonly version: number;
}

/** A customer managed policy of whatever account it is looked for in. */
export interface CustomerPolicyReference {
  readonly name: string;
  readonly path: string;
}

/** What bounds the roles of a permission set. */
export type PermissionSetBoundary =
  | { readonly kind: 'managed'; readonly arn: Arn }
  | { readonly kind: 'customer'; readonly policy: CustomerPolicyReference };

/** The role that a permission set has in an account. */
export interface ProvisionedState {
  readonly accountId: AccountId;
  readonly permissionSetArn: Arn;
  readonly roleName: string;
  /** Of the permission set, when the role was last made after it. */
  readonly version: number;
}

/** What was asked to be done in an account, and what became of it. */
export interface ProvisioningRequestState {
  readonly id: string;
  readonly kind: 'creation' | 'deletion' | 'provisioning';
  readonly createdDate: Instant;
  /** Null: it was done. */
  readonly failureReason: string | null;
  readonly accountId: string | null;
  readonly permissionSetArn: Arn;
  /** Whose assignment it was about; null: about none. */
  readonly principal: Pick<AssignmentState, 'principalType' | 'principalId'> | null;
}

/** A user in a group of the identity store. */
export interface MembershipState {
  readonly id: string;
  readonly groupId: string;
  readonly userId: string;
}

/** A permission set in an account, for a user or a group. */
export interface AssignmentState {
  readonly accountId: AccountId;
  readonly permissionSetArn: Arn;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

/** A user or group of the identity store. */
export interface IdentityState {
  readonly id: string;
  readonly type: 'USER' | 'GROUP';
  /** Of a user the user name, of a group the display name. */
  readonly name: string;
  readonly displayName: string | null;
  /** Further members of the API's structure, as they were given. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An instance with nothing in it. */
export const emptyIdentityCenter = (
  given: Pick<IdentityCenterState, 'instanceArn' | 'identityStoreId' | 'name' | 'createdDate'>,
): IdentityCenterState => ({
  ...given,
  permissionSets: OrderedMap.empty(),
  assignments: OrderedMap.empty(),
  provisioned: OrderedMap.empty(),
  requests: OrderedMap.empty(),
  identities: OrderedMap.empty(),
  memberships: OrderedMap.empty(),
});
