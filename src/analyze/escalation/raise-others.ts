import { once } from '../../kernel/once.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { Way } from './escalation-method.ts';
import { ARRIVED, type EscalationPath } from './escalation-path.ts';
import { type Asker, fits, type Hop, hopsBy, isSettled, type PossibleTarget, tryTarget } from './hop.ts';
import { liftLimits } from './lift-limits.ts';
import { afterEffect, type OwnState } from './own-state.ts';
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
  for (const hop of hopsBy(search, ['raises-target', 'frees-target'])) {
    if (hop.askers.length === 0) continue;
    const kinds = targetsByKind(search, hop.way, ordered);
    for (const asking of hop.askers) raiseOne(search, hop, asking, kinds);
  }
};

/** What a way can work on, and where that leads: the same for everybody who asks; null: nowhere. */
interface RaisedTarget extends PossibleTarget {
  readonly end: () => EscalationPath | null;
}

/** What a way can work on, by what decides requests on it. */
const targetsByKind = (
  search: Search,
  way: Way,
  others: readonly (User | Role)[],
): readonly (readonly RaisedTarget[])[] => {
  const kinds = new Map<string, RaisedTarget[]>();
  for (const other of others.filter((each) => fits(way, each, search))) {
    const state = search.stateOf(other);
    for (const target of otherTargets(state, way.on)) {
      const ofPolicy = target.what.kind === 'principal' ? '' : search.classes.ofPolicy(target.arn);
      const kind = `${search.classes.ofPrincipal(other)} ${ofPolicy}`;
      const targets = kinds.get(kind) ?? [];
      targets.push({
        other,
        target,
        end: once(() => endOf(search, afterEffect(state, way.effect, target, search.context), way)),
      });
      kinds.set(kind, targets);
    }
  }
  return [...kinds.values()];
};

const endOf = ({ context, goal }: Search, raised: OwnState, { effect }: Way): EscalationPath | null =>
  effect === 'raises-target' ? liftLimits(raised, context) : goal.arrival(raised);

const raiseOne = (search: Search, hop: Hop, asking: Asker, kinds: readonly (readonly RaisedTarget[])[]): void => {
  for (const targets of kinds) {
    for (const possible of targets) {
      if (isSettled(search, asking, hop.way, ARRIVED)) return;
      const end = possible.end();
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
