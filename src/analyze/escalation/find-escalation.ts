import type { AccountAccess } from '../../access/account-access.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import { allOf, type Formula } from '../../evaluate/formula.ts';
import type { EscalationStep } from '../../finding/check-result.ts';
import { iamArn } from '../../iam/arn.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { limitRemovals, selfEscalations } from './catalogue/index.ts';
import type { EscalationMethod } from './escalation-method.ts';
import { liftLimits } from './lift-limits.ts';
import { type MatchContext, matchWay } from './match-way.ts';
import { afterEffect, createOwnStates, type OwnState, type Surroundings } from './own-state.ts';
import { targetsOf } from './targets.ts';

/** Whether a principal that is no administrator can make itself one. */
export type EscalationAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'undetermined'; readonly doubts: readonly Doubt[] }
  | {
      readonly kind: 'found';
      /** The shortest path, one that needs no condition before one that does. */
      readonly path: EscalationPath;
      /** Ids of the other methods that a path can begin with. */
      readonly alternatives: readonly string[];
    };

/** A way to administrator. */
export interface EscalationPath {
  readonly steps: readonly EscalationStep[];
  /** What must hold for the path to work; `true` for nothing. */
  readonly residual: Formula;
  /** Whether what is reached in the end depends on conditions too. */
  readonly reaches: 'administrator' | 'administrator under conditions';
}

/** Answers for any user or role of an account, once each. */
export type EscalationFinder = (self: User | Role) => EscalationAnswer;

/** Makes the finder of an account's escalations. */
export const createEscalationFinder = (
  account: AccountSnapshot,
  access: AccountAccess,
  surroundings: Surroundings,
): EscalationFinder => {
  const stateOf = createOwnStates(account, access);
  const context: MatchContext = { ...surroundings, administratorPolicies: administratorPolicies(account, access) };
  const answers = new WeakMap<User | Role, EscalationAnswer>();
  return (self) => {
    const answer = answers.get(self) ?? findEscalation(stateOf(self), context);
    answers.set(self, answer);
    return answer;
  };
};

const administratorPolicies = ({ partition, managedPolicies }: AccountSnapshot, access: AccountAccess) => [
  iamArn(partition, 'aws', 'policy/AdministratorAccess'),
  ...managedPolicies
    .filter(({ versions }) =>
      versions.some(
        ({ isDefaultVersion, document }) => isDefaultVersion && access.documentGrantsEverything(document) === 'yes',
      ),
    )
    .map(({ arn }) => arn),
];

const findEscalation = (state: OwnState, context: MatchContext): EscalationAnswer => {
  const administrator = state.access.unlimited(state.self);
  if (administrator === 'yes') return { kind: 'none' };

  const paths = new Map<string, EscalationPath>();
  const doubts: Doubt[] = [];
  for (const method of selfEscalations) {
    const best = [...pathsBy(method, state, context, doubts)].sort(comparePaths)[0];
    if (best !== undefined) paths.set(method.id, best);
  }
  // What an administrator under conditions can do to itself under conditions is no news.
  const news = [...paths].filter(([, path]) => administrator === 'no' || isUnconditional(path));
  const [first, ...others] = news.sort(([, left], [, right]) => comparePaths(left, right));
  if (first !== undefined) return { kind: 'found', path: first[1], alternatives: others.map(([id]) => id) };
  return doubts.length > 0 ? { kind: 'undetermined', doubts } : { kind: 'none' };
};

function* pathsBy(
  { id, ways }: EscalationMethod,
  state: OwnState,
  context: MatchContext,
  doubts: Doubt[],
): Iterable<EscalationPath> {
  const type = 'userName' in state.self ? 'user' : 'role';
  for (const way of ways.filter(({ self }) => self === type || self === 'any')) {
    for (const target of targetsOf(state, way.on)) {
      const match = matchWay(state, way, target, context);
      if (match.kind === 'undetermined') doubts.push(...match.doubts);
      if (match.kind !== 'allowed') continue;
      const { arn } = state.self;
      const first = { method: id, from: arn, to: arn, requests: match.requests };
      const lifted = liftLimits(afterEffect(state, way.effect, target, context), context);
      if (lifted.reaches === 'no') continue;
      yield {
        steps: [first, ...lifted.steps],
        residual: allOf([match.residual, lifted.residual]),
        reaches: lifted.reaches === 'yes' ? 'administrator' : 'administrator under conditions',
      };
    }
  }
}

/** How to close a path: what to do about its methods, the first one before all. */
export const remediationOf = ({ steps }: EscalationPath): readonly string[] => {
  const methods = [...selfEscalations, ...limitRemovals];
  return steps.flatMap(({ method }) => methods.find(({ id }) => id === method)?.remediation ?? []);
};

/** Whether the path works and reaches administrator whatever the circumstances. */
export const isUnconditional = ({ residual, reaches }: EscalationPath): boolean =>
  residual.kind === 'true' && reaches === 'administrator';

// Sorting is stable: of two equal paths the one of the method that stands first in the catalogue goes first.
const comparePaths = (left: EscalationPath, right: EscalationPath): number =>
  Number(isUnconditional(right)) - Number(isUnconditional(left)) || left.steps.length - right.steps.length;
