import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import { type Destination, type Door, destinationKey, leadsOutOf } from './escalation/across-accounts/door.ts';
import type { Entrance } from './escalation/across-accounts/entrance.ts';
import { entrancesOf } from './escalation/across-accounts/entrances-of.ts';
import { findCrossings, type Onward } from './escalation/across-accounts/find-crossings.ts';
import { type CrownJewel, ownCrownJewels } from './escalation/crown-jewels.ts';
import {
  ARRIVED,
  comparePaths,
  type EscalationPath,
  isUnconditional,
  pathThenPath,
} from './escalation/escalation-path.ts';
import { jewelGoal } from './escalation/jewel-paths.ts';
import { type JewelOfAccount, type Neighbourhood, NO_NEIGHBOURS } from './neighbourhood.ts';
import { type OpenAccount, openAccount } from './open-account.ts';

/** Of how many accounts a path can be. */
const MOST_ACCOUNTS = 4;

/** What doors are searched with. */
export interface DoorSearch {
  readonly reference: ServiceReference;
  /** ARNs, and patterns of them, that settings mark as crown jewels. */
  readonly crownJewels: readonly string[];
}

/**
 * Finds the doors between accounts that are audited together: roles, resources and crown jewels that let in principals of another of
 * them, and behind which a way to administrator or to a crown jewel begins, of their own account or of one to which they get through
 * doors of others. Accounts are opened one after the other, again those that others get into and that have ways onward, and none is
 * held: whether they stay open is for `open` to say. Of one that it answers null for, nothing is known.
 */
export const findDoors = async (
  accountIds: Iterable<string>,
  open: (accountId: string) => Promise<OpenAccount | null>,
  { reference, crownJewels }: DoorSearch,
): Promise<Neighbourhood> => {
  const accounts = new Set(accountIds);
  if (accounts.size < 2) return NO_NEIGHBOURS;
  const read = new Set<string>();
  const jewelsOfAll: JewelOfAccount[] = [];
  const entered = new Map<string, readonly Entrance[]>();
  let fresh: readonly Door[] = await collected(accounts, async (accountId) => {
    const account = await open(accountId);
    if (account === null) return [];
    if (account.snapshot.missingParts.size === 0) read.add(accountId);
    const jewels = ownCrownJewels(account.snapshot, account.searched().access, crownJewels);
    jewelsOfAll.push(...jewels.map(({ arn }) => ({ account: accountId, arn })));
    const entrances = entrancesOf(account, reference, { accounts, jewels });
    if (entrances.length === 0) return [];
    entered.set(accountId, entrances);
    return ownDoors(account, entrances, jewels);
  });
  const doors = new Map(fresh.map((door) => [keyOf(door), door]));
  for (let length = 2; length < MOST_ACCOUNTS && fresh.length > 0; length++) {
    const [news, known] = [fresh, [...doors.values()]];
    const found = await collected(entered.keys(), async (accountId) => {
      // Where only doors that were known before may admit somebody, all ways onward are found.
      const account = news.some((door) => leadsOutOf(accountId, door)) ? await open(accountId) : null;
      return account === null ? [] : doorsOnward(account, entered.get(accountId) ?? [], known);
    });
    fresh = found.filter((door) => !doors.has(keyOf(door)));
    for (const door of fresh) doors.set(keyOf(door), door);
  }
  return { read, doors: [...doors.values()], jewels: jewelsOfAll };
};

/** Those of the accounts of which some door may let in somebody: the others are what they would be alone. */
export const reachedThrough = (doors: readonly Door[], accountIds: Iterable<string>): ReadonlySet<string> =>
  new Set([...accountIds].filter((accountId) => doors.some((door) => leadsOutOf(accountId, door))));

/** One account after the other: none is opened before the last one was left. */
const collected = async (
  accountIds: Iterable<string>,
  doorsOf: (accountId: string) => Promise<readonly Door[]>,
): Promise<readonly Door[]> => {
  const doors: Door[] = [];
  for (const accountId of accountIds) for (const door of await doorsOf(accountId)) doors.push(door);
  return doors;
};

/** The same among accounts that are held: they stay open, so that none is searched twice. Of two snapshots of one account the later counts. */
export const findDoorsAmong = (
  snapshots: readonly AccountSnapshot[],
  search: DoorSearch,
  timeOf: (snapshot: AccountSnapshot) => Instant,
): Promise<Neighbourhood> => {
  const opened = new Map<string, OpenAccount>(
    snapshots.map((one) => [one.accountId, openAccount(one, search.reference, timeOf(one))]),
  );
  return findDoors(opened.keys(), async (accountId) => opened.get(accountId) ?? null, search);
};

const keyOf = ({ method, arn, requests, reaches }: Door): string =>
  [method, arn, ...requests.map(({ action, resource }) => `${action} ${resource}`), destinationKey(reaches)].join(' ');

/** The entrances through which one becomes a user or role of an account, each with that. */
const enteredPrincipals = (
  { users, roles }: AccountSnapshot,
  entrances: readonly Entrance[],
): readonly (readonly [Entrance, User | Role])[] => {
  const byArn = new Map<string, User | Role>([...users, ...roles].map((each) => [each.arn, each]));
  return entrances.flatMap((entrance) => {
    const principal = entrance.effect === 'becomes-target' ? byArn.get(entrance.arn) : undefined;
    return principal === undefined ? [] : [[entrance, principal] as const];
  });
};

/** Those behind which one is administrator of the account itself or becomes it, or else has or reaches a crown jewel of it. */
const ownDoors = (
  { snapshot, searched }: OpenAccount,
  entrances: readonly Entrance[],
  jewels: readonly CrownJewel[],
): readonly Door[] => {
  const { access, escalationOf, pathsTowards } = searched();
  const { accountId: account } = snapshot;
  const entered = enteredPrincipals(snapshot, entrances);
  const toAdministrator = entered.flatMap(([entrance, principal]): readonly Door[] => {
    const path = pathOf(access.unlimited(principal), () => {
      const answer = escalationOf(principal);
      return answer.kind === 'found' ? answer.path : null;
    });
    return path === null ? [] : [{ ...entrance, path, reaches: { account, jewel: null } }];
  });
  // Whoever is administrator has the jewels too.
  const mighty = new Set(toAdministrator.filter(({ path }) => isUnconditional(path)).map(({ arn }) => arn));
  const toJewels = jewels.flatMap((jewel): readonly Door[] => {
    const reaches: Destination = { account, jewel: jewel.arn };
    const uses = entrances.filter(({ effect, arn }) => effect === 'reads-resource' && arn === jewel.arn);
    const weak = entered.filter(([{ arn }]) => !mighty.has(arn));
    const goal = weak.length === 0 ? null : jewelGoal(jewel, snapshot, searched());
    const found = goal && pathsTowards(goal);
    return [
      ...uses.map((use): Door => ({ ...use, path: { ...ARRIVED, reaches: jewel.arn }, reaches })),
      ...weak.flatMap(([entrance, principal]): readonly Door[] => {
        const [path] = [found?.there.get(principal) ?? [], ...(found?.paths.get(principal)?.values() ?? [])]
          .flat()
          .sort(comparePaths);
        return path === undefined ? [] : [{ ...entrance, path, reaches }];
      }),
    ];
  });
  return [...toAdministrator, ...toJewels];
};

const pathOf = (administrator: 'yes' | 'no' | 'conditional', escalation: () => EscalationPath | null) => {
  if (administrator === 'yes') return ARRIVED;
  // A way without conditions is better than to be administrator under some.
  const path = escalation();
  return path ?? (administrator === 'conditional' ? UNDER_CONDITIONS : null);
};

const UNDER_CONDITIONS: EscalationPath = { ...ARRIVED, reaches: 'administrator under conditions' };

/** Those behind which one gets through doors of other accounts, be it as an administrator that one becomes first. */
const doorsOnward = (
  { snapshot, searched }: OpenAccount,
  entrances: readonly Entrance[],
  doors: readonly Door[],
): readonly Door[] => {
  const { escalationOf } = searched();
  const { toAdministrator, toJewels, asAdministrator } = findCrossings(snapshot, searched(), doors);
  return enteredPrincipals(snapshot, entrances).flatMap(([entrance, principal]) => {
    const answer = escalationOf(principal);
    const own = [...(toAdministrator.ways.get(principal) ?? []), ...(toJewels.ways.get(principal) ?? [])];
    const onward = new Map(own.map((way): [string, Onward] => [destinationKey(way.reaches), way]));
    if (answer.kind === 'found') {
      const last = answer.path.steps.at(-1)?.to;
      const end = [...snapshot.users, ...snapshot.roles].find(({ arn }) => arn === last) ?? principal;
      for (const { reaches, path } of asAdministrator(end)) {
        const through = pathThenPath(answer.path, path);
        const known = onward.get(destinationKey(reaches));
        if (known === undefined || comparePaths(through, known.path) < 0)
          onward.set(destinationKey(reaches), { reaches, path: through });
      }
    }
    return [...onward.values()].map(({ reaches, path }): Door => ({ ...entrance, path, reaches }));
  });
};
