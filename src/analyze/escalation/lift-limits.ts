import type { Extent } from '../../access/grants-everything.ts';
import { allOf, type Formula } from '../../evaluate/formula.ts';
import type { EscalationStep } from '../../finding/check-result.ts';
import { limitRemovals } from './catalogue/index.ts';
import type { Effect } from './escalation-method.ts';
import { type MatchContext, matchWay } from './match-way.ts';
import { afterEffect, type OwnState } from './own-state.ts';
import { targetsOf } from './targets.ts';

/** How far a principal gets that has given itself everything. */
export interface Lifted {
  /** Whether it is administrator in the end. */
  readonly reaches: Extent;
  /** The requests by which it took away what limited it. */
  readonly steps: readonly EscalationStep[];
  readonly residual: Formula;
}

/**
 * Takes away, one request after the other, the boundary and the denials that still limit a principal that its own
 * policies allow everything, as far as they themselves let it. Each removal only widens what it may do next, so that the
 * order does not matter. Where that ends at an administrator under conditions, the shortest way there is told.
 */
export const liftLimits = (start: OwnState, context: MatchContext): Lifted => {
  const steps: EscalationStep[] = [];
  const residuals: Formula[] = [];
  let state = start;
  let conditional: Lifted | null = null;
  for (;;) {
    const reaches = state.access.unlimited(state.self);
    const lifted = { reaches, steps: [...steps], residual: allOf(residuals) };
    if (reaches === 'yes') return lifted;
    if (reaches === 'conditional') conditional ??= lifted;
    const removals = possibleRemovals(state, context);
    const removal =
      removals.find(({ residual }) => residual.kind === 'true') ?? (conditional === null ? removals[0] : undefined);
    if (removal === undefined) return conditional ?? lifted;
    steps.push(removal.step);
    residuals.push(removal.residual);
    state = removal.state;
  }
};

interface Removal {
  readonly step: EscalationStep;
  readonly residual: Formula;
  readonly state: OwnState;
}

const possibleRemovals = (state: OwnState, context: MatchContext): readonly Removal[] => {
  const { arn } = state.self;
  const type = 'userName' in state.self ? 'user' : 'role';
  return limitRemovals.flatMap(({ id, ways }) =>
    ways
      .filter(({ self, effect }) => (self === type || self === 'any') && isOfUse(effect, state))
      .flatMap((way) => targetsOf(state, way.on).map((target) => ({ way, target })))
      .flatMap(({ way, target }): readonly Removal[] => {
        const match = matchWay(state, way, target, context);
        if (match.kind !== 'allowed') return [];
        const next = afterEffect(state, way.effect, target, context);
        if (!holdsEverything(next)) return [];
        const to = way.on === 'new-user' ? target.arn : arn;
        return [
          { step: { method: id, from: arn, to, requests: match.requests }, residual: match.residual, state: next },
        ];
      }),
  );
};

/** Whether a removal changes anything: there is a boundary to lift, and it limits something. */
const isOfUse = (effect: Effect, { self, policies, access }: OwnState): boolean => {
  if (effect !== 'lifts-boundary' && effect !== 'rewrites-policy') return true;
  const boundary = policies.find(({ arn }) => arn === self.permissionsBoundary);
  const document = boundary?.versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
  if (document === undefined) return self.permissionsBoundary !== null;
  return document.statements.length > 1 || access.documentGrantsEverything(document) !== 'yes';
};

// Leaving a group must not take away what was gained through it.
const holdsEverything = ({ self, access }: OwnState): boolean =>
  access.effectivePolicies(self).identity.some(({ document }) => access.documentGrantsEverything(document) === 'yes');
