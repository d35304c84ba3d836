import type { Formula } from './formula.ts';

/** The answer to a request. */
export type Decision =
  | { readonly kind: 'allowed'; readonly grantedBy: readonly StatementReference[] }
  /** Allowed for the requests that fulfil the residual condition, and for no others. */
  | { readonly kind: 'allowedIf'; readonly grantedBy: readonly StatementReference[]; readonly residual: Formula }
  | { readonly kind: 'explicitDeny'; readonly deniedBy: readonly StatementReference[] }
  /** No statement of that kind of policy allows it. Of several such kinds, the first in the order of `Limit`. */
  | { readonly kind: 'implicitDeny'; readonly silent: Limit; readonly level?: number }
  /** It would take something that could not be read to tell. */
  | { readonly kind: 'undetermined'; readonly reasons: readonly Doubt[] };

/** A kind of policy without whose Allow a request is denied. SCPs and RCPs have levels, counted from 0 at the root. */
export type Limit =
  | 'scp'
  | 'rcp'
  | 'endpoint-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'identity'
  | 'resource-policy';

/** A statement: its policy (a managed policy's ARN, or `principal-arn#inline/name`) and its index from 0. */
export interface StatementReference {
  readonly policy: string;
  readonly statement: number;
}

/** Something that could not be read and that may change a decision. */
export interface Doubt {
  /** The policy, named as in a `StatementReference`. */
  readonly policy: string;
  /** JSON pointer into the policy's document; empty for the whole. */
  readonly pointer: string;
  /** What is wrong, in house form. */
  readonly message: string;
}
