import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { TargetKind, Way } from './escalation-method.ts';
import { ARRIVED, type EscalationPath } from './escalation-path.ts';
import { type Asker, fits, type Hop, hopsBy, isSettled, type PossibleTarget, tryTarget } from './hop.ts';
import { liftLimits } from './lift-limits.ts';
import { afterEffect } from './own-state.ts';
import type { Search } from './search.ts';
import { denies, otherTargets } from './targets.ts';

/** Follows how principals can give others everything, or free them of their boundary, and become them. */
export const raiseOthers = (search: Search): void => {
  const { account, access } = search.context;
  // Whom nothing limits is administrator once it is given everything.
  const isLimited = (principal: User | Role): boolean => {
    const { identity, boundary } = access.effectivePolicies(principal);
    return boundary !== null || identity.some(({ document }) => denies(document));
  };
  const everybody = [...account.users, ...account.roles];
  const ordered = [...everybody.filter((each) => !isLimited(each)), ...everybody.filter(isLimited)];
  const kindsOf = new Map<TargetKind, readonly (readonly PossibleTarget[])[]>();
  for (const hop of hopsBy(search, ['raises-target', 'frees-target'])) {
    if (hop.askers().length === 0) continue;
    const { on } = hop.way;
    const kinds = kindsOf.get(on) ?? targetsByKind(search, on, ordered);
    kindsOf.set(on, kinds);
    const ends = new Map<PossibleTarget, EscalationPath | null>();
    for (const asking of hop.askers()) raiseOne(search, hop, asking, kinds, ends);
  }
};

/** What ways on a kind of target can work on, by what decides requests on it. */
const targetsByKind = (
  search: Search,
  on: TargetKind,
  others: readonly (User | Role)[],
): readonly (readonly PossibleTarget[])[] => {
  const kinds = new Map<string, PossibleTarget[]>();
  for (const other of others) {
    const ofPrincipal = search.classes.ofPrincipal(other);
    for (const target of otherTargets(search.stateOf(other), on)) {
      const ofPolicy = target.what.kind === 'principal' ? '' : search.classes.ofPolicy(target.arn);
      const kind = `${ofPrincipal} ${ofPolicy}`;
      const targets = kinds.get(kind) ?? [];
      targets.push({ other, target });
      kinds.set(kind, targets);
    }
  }
  return [...kinds.values()];
};

/** Where a way leads, the same for everybody who asks; null: nowhere. */
const endOf = (search: Search, way: Way, { other, target }: PossibleTarget): EscalationPath | null => {
  const { context, goal, stateOf } = search;
  if (!fits(way, other, search)) return null;
  const raised = afterEffect(stateOf(other), way.effect, target, context);
  return way.effect === 'raises-target' ? liftLimits(raised, context) : goal.arrival(raised);
};

const raiseOne = (
  search: Search,
  hop: Hop,
  asking: Asker,
  kinds: readonly (readonly PossibleTarget[])[],
  ends: Map<PossibleTarget, EscalationPath | null>,
): void => {
  for (const targets of kinds) {
    for (const possible of targets) {
      if (isSettled(search, asking, hop.way, ARRIVED)) return;
      const known = ends.get(possible);
      const end = known === undefined ? endOf(search, hop.way, possible) : known;
      ends.set(possible, end);
      if (end === null) continue;
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
