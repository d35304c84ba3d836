import type { Caller } from '../iam/caller.ts';
import type { CompiledPolicy, RequestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { Doubt } from './decision.ts';
import type { RequestTime } from './settle-time.ts';

/** What a principal asks for. */
export interface AccessRequest {
  readonly action: RequestedAction;
  /** An ARN, without wildcards; `*` for an action that takes no resource. */
  readonly resource: string;
  /** What is known of the request's context, the principal's own keys included. */
  readonly context: ContextLookup;
  /** When it is made; null: some time. */
  readonly time: RequestTime | null;
  /** Who asks; absent: a user of the resource's account whom no policy names. */
  readonly caller?: Caller;
  /** The account that owns the resource; absent: the caller's. */
  readonly resourceAccount?: string;
}

/** The policies that apply to a request. */
export interface ApplicablePolicies {
  /** The principal's identity-based policies and those of its groups: one union. */
  readonly identity: readonly NamedPolicy[];
  /** The permissions boundary; null: none is set. */
  readonly boundary: readonly NamedPolicy[] | null;
  /** What could not be read of either. */
  readonly unread: { readonly identity: readonly Doubt[]; readonly boundary: readonly Doubt[] };
  /** The session policies, one union; null or absent: none were passed. */
  readonly session?: readonly NamedPolicy[] | null;
  /**
   * The policy that hangs on the resource: bucket policy, key policy, role trust policy, …; null: it has none. Absent: it
   * is not asked, not even of resources that must have one (`needsResourcePolicy`).
   */
  readonly resource?: NamedPolicy | null;
  /** The SCPs above the principal's account, level by level from the root; absent: it is in no organization. */
  readonly scps?: readonly Level[];
  /** The RCPs above the resource's account, level by level from the root; absent: it is in no organization. */
  readonly rcps?: readonly Level[];
  /** The policies of the VPC endpoint that the request passes; null or absent: it passes none. */
  readonly endpoint?: readonly NamedPolicy[] | null;
  readonly settings?: Settings;
}

/** The policies of the organization's root, of an organizational unit or of an account: one union. */
export type Level = readonly NamedPolicy[];

/** A policy and what to call it: a managed policy's ARN, or `principal-arn#inline/name`. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: CompiledPolicy;
}

/** What is known of caller and resource that no policy says. */
export interface Settings {
  /** Whether the principal belongs to the organization's management account. */
  readonly managementAccount?: boolean;
  /** Whether the resource belongs to the organization's management account. */
  readonly resourceInManagementAccount?: boolean;
  /** Whether the principal is a service-linked role. */
  readonly serviceLinkedRole?: boolean;
  readonly s3?: {
    /** False: the tags of the bucket do not count in conditions. */
    readonly bucketAbacEnabled?: boolean;
    /** Whether Block Public Access restricts a bucket whose policy is public (`RestrictPublicBuckets`). */
    readonly blockPublicAccess?: boolean;
  };
}
