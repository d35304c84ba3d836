import type { AccountId } from '../iam/account-id.ts';
import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** A request of a product provider for temporary access; it stands in the account of the provider. */
export interface DelegationRequestState {
  readonly id: string;
  /** Whose access is asked for; null: of whoever takes the request on. */
  readonly ownerAccountId: AccountId | null;
  readonly description: string;
  readonly requestMessage: string | null;
  readonly permissions: DelegationPermissionState;
  readonly requestorWorkflowId: string;
  readonly redirectUrl: string | null;
  readonly notificationChannel: string;
  /** In seconds. */
  readonly sessionDuration: number;
  readonly onlySendByOwner: boolean;
  /** Who took the request on, and who accepted it. */
  readonly ownerId: Arn | null;
  readonly approverId: Arn | null;
  readonly state: DelegationState;
  readonly createDate: Instant;
  readonly updatedTime: Instant;
  readonly expirationTime: Instant;
  readonly notes: string | null;
  readonly rejectionReason: string | null;
}

/** Where a request stands. Source: "Understanding the request lifecycle", IAM User Guide. */
export type DelegationState =
  | 'UNASSIGNED'
  | 'ASSIGNED'
  | 'PENDING_APPROVAL'
  | 'ACCEPTED'
  | 'FINALIZED'
  | 'REJECTED'
  | 'EXPIRED';

/** What is asked for. */
export interface DelegationPermissionState {
  readonly policyTemplateArn: string | null;
  readonly parameters: readonly {
    readonly name: string | null;
    readonly values: readonly string[];
    readonly type: 'string' | 'stringList' | null;
  }[];
}
