import type { Doubt } from '../../evaluate/decision.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { createWayCandidates, type WayCandidates } from './candidates.ts';
import type { Effect, EscalationMethod, Way } from './escalation-method.ts';
import { ARRIVED, type EscalationPath, isUnconditional, stepBefore } from './escalation-path.ts';
import { administratorGoal, type Goal } from './goal.ts';
import { liftLimits, stepOf } from './lift-limits.ts';
import { knownUse, matchWay } from './match-way.ts';
import { isOwnWay, type OwnChange, ownChanges } from './own-changes.ts';
import { afterEffect, createOwnStates, type OwnState, type OwnStates, type Target } from './own-state.ts';
import { createPathBook, type PathBook } from './path-book.ts';
import { createRefusalReader, type RefusalReader } from './refused-targets.ts';
import type { SearchContext } from './search-context.ts';
import { createTargetClasses, type TargetClasses } from './target-classes.ts';
import { denies, otherTargets } from './targets.ts';

/** Who can reach something, and how. */
export interface FoundPaths {
  /** The best path of each principal for each method that one can begin with. */
  readonly paths: ReadonlyMap<User | Role, ReadonlyMap<string, EscalationPath>>;
  /** What could not be decided, of principals of which something could not. */
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
}

/** Who can reach another goal than administrator. */
export interface PathsTowards extends FoundPaths {
  /** Who is there as it is, be it under conditions. */
  readonly there: ReadonlySet<User | Role>;
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
const arriveAsTheyAre = ({ goal, book, arrived, stateOf }: Search): ReadonlySet<User | Role> => {
  const there = new Set<User | Role>();
  for (const principal of goal.holders) {
    const path = goal.arrival(stateOf(principal));
    if (path === null) continue;
    if (path.steps.length === 0) {
      there.add(principal);
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
    return [{ ...hop, askers: hop.askers.filter(({ principal }) => !arrived.has(principal)), left: new Map() }];
  });
  becomeOthers(next, open);
  return { paths: next.book.paths, doubts: next.doubts, there };
};

interface Search {
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
interface Changed {
  readonly state: OwnState;
  readonly changes: readonly OwnChange[];
}

/** Effects by which a principal is allowed everything, but for what limits it still. */
const RAISING: ReadonlySet<Effect> = new Set<Effect>([
  'allows-everything',
  'rewrites-policy',
  'escapes-limits',
  'administers-organization',
]);

/** Effects by which the principal itself is allowed more. */
const GAINING: ReadonlySet<Effect> = new Set<Effect>([
  ...RAISING,
  'joins-group',
  'rolls-back-policy',
  'lifts-boundary',
  'drops-policy',
  'presents-mfa',
  'sets-own-tag',
  'lifts-guardrails',
]);

/** Follows what principals can change about themselves. */
const raiseThemselves = (search: Search): void => {
  for (const method of search.methods) {
    const ways = method.ways.filter((way) => isOwnWay(way) && GAINING.has(way.effect));
    const asking = new Set(ways.flatMap((way) => [...search.candidates(way)]));
    for (const principal of asking) {
      if (search.arrived.has(principal)) continue;
      raiseItself(search, principal, { state: search.stateOf(principal), changes: [] }, method);
    }
  }
  // What one change opens, another may use.
  for (const [principal, variants] of search.changed) {
    if (search.book.isFound(principal)) continue;
    for (const changed of variants.filter(({ changes }) => changes.length < MOST_CHANGES)) {
      for (const method of search.methods) raiseItself(search, principal, changed, method);
    }
  }
};

/** A path of more changes than these is nobody's plan, and the ways there are too many. */
const MOST_CHANGES = 2;
const MOST_VARIANTS = 12;

const raiseItself = (search: Search, principal: User | Role, before: Changed, method: EscalationMethod): void => {
  const { book, context, goal } = search;
  const doubts: Doubt[] = [];
  for (const change of ownChanges(before.state, method, context, doubts)) {
    const changes = [...before.changes, change];
    const end = RAISING.has(change.way.effect) ? liftLimits(change.next, context) : goal.arrival(change.next);
    if (end !== null) book.add(principal, pathOf(changes, end));
    else
      keep(RAISING.has(change.way.effect) ? search.raised : search.changed, principal, { state: change.next, changes });
    const [first = change] = changes;
    const known = book.known(principal, first.method.id);
    if (known !== undefined && isUnconditional(known)) break;
  }
  note(search, principal, doubts);
};

const pathOf = (changes: readonly OwnChange[], end: EscalationPath): EscalationPath =>
  changes.reduceRight((rest, change) => stepBefore(stepOf(change), change.match, rest), end);

const keep = (changed: Map<User | Role, Changed[]>, principal: User | Role, variant: Changed): void => {
  const variants = changed.get(principal) ?? [];
  if (variants.length < MOST_VARIANTS) variants.push(variant);
  changed.set(principal, variants);
};

const note = ({ doubts }: Search, principal: User | Role, more: readonly Doubt[]): void => {
  if (more.length > 0) doubts.set(principal, [...(doubts.get(principal) ?? []), ...more]);
};

/** Follows how principals can give others everything, or free them of their boundary, and become them. */
const raiseOthers = (search: Search): void => {
  const { account, access } = search.context;
  // Whom nothing limits is administrator once it is given everything.
  const isLimited = (principal: User | Role): boolean => {
    const { identity, boundary } = access.effectivePolicies(principal);
    return boundary !== null || identity.some(({ document }) => denies(document));
  };
  const everybody = [...account.users, ...account.roles];
  const ordered = [...everybody.filter((each) => !isLimited(each)), ...everybody.filter(isLimited)];
  for (const hop of hopsBy(search, ['raises-target', 'frees-target'])) {
    if (hop.askers.length === 0) continue;
    const kinds = targetsByKind(search, hop.way, ordered);
    for (const asking of hop.askers) raiseOne(search, hop, asking, kinds);
  }
};

/** What a way can work on, and with whom it is then done. */
interface PossibleTarget {
  readonly other: User | Role;
  readonly target: Target;
}

/** What a way can work on, by what decides requests on it. */
const targetsByKind = (
  search: Search,
  way: Way,
  others: readonly (User | Role)[],
): readonly (readonly PossibleTarget[])[] => {
  const kinds = new Map<string, PossibleTarget[]>();
  for (const other of others.filter((each) => fits(way, each, search))) {
    for (const target of otherTargets(search.stateOf(other), way.on)) {
      const ofPolicy = target.what.kind === 'principal' ? '' : search.classes.ofPolicy(target.arn);
      const kind = `${search.classes.ofPrincipal(other)} ${ofPolicy}`;
      const targets = kinds.get(kind) ?? [];
      targets.push({ other, target });
      kinds.set(kind, targets);
    }
  }
  return [...kinds.values()];
};

const raiseOne = (search: Search, hop: Hop, asking: Asker, kinds: readonly (readonly PossibleTarget[])[]): void => {
  const { context } = search;
  const end = (next: OwnState): EscalationPath | null =>
    hop.way.effect === 'raises-target' ? liftLimits(next, context) : search.goal.arrival(next);
  for (const targets of kinds) {
    for (const possible of targets) {
      if (isSettled(search, asking, hop.way, ARRIVED)) return;
      const match = tryTarget(search, asking, hop, possible, end);
      if (
        match === 'denied' ||
        match === 'undetermined' ||
        (match === 'conditional' && search.book.known(asking.principal, asking.first))
      )
        break;
    }
  }
};

/** Follows how principals can become those that were found, nearer ones first. */
const becomeOthers = (search: Search, hops: readonly Hop[]): void => {
  for (let found = search.book.next(); found !== undefined; found = search.book.next()) {
    const { principal: other, path: rest } = found;
    const passed = new Set(rest.steps.flatMap(({ from, to }) => [from, to]));
    for (const hop of hops) {
      // What a service does as the target it does not do with what the target could become.
      if (hop.way.effect === 'acts-through-target' && rest.steps.length > 0) continue;
      if (fits(hop.way, other, search)) tryAll(search, hop, other, { rest, passed });
    }
  }
};

/** Lets everybody try a way to somebody, but those who tried it in vain on another of the kind. */
const tryAll = (
  search: Search,
  hop: Hop,
  other: User | Role,
  { rest, passed }: { readonly rest: EscalationPath; readonly passed: ReadonlySet<string> },
): void => {
  const kind = search.classes.ofPrincipal(other);
  const left = hop.left.get(kind) ?? hop.askers;
  const denied = hop.denied.get(kind) ?? new Set<Asker>();
  hop.denied.set(kind, denied);
  const assuming = assumersOf(search, hop.way, other);
  const skipped: Asker[] = [];
  for (const asking of left) {
    if (denied.has(asking) || isSettled(search, asking, hop.way, rest)) continue;
    // A path does not come back to where another begins that is as good; another of the kind may still be of use.
    const isCircle = passed.has(asking.principal.arn) && hasPath(search.book, asking.principal, rest);
    if (isCircle || asking.principal === other) skipped.push(asking);
    else if (asking.changes.length === 0 && assuming?.has(asking.principal) === false) denied.add(asking);
    else if (search.isRefused(asking.state, hop.way, other, kind) || isDenied(search, asking, hop, other, rest))
      denied.add(asking);
  }
  hop.left.set(kind, skipped);
};

/** Whether a principal has a path that is as good as another. */
const hasPath = (book: PathBook, principal: User | Role, other: EscalationPath): boolean =>
  isUnconditional(other) ? book.isFound(principal) : book.paths.has(principal);

/** Whether a way can work on somebody at all, as far as its type and the trust policy say. */
const fits = ({ on, service, effect }: Way, other: User | Role, { context }: Search): boolean => {
  if (effect === 'frees-target' && other.permissionsBoundary === null) return false;
  if ((on === 'user' || on === 'policy-of-user') !== 'userName' in other) return false;
  if (service === undefined || 'userName' in other) return true;
  return [service].flat().some((each) => context.trustsService(other, each) !== null);
};

/** Whether nothing better can come of a way for somebody than is known, where it leads on to a path. */
const isSettled = ({ book }: Search, { principal, state, first }: Asker, way: Way, rest: EscalationPath): boolean => {
  const use = knownUse(state, way);
  if (use === 'no') return true;
  const path = book.known(principal, first);
  return path !== undefined && (use === 'conditional' || isUnconditional(path) || !isUnconditional(rest));
};

/** Asks whether somebody can become another principal, from where a path is known: not, or it is noted. */
const isDenied = (search: Search, asking: Asker, hop: Hop, other: User | Role, rest: EscalationPath): boolean => {
  const targets = otherTargets(search.stateOf(other), hop.way.on);
  const tried = targets.map((target) => tryTarget(search, asking, hop, { other, target }, () => rest));
  return tried.every((match) => match === 'denied');
};

/** Asks whether a way works for somebody on a target, and says so; `endOf` tells how it goes on from there. */
const tryTarget = (
  search: Search,
  { principal, state, changes }: Asker,
  { method, way }: Hop,
  { other, target }: PossibleTarget,
  endOf: (next: OwnState) => EscalationPath | null,
): 'certain' | 'conditional' | 'undetermined' | 'denied' => {
  if (other === principal) return 'certain';
  const { context, book } = search;
  const match = matchWay(state, way, target, context);
  if (match.kind === 'undetermined') note(search, principal, match.doubts);
  if (match.kind !== 'allowed') return match.kind;
  const end = endOf(way.effect === 'becomes-target' ? state : afterEffect(state, way.effect, target, context));
  const step = {
    method: method.id,
    from: principal.arn,
    to: other.arn,
    requests: match.requests,
    target,
    effect: way.effect,
  };
  if (end !== null) book.add(principal, pathOf(changes, stepBefore(step, match, end)));
  return match.residual.kind === 'true' && match.provided.length === 0 ? 'certain' : 'conditional';
};

/** A way by which one principal becomes another, and who may use it. */
interface Hop {
  readonly method: EscalationMethod;
  readonly way: Way;
  readonly askers: readonly Asker[];
  /** By class of targets that have been tried: who may still try others of it. */
  readonly left: Map<string, readonly Asker[]>;
  /** By class of targets: whom a request on one of them is denied, whatever the goal. */
  readonly denied: Map<string, Set<Asker>>;
}

/** Who asks: a principal as it is, or as its own requests have made it. */
interface Asker extends Changed {
  readonly principal: User | Role;
  /** The method that its path begins with. */
  readonly first: string;
}

const hopsBy = (search: Search, effects: readonly Effect[]): readonly Hop[] =>
  search.methods.flatMap((method) =>
    method.ways
      // What asks nothing of the principal is open to everybody, and no escalation of anybody.
      .filter((way) => !isOwnWay(way) && effects.includes(way.effect) && way.requires.length > 0)
      .map((way) => ({ method, way, askers: [...askersOf(search, method, way)], left: new Map(), denied: new Map() })),
  );

function* askersOf(search: Search, method: EscalationMethod, way: Way): Iterable<Asker> {
  const { candidates, changed, stateOf, book } = search;
  for (const principal of candidates(way)) {
    if (isOpenTo(way, principal) && !search.arrived.has(principal))
      yield { principal, state: stateOf(principal), changes: [], first: method.id };
  }
  for (const [principal, variants] of changed) {
    if (!isOpenTo(way, principal) || book.isFound(principal)) continue;
    for (const { state, changes } of variants) {
      yield { principal, state, changes, first: (changes[0]?.method ?? method).id };
    }
  }
}

const isOpenTo = (way: Way, self: User | Role): boolean =>
  way.self === undefined || (way.self === 'user') === 'userName' in self;

/** Of a way that assumes a role whose trust policy stands: who may as the account is; null: anybody. */
const assumersOf = ({ context }: Search, way: Way, other: User | Role): ReadonlySet<unknown> | null => {
  const assumes = way.requires.some(
    (requirement) =>
      'action' in requirement && requirement.action === 'sts:AssumeRole' && requirement.after === undefined,
  );
  return assumes ? new Set(context.access.candidates('sts:AssumeRole', other.arn)) : null;
};
