import type { Limit } from '../../evaluate/decision.ts';
import type { StatementPlace } from '../../evaluate/explain-decision.ts';
import type { Formula } from '../../evaluate/formula.ts';
import type { Area } from './resource-area.ts';

/** What a statement says of the actions that it matches: where it applies, and under which condition. */
export interface Clause {
  readonly area: Area;
  readonly condition: Formula;
  /** Null: no statement says so, but the question, or AWS of the root user. */
  readonly statement: StatementPlace | null;
}

/** Where clauses come from: a kind of policy, or the question, which is about some resources only. */
interface Origin {
  readonly limit: Limit | 'question';
  /** Of SCPs and RCPs, from 0 at the root. */
  readonly level: number | null;
  /** Whether they count for resources of other accounts as well; those of RCPs do not. */
  readonly everywhere: boolean;
}

/** Something that must allow, and its clauses: one of them has to apply. */
export interface LimitClauses extends Origin {
  readonly clauses: readonly Clause[];
}

/** A Deny. */
export interface DenyClause extends Clause, Origin {}

/**
 * On which resources and under which condition something is granted: where `area` and `condition` hold, of each of
 * `within` some clause applies, and of `except` none does.
 */
export interface Terms {
  readonly area: Area;
  readonly condition: Formula;
  readonly within: readonly LimitClauses[];
  readonly except: readonly DenyClause[];
  readonly grantedBy: StatementPlace | null;
}

/** All that policies say of one action. */
export interface Said {
  readonly grants: readonly Clause[];
  readonly limits: readonly LimitClauses[];
  readonly denies: readonly DenyClause[];
}
