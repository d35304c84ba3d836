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
  /** The users and groups of the identity store, by id. */
  readonly identities: OrderedMap<IdentityState>;
}

/** A permission set. */
export interface PermissionSetState {
  readonly arn: Arn;
  readonly name: string;
  readonly description: string | null;
  readonly createdDate: Instant;
  /** ISO-8601, such as `PT1H`. */
  readonly sessionDuration: string;
  readonly inlinePolicy: string;
  readonly managedPolicies: readonly Arn[];
}

/** A permission set in an account, for a user or a group. */
export interface AssignmentState {
  readonly accountId: string;
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
}

/** An instance with nothing in it. */
export const emptyIdentityCenter = (
  given: Pick<IdentityCenterState, 'instanceArn' | 'identityStoreId' | 'name' | 'createdDate'>,
): IdentityCenterState => ({
  ...given,
  permissionSets: OrderedMap.empty(),
  assignments: OrderedMap.empty(),
  identities: OrderedMap.empty(),
});
