import { allOf, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { Arn } from '../../iam/arn.ts';
import type { Effect } from './escalation-method.ts';
import type { Target } from './own-state.ts';
import type { GrantedRequest, MatchedWay } from './way-match.ts';

/** One hop of a path. */
export interface PathStep {
  /** Id of the method. */
  readonly method: string;
  readonly from: string;
  readonly to: string;
  readonly requests: readonly GrantedRequest[];
  /** What the requests work on, and what that changes. */
  readonly target: Pick<Target, 'arn' | 'what'>;
  readonly effect: Effect;
  /** Of a step into another account: whether the policies there name the principal itself. */
  readonly invited?: boolean;
}

/** A way to something worth reaching. */
export interface EscalationPath {
  readonly steps: readonly PathStep[];
  /** What must hold for the path to work; `true` for nothing. */
  readonly residual: Formula;
  /** What must be so beside, in words, of which the snapshot tells nothing. */
  readonly provided: readonly string[];
  /** What is reached in the end, and of administrators, whether that depends on conditions too. */
  readonly reaches: 'administrator' | 'administrator under conditions' | Arn;
}

/** The path of an administrator: it is there already. */
export const ARRIVED: EscalationPath = { steps: [], residual: TRUE, provided: [], reaches: 'administrator' };

/** The path that begins with a step, and goes on like another. */
export const stepBefore = (step: PathStep, match: MatchedWay, rest: EscalationPath): EscalationPath => ({
  steps: [step, ...rest.steps],
  residual: allOf([match.residual, rest.residual]),
  provided: [...new Set([...match.provided, ...rest.provided])],
  reaches: rest.reaches,
});

/** The path that goes on, where one ends, like another. */
export const pathThenPath = (first: EscalationPath, rest: EscalationPath): EscalationPath => ({
  steps: [...first.steps, ...rest.steps],
  residual: allOf([first.residual, rest.residual]),
  provided: [...new Set([...first.provided, ...rest.provided])],
  // Whoever is administrator only under conditions goes on only under them.
  reaches: first.reaches === 'administrator under conditions' ? first.reaches : rest.reaches,
});

/** Whether the path works and reaches what it leads to whatever the circumstances. */
export const isUnconditional = ({ residual, provided, reaches }: EscalationPath): boolean =>
  residual.kind === 'true' && provided.length === 0 && reaches !== 'administrator under conditions';

/** Orders paths: those that need no condition first, then the shortest. */
export const comparePaths = (left: EscalationPath, right: EscalationPath): number =>
  Number(isUnconditional(right)) - Number(isUnconditional(left)) ||
  left.steps.length - right.steps.length ||
  left.provided.length - right.provided.length;
