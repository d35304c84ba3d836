/** A policy document as parsed: only statements that are whole stand in `statements`; the rest is in `problems`. */
export interface PolicyDocument {
  /** SHA-256 (hex) of the canonical JSON of the document; of the raw text where it is no JSON. */
  readonly hash: string;
  /** `2008-10-17` also where the document gives none: then `${…}` is literal text. */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly id: string | null;
  /** The statements that can be evaluated, in the document's order. Broken ones are absent and never grant. */
  readonly statements: readonly Statement[];
  /** Everything wrong with the document, by place. */
  readonly problems: readonly PolicyProblem[];
}

/** One statement of a policy document. */
export interface Statement {
  /** Position in the document, from 0, counting broken statements too. */
  readonly index: number;
  /** JSON pointer into the document: `/Statement/0`, or `/Statement` for one that stands in no list. */
  readonly pointer: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** Whom a resource-based or trust policy names; null in identity-based policies. */
  readonly principal: PrincipalElement | null;
  readonly action: { readonly kind: 'action' | 'notAction'; readonly patterns: readonly string[] };
  /** Null in role trust policies, which have no `Resource`. */
  readonly resource: { readonly kind: 'resource' | 'notResource'; readonly patterns: readonly string[] } | null;
  readonly conditions: readonly Condition[];
}

/** The `Principal` or `NotPrincipal` of a statement, by kind of principal; `"*"` alone is `{ AWS: ['*'] }`. */
export interface PrincipalElement {
  readonly kind: 'principal' | 'notPrincipal';
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

/** One `operator: { key: values }` of a statement's `Condition`. All of a statement's must hold. */
export interface Condition {
  /** As written: `StringEquals`, `ForAnyValue:StringLikeIfExists`, … */
  readonly operator: string;
  /** As written; its case carries no meaning. */
  readonly key: string;
  /** JSON booleans and numbers stand as their text. */
  readonly values: readonly string[];
}

/** Something wrong with a policy document. */
export interface PolicyProblem {
  /** JSON pointer (RFC 6901) into the document; empty for the document itself. */
  readonly pointer: string;
  /** House form: lower case, the offending text in backticks, no final period. */
  readonly message: string;
  /** The effect of the statement that had to be left out, so that a skipped Deny can be told from a skipped Allow. */
  readonly skippedEffect: 'Allow' | 'Deny' | 'unknown' | null;
  /** The actions of that statement, where they could be read: it would have said nothing about others. */
  readonly skippedAction?: Statement['action'];
}
