import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../snapshot/account-snapshot.ts';
import { type Door, leadsOutOf } from './escalation/across-accounts/door.ts';
import { type Entrance, entrancesOf } from './escalation/across-accounts/entrance.ts';
import { findCrossings } from './escalation/across-accounts/find-crossings.ts';
import { ARRIVED, comparePaths, type EscalationPath, pathThenPath } from './escalation/escalation-path.ts';
import { type OpenAccount, openAccount } from './open-account.ts';

/** Of how many accounts a path can be. */
const MOST_ACCOUNTS = 4;

/** What accounts that are audited together are to each other. */
export interface Neighbourhood {
  /** The accounts whose users, groups, roles and policies were read to their end: silence about ways into others says nothing. */
  readonly read: ReadonlySet<string>;
  readonly doors: readonly Door[];
}

/** Of an account that is audited alone. */
export const NO_NEIGHBOURS: Neighbourhood = { read: new Set(), doors: [] };

/**
 * Finds the doors between accounts that are audited together: roles that let in principals of another of them, and behind which a way
 * to administrator begins, of their own account or of one to which they get through doors of others. Accounts are opened one after the
 * other, again those that others get into and that have ways onward, and none is held: whether they stay open is for `open` to say.
 * Of one that it answers null for, nothing is known.
 */
export const findDoors = async (
  accountIds: Iterable<string>,
  open: (accountId: string) => Promise<OpenAccount | null>,
  reference: ServiceReference,
): Promise<Neighbourhood> => {
  const accounts = new Set(accountIds);
  if (accounts.size < 2) return NO_NEIGHBOURS;
  const read = new Set<string>();
  const entered = new Map<string, readonly Entrance[]>();
  let fresh: readonly Door[] = await collected(accounts, async (accountId) => {
    const account = await open(accountId);
    if (account === null) return [];
    if (account.snapshot.missingParts.size === 0) read.add(accountId);
    const entrances = entrancesOf(account.snapshot, reference, account.now, accounts);
    if (entrances.length === 0) return [];
    entered.set(accountId, entrances);
    return ownDoors(account, entrances);
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
  return { read, doors: [...doors.values()] };
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
  reference: ServiceReference,
  timeOf: (snapshot: AccountSnapshot) => Instant,
): Promise<Neighbourhood> => {
  const opened = new Map<string, OpenAccount>(
    snapshots.map((one) => [one.accountId, openAccount(one, reference, timeOf(one))]),
  );
  return findDoors(opened.keys(), async (accountId) => opened.get(accountId) ?? null, reference);
};

const keyOf = ({ role, reaches }: Door): string => `${role.arn} ${reaches}`;

/** The roles of an account by which others get in, each with its entrance. */
const enteredRoles = (
  { roles }: AccountSnapshot,
  entrances: readonly Entrance[],
): readonly (readonly [Entrance, Role])[] => {
  const byArn = new Map<string, Role>(roles.map((role) => [role.arn, role]));
  return entrances.flatMap((entrance) => {
    const role = byArn.get(entrance.role.arn);
    return role === undefined ? [] : [[entrance, role] as const];
  });
};

/** Those behind which one is administrator of the account itself, or becomes it. */
const ownDoors = ({ snapshot, searched }: OpenAccount, entrances: readonly Entrance[]): readonly Door[] => {
  const { access, escalationOf } = searched();
  return enteredRoles(snapshot, entrances).flatMap(([entrance, role]): readonly Door[] => {
    const path = pathOf(access.unlimited(role), () => {
      const answer = escalationOf(role);
      return answer.kind === 'found' ? answer.path : null;
    });
    return path === null ? [] : [{ ...entrance, path, reaches: entrance.account }];
  });
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
  const { paths, asAdministrator } = findCrossings(snapshot, searched(), doors);
  return enteredRoles(snapshot, entrances).flatMap(([entrance, role]) => {
    const answer = escalationOf(role);
    const onward = new Map(paths.get(role));
    if (answer.kind === 'found') {
      const last = answer.path.steps.at(-1)?.to;
      const end = [...snapshot.users, ...snapshot.roles].find(({ arn }) => arn === last) ?? role;
      for (const [reaches, path] of asAdministrator(end)) {
        const through = pathThenPath(answer.path, path);
        const known = onward.get(reaches);
        if (known === undefined || comparePaths(through, known) < 0) onward.set(reaches, through);
      }
    }
    return [...onward].map(([reaches, path]): Door => ({ ...entrance, path, reaches }));
  });
};
