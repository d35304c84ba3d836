/** A change that closes escalations: the smallest that was found, all of its parts together. */
export interface EscalationCut {
  readonly accountId: string;
  /** What to change; everything named is needed. */
  readonly changes: readonly CutChange[];
  /** The changes as sentences for people, one each. */
  readonly sentences: readonly string[];
  /** ARNs of the users and roles that can become administrator no more. */
  readonly closes: readonly string[];
  readonly usedAccess: CutUse;
  /**
   * How it is known: the search was run again on the account with this change alone, or with it and the other changes
   * proposed, and found no path any more.
   */
  readonly verified: 'alone' | 'with-the-others';
}

/** One change of a policy, or of who has which. Policies are named as in `GrantingStatement`, statements counted from 0. */
export type CutChange =
  | { readonly kind: 'remove-statement'; readonly policy: string; readonly statement: number }
  /** Some of the actions that the statement lists. */
  | {
      readonly kind: 'remove-actions';
      readonly policy: string;
      readonly statement: number;
      readonly actions: readonly string[];
    }
  /** A statement that denies the actions on the resources, in the policy, which may be one to be made. */
  | {
      readonly kind: 'add-deny';
      readonly policy: string;
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }
  /** A policy that nobody but AWS can edit. */
  | { readonly kind: 'detach-policy'; readonly policy: string; readonly holder: string }
  /** A permissions boundary that allows everything but these actions. */
  | { readonly kind: 'set-boundary'; readonly principal: string; readonly denies: readonly string[] };

/** What access in use a change would take, as far as the last accessed information and CloudTrail tell. */
export interface CutUse {
  /** `unknown` where of some of those whom it takes something nobody can tell. */
  readonly status: 'used' | 'unused' | 'unknown';
  /** Whom it takes something from that was used, the latest first, some of them. */
  readonly used: readonly { readonly principal: string; readonly action: string; readonly lastUsed: string }[];
}
