import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../snapshot/collected.ts';
import type { Assignment, IdentityCenter, PermissionSet } from '../snapshot/identity-center.ts';
import type { Finding } from './audit-report.ts';
import type { People, PeopleOfGroup } from './people.ts';
import { permissionSetOfRole } from './reserved-role.ts';

/** What of an account tells who is behind the roles of IAM Identity Center. */
export type TellingAccount = Pick<AccountSnapshot, 'accountId' | 'organization' | 'identityCenter'>;

/** Of how many users, groups and members of a group the names stand in a finding: each finding on a role holds them. */
const MOST_NAMES = 20;

/**
 * Says in each finding about a role of IAM Identity Center who signs in as it, or why nobody knows. `accounts`: those of the audit,
 * one of which may be told what all of its organization are assigned.
 */
export const withPeople = (findings: readonly Finding[], accounts: readonly TellingAccount[]): readonly Finding[] => {
  const known = new Map<string, People>();
  return findings.map((finding) => {
    const { subject, accountId } = finding;
    const name = permissionSetOfRole(subject.arn);
    if (name === null) return finding;
    const people = known.get(subject.arn) ?? peopleOf(name, accountId, accounts);
    known.set(subject.arn, people);
    return { ...finding, people };
  });
};

const peopleOf = (name: string, accountId: string, accounts: readonly TellingAccount[]): People => {
  const own = accounts.find((account) => account.accountId === accountId);
  const tellers = accounts.flatMap((account) => {
    const { identityCenter } = account;
    return isOfOne(account, own) && identityCenter.known && identityCenter.value !== null ? [identityCenter.value] : [];
  });
  for (const center of tellers) {
    const found = inCenter(center, name, accountId);
    if (found !== null) return found;
  }
  return nobodyKnown(name, reasonOf(accounts, own, tellers));
};

/** Whether what the one is told may be about the other: they are the same, or of one organization as far as is known. */
const isOfOne = (one: TellingAccount, other: TellingAccount | undefined): boolean => {
  if (one === other) return true;
  const [its, others] = [organizationOf(one), other && organizationOf(other)];
  return its !== null && its === others;
};

const organizationOf = ({ organization }: TellingAccount): string | null =>
  organization.known ? (organization.value?.id ?? null) : null;

/** Null: it does not know the permission set. */
const inCenter = (center: IdentityCenter, name: string, accountId: string): People | null => {
  const { permissionSets } = center;
  if (!permissionSets.known) return nobodyKnown(name, reasonOfGap(permissionSets.gap));
  const set = permissionSets.value.find((each) => each.name === name);
  if (set === undefined) return null;
  const { assignments } = set;
  if (!assignments.known) return nobodyKnown(name, reasonOfGap(assignments.gap));
  const here = assignments.value.filter((each) => each.accountId === accountId);
  const unread = set.unreadAccounts.includes(accountId);
  if (unread) return nobodyKnown(name, 'its assignments in this account could not be read');
  return named(center, set, here);
};

const named = (center: IdentityCenter, set: PermissionSet, here: readonly Assignment[]): People => {
  const idsOf = (type: Assignment['principalType']) =>
    here.filter(({ principalType }) => principalType === type).map(({ principalId }) => principalId);
  const users = idsOf('USER')
    .map((id) => nameOfUser(center, id))
    .sort();
  const groups = idsOf('GROUP')
    .map((id) => groupOf(center, id))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    permissionSet: set.name,
    unknown: missingNames(center, here),
    users: users.slice(0, MOST_NAMES),
    moreUsers: Math.max(0, users.length - MOST_NAMES),
    groups: groups.slice(0, MOST_NAMES),
    moreGroups: Math.max(0, groups.length - MOST_NAMES),
  };
};

/** The name of a user of the directory; the id where it has none of that id any more, or could not be read. */
export const nameOfUser = ({ users }: IdentityCenter, id: string): string => {
  const user = users.known ? users.value.get(id) : undefined;
  if (user === undefined) return users.known ? `${id} (deleted)` : id;
  return user.displayName === null || user.displayName === user.userName
    ? user.userName
    : `${user.displayName} (${user.userName})`;
};

const groupOf = (center: IdentityCenter, id: string): PeopleOfGroup => {
  const { groups } = center;
  const group = groups.known ? groups.value.get(id) : undefined;
  if (group === undefined) return { name: groups.known ? `${id} (deleted)` : id, members: null, moreMembers: 0 };
  if (!group.memberIds.known) return { name: group.displayName, members: null, moreMembers: 0 };
  const members = group.memberIds.value.map((member) => nameOfUser(center, member)).sort();
  return {
    name: group.displayName,
    members: members.slice(0, MOST_NAMES),
    moreMembers: Math.max(0, members.length - MOST_NAMES),
  };
};

/** Why names are missing among those who are assigned something; null: none is. */
const missingNames = ({ users, groups }: IdentityCenter, here: readonly Assignment[]): string | null => {
  const groupIds = here.filter(({ principalType }) => principalType === 'GROUP').map(({ principalId }) => principalId);
  if (here.length === 0) return null;
  if (!users.known) return reasonOfGap(users.gap);
  if (groupIds.length === 0) return null;
  if (!groups.known) return reasonOfGap(groups.gap);
  for (const id of groupIds) {
    const members = groups.value.get(id)?.memberIds;
    if (members !== undefined && !members.known) return reasonOfGap(members.gap);
  }
  return null;
};

const nobodyKnown = (permissionSet: string, unknown: string): People => ({
  permissionSet,
  unknown,
  users: [],
  moreUsers: 0,
  groups: [],
  moreGroups: 0,
});

const AUDIT_THOSE_TOO =
  'audit the management account or the delegated administrator of IAM Identity Center with it, or give its `identity-center.json`';

const reasonOf = (
  accounts: readonly TellingAccount[],
  own: TellingAccount | undefined,
  tellers: readonly IdentityCenter[],
): string => {
  if (tellers.length > 0) return 'IAM Identity Center has no permission set of that name any more';
  const failed = accounts.find(
    ({ identityCenter }) => !identityCenter.known && identityCenter.gap.reason !== 'skipped',
  );
  if (failed !== undefined && !failed.identityCenter.known) {
    return `in account ${failed.accountId} ${reasonOfGap(failed.identityCenter.gap)}`;
  }
  const isTold = accounts.some(({ identityCenter }) => identityCenter.known && identityCenter.value !== null);
  return isTold && own !== undefined
    ? `no account of its organization is told that; ${AUDIT_THOSE_TOO}`
    : `no account of this audit is told that; ${AUDIT_THOSE_TOO}`;
};

const reasonOfGap = ({ detail }: CollectionGap): string => detail.replace(/\.$/, '');
