import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { type EscalationPath, isUnconditional } from './escalation-path.ts';
import { type Asker, assumersOf, fits, type Hop, isSettled, tryTarget } from './hop.ts';
import type { PathBook } from './path-book.ts';
import type { Search } from './search.ts';
import { otherTargets } from './targets.ts';

/** Follows how principals can become those that were found, nearer ones first. */
export const becomeOthers = (search: Search, hops: readonly Hop[]): void => {
  for (let found = search.book.next(); found !== undefined; found = search.book.next()) {
    const { principal: other, path: rest } = found;
    const passed = new Set(rest.steps.flatMap(({ from, to }) => [from, to]));
    for (const hop of hops) {
      // What a service does as the target it does not do with what the target could become.
      if (hop.way.effect === 'acts-through-target' && rest.steps.length > 0) continue;
      tryAll(search, hop, other, { rest, passed });
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
  const left = hop.left.get(kind) ?? (fits(hop.way, other, search) ? hop.askers() : []);
  if (left.length === 0) {
    hop.left.set(kind, left);
    return;
  }
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

/** Asks whether somebody can become another principal, from where a path is known: not, or it is noted. */
const isDenied = (search: Search, asking: Asker, hop: Hop, other: User | Role, rest: EscalationPath): boolean => {
  const targets = otherTargets(search.stateOf(other), hop.way.on);
  const tried = targets.map((target) => tryTarget(search, asking, hop, { other, target }, rest));
  return tried.every((match) => match === 'denied');
};
