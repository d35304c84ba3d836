import { createAccountAccess } from '../../src/access/account-access.ts';
import type { EscalationMethod, Way } from '../../src/analyze/escalation/escalation-method.ts';
import { isUnconditional } from '../../src/analyze/escalation/escalation-path.ts';
import { liftLimits } from '../../src/analyze/escalation/lift-limits.ts';
import { matchWay } from '../../src/analyze/escalation/match-way.ts';
import { ownChanges } from '../../src/analyze/escalation/own-changes.ts';
import { afterEffect, createOwnStates, type OwnState } from '../../src/analyze/escalation/own-state.ts';
import { createSearchContext, type SearchContext } from '../../src/analyze/escalation/search-context.ts';
import { otherTargets } from '../../src/analyze/escalation/targets.ts';
import type { Instant } from '../../src/kernel/time.ts';
import type { ServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../../src/snapshot/account-snapshot.ts';

/** How a principal gets to administrator. */
export type Reach = 'administrator' | 'certain' | 'conditional' | 'none';

/** A principal after changes of its own, and whether these need no condition. */
interface Variant {
  readonly state: OwnState;
  readonly certain: boolean;
}

/**
 * Who can become administrator, found by letting everybody try every way on everybody again and again until nothing new
 * comes of it. It shares with the search what a single way needs and does, and nothing of how it goes about.
 */
export const naiveEscalations = (
  account: AccountSnapshot,
  methods: readonly EscalationMethod[],
  reference: ServiceReference,
  now: Instant,
): Readonly<Record<string, Reach>> => {
  const context = createSearchContext(account, createAccountAccess(account, reference, now), reference);
  const stateOf = createOwnStates(account, context.access);
  const everybody = [...account.users, ...account.roles];
  const reach = new Map<User | Role, Reach>(everybody.map((each) => [each, STANDING[context.access.unlimited(each)]]));
  // A conditional administrator has no path for that.
  const own = new Map(everybody.map((each): [User | Role, Reach] => [each, 'none']));
  const gain = (who: User | Role, certain: boolean): boolean => {
    const before = own.get(who);
    const after: Reach = certain ? 'certain' : 'conditional';
    if (reach.get(who) === 'administrator' || before === 'certain' || before === after) return false;
    own.set(who, after);
    if (certain || reach.get(who) === 'none') reach.set(who, after);
    return true;
  };
  const variants = new Map(
    everybody.map((each) => [each, variantsOf(stateOf(each), methods, context, (certain) => gain(each, certain))]),
  );
  for (let news = true; news; ) {
    news = false;
    for (const who of everybody) {
      for (const variant of variants.get(who) ?? []) {
        for (const other of everybody) {
          if (
            other !== who &&
            tryOther(variant, stateOf(other), reach.get(other) ?? 'none', methods, context, (certain) =>
              gain(who, certain),
            )
          )
            news = true;
        }
      }
    }
  }
  return Object.fromEntries(
    everybody.map((each) => [
      each.arn,
      reach.get(each) === 'administrator' ? 'administrator' : (own.get(each) ?? 'none'),
    ]),
  );
};

const STANDING = { yes: 'administrator', conditional: 'conditional', no: 'none' } as const satisfies Record<
  string,
  Reach
>;

const RAISING = ['allows-everything', 'rewrites-policy', 'escapes-limits', 'administers-organization'];

const variantsOf = (
  start: OwnState,
  methods: readonly EscalationMethod[],
  context: SearchContext,
  gain: (certain: boolean) => boolean,
): readonly Variant[] => {
  const all: Variant[] = [{ state: start, certain: true }];
  let latest = [...all];
  for (let changes = 1; changes <= 2; changes++) {
    const next = latest.flatMap((variant) => changedOnce(variant, methods, context));
    for (const { raised, certain } of next) {
      if (raised !== 'none') gain(certain && raised === 'certain');
    }
    latest = next.filter(({ raised }) => raised === 'none').filter(({ isRaise }) => !isRaise);
    all.push(...latest);
  }
  return all;
};

const changedOnce = ({ state, certain }: Variant, methods: readonly EscalationMethod[], context: SearchContext) =>
  methods.flatMap((method) =>
    [...ownChanges(state, method, context, [])].map(({ way, match, next }) => {
      const isRaise = RAISING.includes(way.effect);
      return {
        state: next,
        certain: certain && match.residual.kind === 'true' && match.provided.length === 0,
        isRaise,
        raised: isRaise ? raisedTo(next, context) : FREED[next.access.unlimited(next.self)],
      };
    }),
  );

const raisedTo = (next: OwnState, context: SearchContext): 'certain' | 'conditional' | 'none' => {
  const end = liftLimits(next, context);
  return end === null ? 'none' : isUnconditional(end) ? 'certain' : 'conditional';
};

const tryOther = (
  { state, certain }: Variant,
  other: OwnState,
  reached: Reach,
  methods: readonly EscalationMethod[],
  context: SearchContext,
  gain: (certain: boolean) => boolean,
): boolean => {
  const type = 'userName' in state.self ? 'user' : 'role';
  const ways = methods.flatMap(({ ways: some }) => some).filter(({ self }) => self === undefined || self === type);
  const ends = ways.flatMap((way) =>
    otherTargets(other, way.on).flatMap((target) => {
      const match = matchWay(state, way, target, context);
      if (match.kind !== 'allowed') return [];
      const sure = certain && match.residual.kind === 'true' && match.provided.length === 0;
      const end = endOf(way, afterEffect(state, way.effect, target, context), other, reached, context);
      return end === 'none' ? [] : [sure && end === 'certain'];
    }),
  );
  return ends.map(gain).includes(true);
};

const endOf = (
  { effect }: Way,
  next: OwnState,
  other: OwnState,
  reached: Reach,
  context: SearchContext,
): 'certain' | 'conditional' | 'none' => {
  if (effect === 'becomes-target') return reached === 'administrator' ? 'certain' : reached;
  if (effect === 'raises-target') return raisedTo(next, context);
  if (effect !== 'frees-target' || other.self.permissionsBoundary === null) return 'none';
  return FREED[next.access.unlimited(next.self)];
};

const FREED = { yes: 'certain', conditional: 'conditional', no: 'none' } as const;
