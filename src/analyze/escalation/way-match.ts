import type { Doubt, StatementReference } from '../../evaluate/decision.ts';
import type { Formula } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Parameter } from './escalation-method.ts';

/** The requests of a way that a principal may make. */
export interface MatchedWay {
  readonly requests: readonly GrantedRequest[];
  /** What must hold for all of them to be allowed. */
  readonly residual: Formula;
  /** What must be so beside, in words, of which the snapshot tells nothing. */
  readonly provided: readonly string[];
}

/** A request, and what grants it. */
export interface GrantedRequest {
  readonly action: string;
  readonly resource: string;
  /** Resources of other types that it names beside. */
  readonly others: readonly string[];
  readonly grantedBy: readonly StatementReference[];
  /** Null: the catalogue does not say. */
  readonly parameters: Readonly<Record<string, Parameter>> | null;
  /** The condition keys for which the caller chooses a value, and what they must fulfil beside for it to be allowed. */
  readonly chosen: RequestContext;
  readonly wanted: Formula;
}

/** Whether a principal may make the requests of a way; `undetermined` where that hangs on something unread. */
export type WayMatch =
  | ({ readonly kind: 'allowed' } & MatchedWay)
  | { readonly kind: 'denied' }
  | { readonly kind: 'undetermined'; readonly doubts: readonly Doubt[] };

/** It may not. */
export const DENIED: WayMatch = { kind: 'denied' };

/** How good an answer is: the smaller the better. */
export const rankOf = ({ kind }: WayMatch): number => RANKS.indexOf(kind);

const RANKS = ['allowed', 'undetermined', 'denied'] as const;

/** Of things to try the first match that needs nothing else, or else the first of those that are allowed, or may be. */
export const best = <Thing>(things: readonly Thing[], attempt: (thing: Thing) => WayMatch): WayMatch => {
  let found: WayMatch = DENIED;
  for (const thing of things) {
    const match = attempt(thing);
    if (match.kind === 'allowed' && match.residual.kind === 'true' && match.provided.length === 0) return match;
    if (rankOf(match) < rankOf(found)) found = match;
  }
  return found;
};
