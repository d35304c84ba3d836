import type { Extent } from '../../access/grants-everything.ts';
import { limits } from './catalogue/limits.ts';
import { ownPolicies } from './catalogue/own-policies.ts';
import type { Effect, EscalationMethod } from './escalation-method.ts';
import { ARRIVED, type EscalationPath, type PathStep, stepBefore } from './escalation-path.ts';
import { type OwnChange, ownChanges } from './own-changes.ts';
import type { OwnState } from './own-state.ts';
import type { SearchContext } from './search-context.ts';

/**
 * Takes away, one request after the other, the boundary and the denials that still limit a principal that its own
 * policies allow everything, as far as they themselves let it; null: no administrator comes of it. Each removal only widens
 * what it may do next, so that the order does not matter. Where that ends at an administrator under conditions, the
 * shortest way there is told.
 */
export const liftLimits = (start: OwnState, context: SearchContext): EscalationPath | null => {
  const removed: OwnChange[] = [];
  let state = start;
  let conditional: EscalationPath | null = null;
  for (;;) {
    const reaches = state.access.unlimited(state.self);
    if (reaches === 'yes') return pathOf(removed, reaches);
    if (reaches === 'conditional') conditional ??= pathOf(removed, reaches);
    const removals = possibleRemovals(state, context);
    const removal =
      removals.find(({ match }) => match.residual.kind === 'true') ?? (conditional === null ? removals[0] : undefined);
    if (removal === undefined) return conditional;
    removed.push(removal);
    state = removal.next;
  }
};

const pathOf = (removed: readonly OwnChange[], reaches: Extent): EscalationPath =>
  removed.reduceRight<EscalationPath>((rest, change) => stepBefore(stepOf(change), change.match, rest), {
    ...ARRIVED,
    reaches: reaches === 'yes' ? 'administrator' : 'administrator under conditions',
  });

/** A change as a step of a path. */
export const stepOf = ({ method, way, target, match, next }: OwnChange, from: string = next.self.arn): PathStep => ({
  method: method.id,
  from,
  // A group that is made is joined, nobody else.
  to: target.what.kind === 'new' && way.effect !== 'allows-everything' ? target.arn : from,
  requests: match.requests,
  target: { arn: target.arn, what: target.what },
  effect: way.effect,
});

/** By which somebody serves the principal who is not limited as it is. */
const substitutes = ownPolicies.filter(({ ways }) => ways.some(({ effect }) => effect === 'escapes-limits'));

const removals: readonly EscalationMethod[] = [...limits, ...substitutes];

const possibleRemovals = (state: OwnState, context: SearchContext): readonly OwnChange[] =>
  removals
    .flatMap((method) => [...ownChanges(state, method, context, [])])
    // Leaving a group must not take away what was gained through it.
    .filter(({ way, next }) => removes(way.effect, next) && holdsEverything(next));

const removes = (effect: Effect, { self, access }: OwnState): boolean => {
  // Back and forth between versions would go on for ever.
  if (effect === 'rolls-back-policy') return access.unlimited(self) === 'yes';
  return effect === 'lifts-boundary' || effect === 'drops-policy' || effect === 'escapes-limits';
};

/** Whether a policy allows the principal everything, whatever denies and limits it. */
export const holdsEverything = ({ self, access }: OwnState): boolean =>
  access.effectivePolicies(self).identity.some(({ document }) => access.documentGrantsEverything(document) === 'yes');
