import { createAccountAccess } from '../access/account-access.ts';
import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Door } from './escalation/across-accounts/door.ts';
import { type Entrance, entrancesOf } from './escalation/across-accounts/entrance.ts';
import { findCrossings } from './escalation/across-accounts/find-crossings.ts';
import { ARRIVED, comparePaths, type EscalationPath, pathThenPath } from './escalation/escalation-path.ts';
import { createEscalations, type Escalations } from './escalation/find-escalation.ts';

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
 * to administrator begins, of their own account or of one to which they get through doors of others.
 */
export const findDoors = (
  snapshots: readonly AccountSnapshot[],
  reference: ServiceReference,
  timeOf: (snapshot: AccountSnapshot) => Instant,
): Neighbourhood => {
  const accounts = new Set(snapshots.map(({ accountId }) => accountId));
  if (accounts.size < 2) return NO_NEIGHBOURS;
  const entered = snapshots.flatMap((snapshot): readonly EnteredAccount[] => {
    const others = new Set([...accounts].filter((id) => id !== snapshot.accountId));
    const entrances = entrancesOf(snapshot, reference, timeOf(snapshot), others);
    return entrances.length === 0 ? [] : [enteredAccount(snapshot, entrances, reference, timeOf(snapshot))];
  });
  let fresh: readonly Door[] = entered.flatMap(ownDoors);
  const doors = new Map(fresh.map((door) => [keyOf(door), door]));
  for (let length = 2; length < MOST_ACCOUNTS && fresh.length > 0; length++) {
    fresh = entered
      .flatMap((account) => doorsOnward(account, [...doors.values()]))
      .filter((door) => !doors.has(keyOf(door)));
    for (const door of fresh) doors.set(keyOf(door), door);
  }
  const read = snapshots.filter(({ missingParts }) => missingParts.size === 0).map(({ accountId }) => accountId);
  return { read: new Set(read), doors: [...doors.values()] };
};

/** An account into which principals of others get. */
interface EnteredAccount extends Escalations {
  readonly snapshot: AccountSnapshot;
  readonly entrances: readonly Entrance[];
  readonly access: ReturnType<typeof createAccountAccess>;
}

const enteredAccount = (
  snapshot: AccountSnapshot,
  entrances: readonly Entrance[],
  reference: ServiceReference,
  now: Instant,
): EnteredAccount => {
  const access = createAccountAccess(snapshot, reference, now);
  return { snapshot, entrances, access, ...createEscalations(snapshot, access, reference) };
};

const keyOf = ({ role, reaches }: Door): string => `${role.arn} ${reaches}`;

/** Those behind which one is administrator of the account itself, or becomes it. */
const ownDoors = ({ entrances, access, escalationOf }: EnteredAccount): readonly Door[] =>
  entrances.flatMap((entrance): readonly Door[] => {
    const { role, account } = entrance;
    const path = pathOf(access.unlimited(role), () => {
      const answer = escalationOf(role);
      return answer.kind === 'found' ? answer.path : null;
    });
    return path === null ? [] : [{ ...entrance, path, reaches: account }];
  });

const pathOf = (administrator: 'yes' | 'no' | 'conditional', escalation: () => EscalationPath | null) => {
  if (administrator === 'yes') return ARRIVED;
  // A way without conditions is better than to be administrator under some.
  const path = escalation();
  return path ?? (administrator === 'conditional' ? UNDER_CONDITIONS : null);
};

const UNDER_CONDITIONS: EscalationPath = { ...ARRIVED, reaches: 'administrator under conditions' };

/** Those behind which one gets through doors of other accounts, be it as an administrator that one becomes first. */
const doorsOnward = (account: EnteredAccount, doors: readonly Door[]): readonly Door[] => {
  const { users, roles, accountId } = account.snapshot;
  // Where nobody lets in anybody of the account nothing is searched.
  const leading = doors.filter((door) => door.mayAdmit(accountId));
  if (leading.length === 0) return [];
  const { paths, asAdministrator } = findCrossings(account.snapshot, account, leading);
  return account.entrances.flatMap((entrance) => {
    const { role } = entrance;
    const answer = account.escalationOf(role);
    const onward = new Map(paths.get(role));
    if (answer.kind === 'found') {
      const end = [...users, ...roles].find(({ arn }) => arn === answer.path.steps.at(-1)?.to) ?? role;
      for (const [reaches, path] of asAdministrator(end)) {
        const through = pathThenPath(answer.path, path);
        const known = onward.get(reaches);
        if (known === undefined || comparePaths(through, known) < 0) onward.set(reaches, through);
      }
    }
    return [...onward].map(([reaches, path]): Door => ({ ...entrance, path, reaches }));
  });
};
