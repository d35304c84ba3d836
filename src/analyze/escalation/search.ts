import type { Doubt } from '../../evaluate/decision.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { WayCandidates } from './candidates.ts';
import type { EscalationMethod } from './escalation-method.ts';
import { type EscalationPath, stepBefore } from './escalation-path.ts';
import type { Goal } from './goal.ts';
import { stepOf } from './lift-limits.ts';
import type { OwnChange } from './own-changes.ts';
import type { OwnState, OwnStates } from './own-state.ts';
import type { PathBook } from './path-book.ts';
import type { RefusalReader } from './refused-targets.ts';
import type { SearchContext } from './search-context.ts';
import type { TargetClasses } from './target-classes.ts';

export interface Search {
  readonly context: SearchContext;
  readonly goal: Goal;
  readonly methods: readonly EscalationMethod[];
  readonly candidates: WayCandidates;
  readonly stateOf: OwnStates;
  readonly classes: TargetClasses;
  readonly book: PathBook;
  /** Who is at the goal already, whatever the circumstances. */
  readonly arrived: Set<User | Role>;
  /** How principals stand that have changed what they may do without becoming administrator by that. */
  readonly changed: Map<User | Role, Changed[]>;
  /** The same of those whom their own policies then allow everything, and who are limited still. */
  readonly raised: Map<User | Role, Changed[]>;
  readonly isRefused: RefusalReader;
  readonly doubts: Map<User | Role, Doubt[]>;
}

/** A principal as its own requests have made it. */
export interface Changed {
  readonly state: OwnState;
  readonly changes: readonly OwnChange[];
}

export const pathOf = (changes: readonly OwnChange[], end: EscalationPath): EscalationPath =>
  changes.reduceRight((rest, change) => stepBefore(stepOf(change), change.match, rest), end);

export const note = ({ doubts }: Search, principal: User | Role, more: readonly Doubt[]): void => {
  if (more.length > 0) doubts.set(principal, [...(doubts.get(principal) ?? []), ...more]);
};
