import type { AccountAccess } from '../../../access/account-access.ts';
import type { Doubt } from '../../../evaluate/decision.ts';
import { once } from '../../../kernel/once.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { comparePaths, type EscalationPath, isUnconditional } from '../escalation-path.ts';
import type { Escalations } from '../find-escalation.ts';
import { afterEffect, createOwnStates } from '../own-state.ts';
import { crossingGoal } from './crossing-goal.ts';
import { type Door, leadsOutOf } from './door.ts';

/** Ways of principals of an account to administrator of others. */
export interface Crossings {
  /** By principal: the best way to each other account, administrators of their own account among them. */
  readonly paths: ReadonlyMap<User | Role, ReadonlyMap<string, EscalationPath>>;
  /** What could not be decided, of principals of which something could not. */
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
  /** The ways of one who has become administrator as that principal, by account. */
  readonly asAdministrator: (principal: User | Role) => ReadonlyMap<string, EscalationPath>;
  /** The other accounts whose administrator whoever becomes administrator as that principal can be too. */
  readonly beyond: (principal: User | Role) => readonly string[];
}

/** What the search for ways out of an account asks. */
interface CrossingTools extends Pick<Escalations, 'pathsTowards'> {
  readonly access: AccountAccess;
}

/** Searches for the ways out of an account through the doors of others, but for those that lead through itself. */
export const findCrossings = (
  snapshot: AccountSnapshot,
  { access, pathsTowards }: CrossingTools,
  doors: readonly Door[],
): Crossings => {
  const byAccount = leadingTo(doors, snapshot.accountId);
  const paths = new Map<User | Role, Map<string, EscalationPath>>();
  const doubts = new Map<User | Role, Doubt[]>();
  const note = (principal: User | Role, more: readonly Doubt[]): void => {
    if (more.length > 0) doubts.set(principal, [...(doubts.get(principal) ?? []), ...more]);
  };
  const goals = [...byAccount].map(
    ([account, leading]) => [account, crossingGoal(leading, snapshot, access, note)] as const,
  );
  for (const [account, goal] of goals) {
    const found = pathsTowards(goal);
    for (const [principal, more] of found.doubts) note(principal, more);
    for (const [principal, byMethod] of found.paths) {
      const [best] = [...byMethod.values()].sort(comparePaths);
      if (best === undefined) continue;
      const own = paths.get(principal) ?? new Map<string, EscalationPath>();
      paths.set(principal, own.set(account, best));
    }
  }
  const open = once(() => new Set([...paths.values()].flatMap(openIn)));
  const stateOf = createOwnStates(snapshot, access);
  const asAdministrator: Crossings['asAdministrator'] = (principal) => {
    const mighty = afterEffect(stateOf(principal), 'escapes-limits', { ...NOBODY, arn: principal.arn }, NO_POLICIES);
    return new Map(
      goals.flatMap(([account, goal]) => {
        const path = goal.arrival(mighty);
        return path === null ? [] : [[account, path]];
      }),
    );
  };
  return {
    paths,
    doubts,
    asAdministrator,
    beyond: (principal) => {
      const accounts = new Set([...open(), ...openIn(asAdministrator(principal))]);
      return goals.flatMap(([account]) => (accounts.has(account) ? [account] : []));
    },
  };
};

/** The doors by the account that one is administrator of in the end. */
const leadingTo = (doors: readonly Door[], ownAccount: string): ReadonlyMap<string, readonly Door[]> => {
  const byAccount = new Map<string, Door[]>();
  for (const door of doors) {
    if (!leadsOutOf(ownAccount, door)) continue;
    byAccount.set(door.reaches, [...(byAccount.get(door.reaches) ?? []), door]);
  }
  return byAccount;
};

/** The accounts that paths lead to whatever the circumstances. */
const openIn = (own: ReadonlyMap<string, EscalationPath>): readonly string[] =>
  [...own].flatMap(([account, path]) => (isUnconditional(path) ? [account] : []));

const NOBODY = { what: { kind: 'new' }, holder: null } as const;

const NO_POLICIES = { groups: new Map(), policies: new Map() };
