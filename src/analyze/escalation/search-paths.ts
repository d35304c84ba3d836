import type { Doubt } from '../../evaluate/decision.ts';
import { once } from '../../kernel/once.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { becomeOthers } from './become-others.ts';
import { createWayCandidates } from './candidates.ts';
import type { EscalationMethod } from './escalation-method.ts';
import { type EscalationPath, isUnconditional } from './escalation-path.ts';
import { administratorGoal, type Goal } from './goal.ts';
import { type Hop, hopsBy } from './hop.ts';
import { createOwnStates } from './own-state.ts';
import { createPathBook } from './path-book.ts';
import { raiseOthers } from './raise-others.ts';
import { raiseThemselves } from './raise-themselves.ts';
import { createRefusalReader } from './refused-targets.ts';
import { pathOf, type Search } from './search.ts';
import type { SearchContext } from './search-context.ts';
import { createTargetClasses } from './target-classes.ts';

/** Who can reach something, and how. */
export interface FoundPaths {
  /** The best path of each principal for each method that one can begin with. */
  readonly paths: ReadonlyMap<User | Role, ReadonlyMap<string, EscalationPath>>;
  /** What could not be decided, of principals of which something could not. */
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
}

/** Who can reach another goal than administrator. */
export interface PathsTowards extends FoundPaths {
  /** Who is there as it is, be it under conditions, each with its path of no steps. */
  readonly there: ReadonlyMap<User | Role, EscalationPath>;
}

/** Who can become administrator, and whoever else can reach something else. */
export interface PathSearch extends FoundPaths {
  /** Searches for those who can reach another goal, but for administrators and those who can become one. */
  towards(goal: Goal): PathsTowards;
}

/**
 * Searches backwards from the administrators: whoever can become one of those already found, or raise itself, is found
 * next, the shortest paths first and those without conditions before all others. What it costs follows from who holds
 * dangerous grants, not from how many principals there are.
 */
export const searchPaths = (context: SearchContext, methods: readonly EscalationMethod[]): PathSearch => {
  const search: Search = {
    context,
    goal: administratorGoal([...context.account.users, ...context.account.roles]),
    methods,
    candidates: createWayCandidates(context),
    stateOf: createOwnStates(context.account, context.access),
    classes: createTargetClasses(context.account),
    book: createPathBook(),
    arrived: new Set(),
    changed: new Map(),
    raised: new Map(),
    isRefused: createRefusalReader(),
    doubts: new Map(),
  };
  arriveAsTheyAre(search);
  raiseThemselves(search);
  raiseOthers(search);
  becomeOthers(search, hopsBy(search, ['becomes-target']));
  let onward: Onward | undefined;
  return {
    paths: search.book.paths,
    doubts: search.doubts,
    towards: (goal) => {
      onward ??= startOnward(search);
      return searchTowards(onward, goal);
    },
  };
};

/** Notes who is at the goal without anybody's help. */
const arriveAsTheyAre = ({ goal, book, arrived, stateOf }: Search): PathsTowards['there'] => {
  const there = new Map<User | Role, EscalationPath>();
  for (const principal of goal.holders) {
    const path = goal.arrival(stateOf(principal));
    if (path === null) continue;
    if (path.steps.length === 0) {
      there.set(principal, path);
      if (isUnconditional(path)) arrived.add(principal);
    }
    book.add(principal, path);
  }
  return there;
};

/** What searches for other goals than administrators have in common. */
interface Onward {
  readonly search: Search;
  /** Administrators, and those who can become one, be it under conditions: what else they reach is no news. */
  readonly mighty: ReadonlySet<User | Role>;
  /** The ways to others that are open to everybody else. */
  readonly hops: readonly Hop[];
}

const startOnward = (search: Search): Onward => {
  const principals = [...search.context.account.users, ...search.context.account.roles];
  const mighty = new Set(principals.filter((each) => search.arrived.has(each) || search.book.paths.has(each)));
  const hops = hopsBy({ ...search, arrived: mighty }, ['becomes-target', 'acts-through-target']);
  return { search, mighty, hops };
};

const searchTowards = ({ search, mighty, hops }: Onward, goal: Goal): PathsTowards => {
  const arrived = new Set(mighty);
  const next: Search = { ...search, goal, arrived, book: createPathBook(), doubts: new Map() };
  const there = arriveAsTheyAre(next);
  for (const [principal, variants] of [...search.changed, ...search.raised]) {
    if (arrived.has(principal)) continue;
    for (const { state, changes } of variants) {
      const end = goal.arrival(state);
      if (end !== null) next.book.add(principal, pathOf(changes, end));
    }
  }
  const open = hops.flatMap((hop): Hop[] => {
    if (hop.way.effect === 'acts-through-target' && !goal.through.has(hop.method.id)) return [];
    return [
      { ...hop, askers: once(() => hop.askers().filter(({ principal }) => !arrived.has(principal))), left: new Map() },
    ];
  });
  becomeOthers(next, open);
  return { paths: next.book.paths, doubts: next.doubts, there };
};
