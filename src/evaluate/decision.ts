import type { Formula } from './formula.ts';

/** The answer to a request. */
export type Decision =
  | { readonly kind: 'allowed'; readonly grantedBy: readonly StatementReference[] }
  /** Allowed for the requests that fulfil the residual condition, and for no others. */
  | { readonly kind: 'allowedIf'; readonly grantedBy: readonly StatementReference[]; readonly residual: Formula }
  | { readonly kind: 'explicitDeny'; readonly deniedBy: readonly StatementReference[] }
  /** No statement of that kind of policy allows it. */
  | { readonly kind: 'implicitDeny'; readonly silent: 'identity' | 'permissions-boundary' }
  /** It would take something that could not be read to tell. */
  | { readonly kind: 'undetermined'; readonly reasons: readonly Doubt[] };

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
