import type { IdentityCenter, PermissionSet } from '../../snapshot/identity-center.ts';

/** To how many a permission set is assigned. */
export interface ReachOfSet {
  readonly accounts: number;
  /** Users who are assigned it themselves. */
  readonly users: number;
  readonly groups: number;
  /** Users who have it themselves or by a group; null: not all groups told who is in them. */
  readonly people: number | null;
}

/** To how many a permission set is assigned; null: that could not be read. */
export const reachOfSet = (
  center: IdentityCenter,
  { assignments, unreadAccounts }: PermissionSet,
): ReachOfSet | null => {
  if (!assignments.known || unreadAccounts.length > 0) return null;
  const idsOf = (type: 'USER' | 'GROUP'): readonly string[] => [
    ...new Set(
      assignments.value.filter(({ principalType }) => principalType === type).map(({ principalId }) => principalId),
    ),
  ];
  const [userIds, groupIds] = [idsOf('USER'), idsOf('GROUP')];
  const members = groupIds.map((id) => membersOf(center, id));
  const people = [...userIds, ...members.flatMap((ids) => ids ?? [])].filter((id) => isThere(center, id));
  return {
    accounts: new Set(assignments.value.map(({ accountId }) => accountId)).size,
    users: userIds.length,
    groups: groupIds.length,
    people: members.includes(null) ? null : new Set(people).size,
  };
};

const isThere = ({ users }: IdentityCenter, id: string): boolean => !users.known || users.value.has(id);

/** Ids of the members of a group, none where it was deleted; null: nobody could tell. */
const membersOf = ({ groups }: IdentityCenter, id: string): readonly string[] | null => {
  if (!groups.known) return null;
  const group = groups.value.get(id);
  if (group === undefined) return [];
  return group.memberIds.known ? group.memberIds.value : null;
};

/** The same in words: `17 people in 3 accounts`. */
export const reachInWords = (reach: ReachOfSet | null): string => {
  if (reach === null) return 'people whose assignments could not be read';
  const { accounts, people, users, groups } = reach;
  const who =
    people === null ? `${counted(users, 'user')} and ${counted(groups, 'group')}` : counted(people, 'person', 'people');
  return `${who} in ${counted(accounts, 'account')}`;
};

const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count} ${count === 1 ? noun : plural}`;
