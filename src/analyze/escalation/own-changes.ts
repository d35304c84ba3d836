import type { Doubt } from '../../evaluate/decision.ts';
import type { EscalationMethod, Way } from './escalation-method.ts';
import { matchWay } from './match-way.ts';
import { afterEffect, type OwnState, type Target } from './own-state.ts';
import type { SearchContext } from './search-context.ts';
import { type OwnTargetKind, ownTargets } from './targets.ts';
import type { MatchedWay } from './way-match.ts';

/** A way that works on the principal itself, or on somebody new. */
export type OwnWay = Way & { readonly on: OwnTargetKind };

/** What a principal may change about itself, and how it stands after that. */
export interface OwnChange {
  readonly method: EscalationMethod;
  readonly way: OwnWay;
  readonly target: Target;
  readonly match: MatchedWay;
  readonly next: OwnState;
}

/** Whether a way works on the principal itself, or on somebody new. */
export const isOwnWay = (way: Way): way is OwnWay =>
  !['user', 'role', 'policy-of-user', 'policy-of-role', 'group-of-user'].includes(way.on);

/** The ways of a method that are open to a type of principal. */
const waysOf = ({ ways }: EscalationMethod, { self }: Pick<OwnState, 'self'>): readonly Way[] =>
  ways.filter((way) => way.self === undefined || (way.self === 'user') === 'userName' in self);

/**
 * Every change by a method that a principal may make, one after the other, but by ways that are settled by then. What could
 * not be decided goes to `doubts`.
 */
export function* ownChanges(
  state: OwnState,
  method: EscalationMethod,
  context: SearchContext,
  doubts: Doubt[],
  isSettled: (way: OwnWay) => boolean = () => false,
): Iterable<OwnChange> {
  for (const way of waysOf(method, state).filter(isOwnWay)) {
    if (!isOfUse(way, state)) continue;
    for (const target of ownTargets(state, way.on, context)) {
      if (isSettled(way)) break;
      const match = matchWay(state, way, target, context);
      if (match.kind === 'undetermined') doubts.push(...match.doubts);
      if (match.kind === 'allowed')
        yield { method, way, target, match, next: afterEffect(state, way.effect, target, context) };
    }
  }
}

/** Whether a change can be of any use: there is a boundary to lift, and it limits something. */
const isOfUse = ({ effect }: Way, { self, policies, access }: OwnState): boolean => {
  if (effect === 'reads-resource' || effect === 'acts-through-target') return false;
  if (effect !== 'lifts-boundary') return true;
  const boundary = policies.find(({ arn }) => arn === self.permissionsBoundary);
  const document = boundary?.versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
  if (document === undefined) return self.permissionsBoundary !== null;
  return document.statements.length > 1 || access.documentGrantsEverything(document) !== 'yes';
};
