import type { Doubt } from '../../evaluate/decision.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { createWayCandidates, type WayCandidates } from './candidates.ts';
import type { Effect, EscalationMethod, Way } from './escalation-method.ts';
import { ARRIVED, type EscalationPath, isUnconditional, stepBefore } from './escalation-path.ts';
import { liftLimits, stepOf } from './lift-limits.ts';
import { matchWay } from './match-way.ts';
import { isOwnWay, type OwnChange, ownChanges } from './own-changes.ts';
import { afterEffect, createOwnStates, type OwnState, type OwnStates } from './own-state.ts';
import { createPathBook, type PathBook } from './path-book.ts';
import type { SearchContext } from './search-context.ts';
import { otherTargets } from './targets.ts';

/** Who can become administrator, and how. */
export interface FoundPaths {
  /** The best path of each principal for each method that one can begin with. */
  readonly paths: ReadonlyMap<User | Role, ReadonlyMap<string, EscalationPath>>;
  /** What could not be decided, of principals of which something could not. */
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
}

/**
 * Searches backwards from the administrators: whoever can become one of those already found, or raise itself, is found
 * next, the shortest paths first and those without conditions before all others. What it costs follows from who holds
 * dangerous grants, not from how many principals there are.
 */
export const searchPaths = (context: SearchContext, methods: readonly EscalationMethod[]): FoundPaths => {
  const search: Search = {
    context,
    methods,
    candidates: createWayCandidates(context),
    stateOf: createOwnStates(context.account, context.access),
    book: createPathBook(),
    changed: new Map(),
    doubts: new Map(),
  };
  for (const principal of [...context.account.users, ...context.account.roles]) {
    const administrator = context.access.unlimited(principal);
    if (administrator !== 'no')
      search.book.add(principal, {
        ...ARRIVED,
        reaches: administrator === 'yes' ? 'administrator' : 'administrator under conditions',
      });
  }
  raiseThemselves(search);
  raiseOthers(search);
  becomeOthers(search);
  return { paths: search.book.paths, doubts: search.doubts };
};

interface Search {
  readonly context: SearchContext;
  readonly methods: readonly EscalationMethod[];
  readonly candidates: WayCandidates;
  readonly stateOf: OwnStates;
  readonly book: PathBook;
  /** How principals stand that have changed what they may do without becoming administrator by that. */
  readonly changed: Map<User | Role, Changed[]>;
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

/** Follows what principals can change about themselves. */
const raiseThemselves = (search: Search): void => {
  for (const method of search.methods) {
    const asking = new Set(method.ways.filter(isOwnWay).flatMap((way) => [...search.candidates(way)]));
    for (const principal of asking) {
      if (search.context.access.unlimited(principal) === 'yes') continue;
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
  const { book, context } = search;
  const doubts: Doubt[] = [];
  for (const change of ownChanges(before.state, method, context, doubts)) {
    const changes = [...before.changes, change];
    const end = RAISING.has(change.way.effect) ? liftLimits(change.next, context) : arrivedBy(change.next);
    if (end !== null) book.add(principal, pathOf(changes, end));
    else if (!RAISING.has(change.way.effect)) keep(search, principal, { state: change.next, changes });
    const [first = change] = changes;
    const known = book.known(principal, first.method.id);
    if (known !== undefined && isUnconditional(known)) break;
  }
  note(search, principal, doubts);
};

const arrivedBy = ({ self, access }: OwnState): EscalationPath | null => {
  const administrator = access.unlimited(self);
  if (administrator === 'no') return null;
  return { ...ARRIVED, reaches: administrator === 'yes' ? 'administrator' : 'administrator under conditions' };
};

const pathOf = (changes: readonly OwnChange[], end: EscalationPath): EscalationPath =>
  changes.reduceRight((rest, change) => stepBefore(stepOf(change), change.match, rest), end);

const keep = ({ changed }: Search, principal: User | Role, variant: Changed): void => {
  const variants = changed.get(principal) ?? [];
  if (variants.length < MOST_VARIANTS) variants.push(variant);
  changed.set(principal, variants);
};

const note = ({ doubts }: Search, principal: User | Role, more: readonly Doubt[]): void => {
  if (more.length > 0) doubts.set(principal, [...(doubts.get(principal) ?? []), ...more]);
};

/** Follows how principals can give others everything, or free them of their boundary, and become them. */
const raiseOthers = (search: Search): void => {
  const { context, candidates } = search;
  const everybody = [...context.account.users, ...context.account.roles];
  for (const hop of waysOnOthers(search, ['raises-target', 'frees-target'])) {
    const end = (next: OwnState): EscalationPath | null =>
      hop.way.effect === 'raises-target' ? liftLimits(next, context) : arrivedBy(next);
    for (const asking of askers(search, hop.way, candidates(hop.way))) {
      for (const other of everybody) {
        if (isSettled(search, asking, hop.method)) break;
        tryHop(search, asking, hop, other, end);
      }
    }
  }
};

/** Follows how principals can become those that were found, nearer ones first. */
const becomeOthers = (search: Search): void => {
  const hops = [...waysOnOthers(search, ['becomes-target'])];
  for (let found = search.book.next(); found !== undefined; found = search.book.next()) {
    const { principal: other, path: rest } = found;
    const passed = new Set(rest.steps.flatMap(({ from, to }) => [from, to]));
    for (const hop of hops) {
      for (const asking of askers(search, hop.way, candidatesOn(search, hop.way, other))) {
        const isNews = !passed.has(asking.principal.arn) && !isSettled(search, asking, hop.method, rest);
        if (isNews) tryHop(search, asking, hop, other, () => rest);
      }
    }
  }
};

/** Whether a path is known that begins with the method and is as good as what may come. */
const isSettled = (
  { book, context }: Search,
  asking: Asker,
  method: EscalationMethod,
  rest: EscalationPath = ARRIVED,
): boolean => {
  if (context.access.unlimited(asking.principal) === 'yes') return true;
  const known = book.known(asking.principal, (asking.changes[0]?.method ?? method).id);
  return known !== undefined && (isUnconditional(known) || !isUnconditional(rest));
};

/** Asks whether somebody can become another principal; `endOf` tells how it goes on from there. */
const tryHop = (
  search: Search,
  { principal, state, changes }: Asker,
  { method, way }: Hop,
  other: User | Role,
  endOf: (next: OwnState) => EscalationPath | null,
): void => {
  if (other === principal) return;
  const { context, stateOf, book } = search;
  for (const target of otherTargets(stateOf(other), way.on)) {
    const match = matchWay(state, way, target, context);
    if (match.kind === 'undetermined') note(search, principal, match.doubts);
    if (match.kind !== 'allowed') continue;
    const end = endOf(afterEffect(state, way.effect, target, context));
    if (end === null) continue;
    const step = { method: method.id, from: principal.arn, to: other.arn, requests: match.requests };
    book.add(principal, pathOf(changes, stepBefore(step, match, end)));
  }
};

/** A way by which one principal becomes another. */
interface Hop {
  readonly method: EscalationMethod;
  readonly way: Way;
}

function* waysOnOthers({ methods }: Search, effects: readonly Effect[]): Iterable<Hop> {
  for (const method of methods) {
    for (const way of method.ways) {
      // What asks nothing of the principal is open to everybody, and no escalation of anybody.
      if (!isOwnWay(way) && effects.includes(way.effect) && way.requires.length > 0) yield { method, way };
    }
  }
}

/** Who asks: a principal as it is, or as its own requests have made it. */
interface Asker extends Changed {
  readonly principal: User | Role;
}

function* askers({ changed, stateOf, book }: Search, way: Way, candidates: Iterable<User | Role>): Iterable<Asker> {
  for (const principal of candidates) {
    if (isOpenTo(way, principal)) yield { principal, state: stateOf(principal), changes: [] };
  }
  for (const [principal, variants] of changed) {
    if (!isOpenTo(way, principal) || book.isFound(principal)) continue;
    for (const variant of variants) yield { principal, ...variant };
  }
}

const isOpenTo = (way: Way, self: User | Role): boolean =>
  way.self === undefined || (way.self === 'user') === 'userName' in self;

/** Who may be allowed a way on somebody: where it assumes a role, whom the role's trust policy or a grant lets do so. */
const candidatesOn = ({ candidates, context }: Search, way: Way, other: User | Role): Iterable<User | Role> => {
  const all = candidates(way);
  const assumes = way.requires.some(
    (requirement) =>
      'action' in requirement && requirement.action === 'sts:AssumeRole' && requirement.after === undefined,
  );
  if (!assumes) return all;
  const assuming = new Set<unknown>(context.access.candidates('sts:AssumeRole', other.arn));
  return [...all].filter((principal) => assuming.has(principal));
};
