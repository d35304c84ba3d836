/** A method of escalation as data: what it asks of AWS, on what, and what that changes. One matcher reads them all. */
export interface EscalationMethod {
  /** Id of the catalogue of methods, such as `iam-007`. */
  readonly id: string;
  readonly title: string;
  /** Any of them will do. */
  readonly ways: readonly Way[];
  readonly remediation: readonly string[];
  readonly references: readonly string[];
}

/** One way of a method. */
export interface Way {
  readonly self: 'user' | 'role' | 'any';
  /** What `requires` is asked on: each such thing is tried. */
  readonly on: TargetKind;
  /** All are needed. */
  readonly requires: readonly Requirement[];
  readonly effect: Effect;
}

/** What a way works on. */
export type TargetKind =
  /** The principal itself, unless AWS manages it. */
  | 'self'
  /** A group that the user is in. */
  | 'own-group'
  /** A customer managed policy attached to the principal or to its groups. */
  | 'own-policy'
  /** The customer managed policy that is the principal's boundary. */
  | 'own-boundary'
  /** The principal, by each managed policy attached to it that denies something. */
  | 'own-denying-attachment'
  /** The principal, by each inline policy of its that denies something. */
  | 'own-denying-inline-policy'
  /** A group that the user is in and whose policies deny something. */
  | 'own-denying-group'
  /** A user that does not exist yet. */
  | 'new-user';

/** A permission that a way needs. */
export interface Requirement {
  readonly action: string;
  /** Condition keys that the caller chooses. Others follow from the target, or are unknown. */
  readonly context?: Readonly<Record<string, ContextChoice>>;
  /** Needed only where a customer managed policy has five versions, as many as it can have. */
  readonly onlyIf?: 'five-versions';
}

/** What the caller can put into a request. */
export type ContextChoice =
  /** A managed policy that allows everything: AdministratorAccess, or one of the account's own. */
  | 'administrator-policy'
  /** The managed policy of the target. */
  | 'policy-of-target';

/** What a way changes. */
export type Effect =
  /** A statement that allows everything joins the target's policies. */
  | 'allows-everything'
  /** The target policy's new default version allows everything. */
  | 'rewrites-policy'
  /** The principal's boundary is gone, or allows everything. */
  | 'lifts-boundary'
  /** The target's policy no longer applies to the principal. */
  | 'drops-policy'
  /** Somebody who is not limited as the principal is serves it. */
  | 'escapes-limits';
