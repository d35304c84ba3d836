import type { Doubt } from '../../evaluate/decision.ts';
import { once } from '../../kernel/once.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { Effect, EscalationMethod, Way } from './escalation-method.ts';
import { type EscalationPath, isUnconditional } from './escalation-path.ts';
import { judgeFact } from './facts.ts';
import { holdsEverything, liftLimits } from './lift-limits.ts';
import { isOwnWay, ownChanges } from './own-changes.ts';
import { type OwnState, SUBSTITUTING } from './own-state.ts';
import { type Changed, note, pathOf, type Search } from './search.ts';
import type { SearchContext } from './search-context.ts';

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
export const raiseThemselves = (search: Search): void => {
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
  const first = (before.changes[0]?.method ?? method).id;
  const doubts: Doubt[] = [];
  const isStopped = once(() => isLimited(before.state));
  const isSettled = (way: Way): boolean =>
    isNoBetter(way, before, book.known(principal, first), context) ||
    // No group takes away what limits its users.
    (way.effect === 'joins-group' && search.changed.get(principal)?.length === MOST_VARIANTS && isStopped());
  for (const change of ownChanges(before.state, method, context, doubts, isSettled)) {
    const changes = [...before.changes, change];
    const end = RAISING.has(change.way.effect) ? liftLimits(change.next, context) : goal.arrival(change.next);
    if (end !== null) book.add(principal, pathOf(changes, end));
    else
      keep(RAISING.has(change.way.effect) ? search.raised : search.changed, principal, { state: change.next, changes });
    const known = book.known(principal, first);
    if (known !== undefined && isUnconditional(known)) break;
  }
  note(search, principal, doubts);
};

/** Whether a principal is no administrator though its policies allow it everything. */
const isLimited = (state: OwnState): boolean => holdsEverything(state) && state.access.unlimited(state.self) === 'no';

/** Whether a path by a way is sure to be no better than one that is known: no shorter, and with as much that nobody knows. */
const isNoBetter = (
  { effect, facts = [] }: Way,
  { changes }: Changed,
  known: EscalationPath | undefined,
  { account }: SearchContext,
): boolean => {
  if (known === undefined || !SUBSTITUTING.has(effect) || known.steps.length > changes.length + 1) return false;
  const unknown = facts.filter((fact) => typeof judgeFact(fact, null, account) === 'object').length;
  return isUnconditional(known) || (unknown > 0 && known.provided.length <= unknown);
};

const keep = (changed: Map<User | Role, Changed[]>, principal: User | Role, variant: Changed): void => {
  const variants = changed.get(principal) ?? [];
  if (variants.length < MOST_VARIANTS) variants.push(variant);
  changed.set(principal, variants);
};
