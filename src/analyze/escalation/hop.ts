import { once } from '../../kernel/once.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { isUnserved } from './asked-resources.ts';
import type { Effect, EscalationMethod, Way } from './escalation-method.ts';
import { type EscalationPath, isUnconditional, stepBefore } from './escalation-path.ts';
import { judgeFact } from './facts.ts';
import { knownUse, matchWay } from './match-way.ts';
import { isOwnWay } from './own-changes.ts';
import type { Target } from './own-state.ts';
import { type Changed, note, pathOf, type Search } from './search.ts';
import { isAboutUsers } from './targets.ts';

/** A way by which one principal becomes another, and who may use it. */
export interface Hop {
  readonly method: EscalationMethod;
  readonly way: Way;
  readonly askers: () => readonly Asker[];
  /** By class of targets that have been tried: who may still try others of it. */
  readonly left: Map<number, readonly Asker[]>;
  /** By class of targets: whom a request on one of them is denied, whatever the goal. */
  readonly denied: Map<number, Set<Asker>>;
}

/** Who asks: a principal as it is, or as its own requests have made it. */
export interface Asker extends Changed {
  readonly principal: User | Role;
  /** The method that its path begins with. */
  readonly first: string;
}

/** The ways of some effects to others. Who asks is found out where there is somebody to try them on. */
export const hopsBy = (search: Search, effects: readonly Effect[]): readonly Hop[] => {
  const changed = [...search.changed].filter(([principal]) => !search.book.isFound(principal));
  return search.methods.flatMap((method) =>
    method.ways
      // What asks nothing of the principal is open to everybody, and no escalation of anybody.
      .filter((way) => !isOwnWay(way) && effects.includes(way.effect) && way.requires.length > 0)
      .map((way) => ({
        method,
        way,
        askers: once(() => [...askersOf(search, method, way, changed)]),
        left: new Map(),
        denied: new Map(),
      })),
  );
};

function* askersOf(
  { candidates, stateOf, arrived }: Search,
  method: EscalationMethod,
  way: Way,
  changed: Iterable<readonly [User | Role, readonly Changed[]]>,
): Iterable<Asker> {
  for (const principal of candidates(way)) {
    if (isOpenTo(way, principal) && !arrived.has(principal))
      yield { principal, state: stateOf(principal), changes: [], first: method.id };
  }
  for (const [principal, variants] of changed) {
    if (!isOpenTo(way, principal)) continue;
    for (const { state, changes } of variants) {
      yield { principal, state, changes, first: (changes[0]?.method ?? method).id };
    }
  }
}

const isOpenTo = (way: Way, self: User | Role): boolean =>
  way.self === undefined || (way.self === 'user') === 'userName' in self;

/** What a way can work on, and with whom it is then done. */
export interface PossibleTarget {
  readonly other: User | Role;
  readonly target: Target;
}

/** Asks whether a way works for somebody on a target, from where a path goes on, and notes the path that begins with it. */
export const tryTarget = (
  search: Search,
  { principal, state, changes }: Asker,
  { method, way }: Hop,
  { other, target }: PossibleTarget,
  rest: EscalationPath,
): 'certain' | 'conditional' | 'undetermined' | 'denied' => {
  if (other === principal) return 'certain';
  const { context, book } = search;
  const match = matchWay(state, way, target, context);
  if (match.kind === 'undetermined') note(search, principal, match.doubts);
  if (match.kind !== 'allowed') return match.kind;
  const step = {
    method: method.id,
    from: principal.arn,
    to: other.arn,
    requests: match.requests,
    // Of the target no more: paths outlive the account's snapshot, which its holder's state has.
    target: { arn: target.arn, what: target.what },
    effect: way.effect,
  };
  book.add(principal, pathOf(changes, stepBefore(step, match, rest)));
  return match.residual.kind === 'true' && match.provided.length === 0 ? 'certain' : 'conditional';
};

/** Whether a way can work on somebody at all, whoever asks: as far as its type, its trust policy and what there is say. */
export const fits = (way: Way, other: User | Role, { context, stateOf }: Search): boolean => {
  const { on, service, federated, effect, facts = [], requires } = way;
  if (effect === 'frees-target' && other.permissionsBoundary === null) return false;
  if (isAboutUsers(on) !== 'userName' in other) return false;
  if (facts.some((fact) => judgeFact(fact, other, context.account) === false)) return false;
  if ('roleName' in other) {
    const isTrusted = (each: string): boolean => context.trustsService(other, each) !== null;
    if (service !== undefined && ![service].flat().some(isTrusted)) return false;
    if (federated !== undefined && context.trustsProviders(other, federated).length === 0) return false;
  }
  const target: Target = { arn: other.arn, what: { kind: 'principal' }, holder: stateOf(other) };
  return !requires.some((requirement) =>
    ('anyOf' in requirement ? requirement.anyOf : [requirement]).every((ask) => isUnserved(ask, target, context)),
  );
};

/** Whether nothing better can come of a way for somebody than is known, where it leads on to a path. */
export const isSettled = (
  { book }: Search,
  { principal, state, first }: Asker,
  way: Way,
  rest: EscalationPath,
): boolean => {
  const use = knownUse(state, way);
  if (use === 'no') return true;
  const path = book.known(principal, first);
  return path !== undefined && (use === 'conditional' || isUnconditional(path) || !isUnconditional(rest));
};

/** Of a way that assumes a role whose trust policy stands: who may as the account is; null: anybody. */
export const assumersOf = ({ context }: Search, way: Way, other: User | Role): ReadonlySet<unknown> | null => {
  const assumes = way.requires.some(
    (requirement) =>
      'action' in requirement && requirement.action === 'sts:AssumeRole' && requirement.after === undefined,
  );
  return assumes ? new Set(context.access.candidates('sts:AssumeRole', other.arn)) : null;
};
