import type { AccountAccess } from '../../../access/account-access.ts';
import type { Doubt } from '../../../evaluate/decision.ts';
import { once } from '../../../kernel/once.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { comparePaths, type EscalationPath, isUnconditional } from '../escalation-path.ts';
import type { Escalations } from '../find-escalation.ts';
import { afterEffect, createOwnStates } from '../own-state.ts';
import { crossingGoal } from './crossing-goal.ts';
import { type Destination, type Door, destinationKey, leadsOutOf } from './door.ts';

/** Ways of principals of an account to what is worth reaching in others. */
export interface Crossings {
  /** To administrator of them, those of administrators of their own account among them. */
  readonly toAdministrator: WaysOut;
  /** To their crown jewels. */
  readonly toJewels: WaysOut;
  /** The ways of one who has become administrator as that principal. */
  readonly asAdministrator: (principal: User | Role) => readonly Onward[];
  /** The other accounts whose administrator whoever becomes administrator as that principal can be too. */
  readonly beyond: (principal: User | Role) => readonly string[];
}

/** The ways of each principal, and what could not be decided of principals of which something could not. */
export interface WaysOut {
  readonly ways: ReadonlyMap<User | Role, readonly Crossing[]>;
  readonly doubts: ReadonlyMap<User | Role, readonly Doubt[]>;
}

/** The best way of a principal to something in another account. */
export interface Crossing extends Onward {
  /** The best path of each method that one can begin with, `path` first. */
  readonly paths: readonly EscalationPath[];
}

/** A way to something in another account. */
export interface Onward {
  readonly reaches: Destination;
  readonly path: EscalationPath;
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
  const ways = { administrator: startWays(), jewel: startWays() };
  const sorted = (reaches: Destination) => ways[reaches.jewel === null ? 'administrator' : 'jewel'];
  const goals = leadingOut(doors, snapshot.accountId).map(
    ([reaches, leading]) => [reaches, crossingGoal(leading, snapshot, access, sorted(reaches).note)] as const,
  );
  for (const [reaches, goal] of goals) collectWays(reaches, pathsTowards(goal), sorted(reaches));
  const { ways: toAccounts } = ways.administrator;
  const open = once(() => new Set([...toAccounts.values()].flatMap(openIn)));
  const stateOf = createOwnStates(snapshot, access);
  const asAdministrator: Crossings['asAdministrator'] = (principal) => {
    const mighty = afterEffect(stateOf(principal), 'escapes-limits', { ...NOBODY, arn: principal.arn }, NO_POLICIES);
    return goals.flatMap(([reaches, goal]) => {
      const path = goal.arrival(mighty);
      return path === null ? [] : [{ reaches, path }];
    });
  };
  return {
    toAdministrator: ways.administrator,
    toJewels: ways.jewel,
    asAdministrator,
    beyond: (principal) => {
      const accounts = new Set([...open(), ...openIn(asAdministrator(principal))]);
      return goals.flatMap(([{ account, jewel }]) => (jewel === null && accounts.has(account) ? [account] : []));
    },
  };
};

interface FoundWays extends WaysOut {
  readonly ways: Map<User | Role, Crossing[]>;
  readonly note: (principal: User | Role, more: readonly Doubt[]) => void;
}

const startWays = (): FoundWays => {
  const doubts = new Map<User | Role, Doubt[]>();
  return {
    ways: new Map(),
    doubts,
    note: (principal, more) => {
      if (more.length > 0) doubts.set(principal, [...(doubts.get(principal) ?? []), ...more]);
    },
  };
};

const collectWays = (
  reaches: Destination,
  found: ReturnType<Escalations['pathsTowards']>,
  { ways, note }: FoundWays,
): void => {
  for (const [principal, more] of found.doubts) note(principal, more);
  for (const [principal, byMethod] of found.paths) {
    const paths = [...byMethod.values()].sort(comparePaths);
    const [path] = paths;
    if (path !== undefined) ways.set(principal, [...(ways.get(principal) ?? []), { reaches, path, paths }]);
  }
};

/** The doors by what they lead to in the end. */
const leadingOut = (
  doors: readonly Door[],
  ownAccount: string,
): readonly (readonly [Destination, readonly Door[]])[] => {
  const byKey = new Map<string, [Destination, Door[]]>();
  for (const door of doors) {
    if (!leadsOutOf(ownAccount, door)) continue;
    const key = destinationKey(door.reaches);
    const entry = byKey.get(key) ?? [door.reaches, []];
    byKey.set(key, entry);
    entry[1].push(door);
  }
  return [...byKey.values()];
};

/** The accounts that ways lead to administrator of whatever the circumstances. */
const openIn = (own: readonly Onward[]): readonly string[] =>
  own.flatMap(({ reaches: { account, jewel }, path }) => (jewel === null && isUnconditional(path) ? [account] : []));

const NOBODY = { what: { kind: 'new' }, holder: null } as const;

const NO_POLICIES = { groups: new Map(), policies: new Map() };
