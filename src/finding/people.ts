/** Who signs in as a role of IAM Identity Center: those who are assigned its permission set in its account. */
export interface People {
  readonly permissionSet: string;
  /** What of them is not known and why, in words; null: nothing is missing. */
  readonly unknown: string | null;
  /** Those who are assigned it themselves, `Ann Example (ann)`; the first of them where they are many. */
  readonly users: readonly string[];
  /** How many more there are. */
  readonly moreUsers: number;
  readonly groups: readonly PeopleOfGroup[];
  readonly moreGroups: number;
}

/** A group of the directory of IAM Identity Center, and who is in it. */
export interface PeopleOfGroup {
  readonly name: string;
  /** Null: nobody could tell. */
  readonly members: readonly string[] | null;
  readonly moreMembers: number;
}

/** How many people a sentence names. */
const MOST_NAMED = 10;

/** Who they are in a sentence, names in backticks. */
export const peopleInWords = ({ users, moreUsers, groups, moreGroups, unknown, permissionSet }: People): string => {
  const named = users.slice(0, MOST_NAMED).map(quoted);
  const further = users.length - named.length + moreUsers;
  const told = [
    ...named,
    ...moreInWords(further, 'more users'),
    ...groups.slice(0, MOST_NAMED).map(groupInWords),
    ...moreInWords(groups.length - Math.min(groups.length, MOST_NAMED) + moreGroups, 'more groups'),
  ];
  const assigned = `assigned the permission set ${quoted(permissionSet)}`;
  const missing =
    unknown === null
      ? ''
      : `${told.length === 0 ? '' : ' '}Who is ${assigned} is not ${told.length === 0 ? '' : 'wholly '}known: ${unknown}.`;
  if (told.length > 0)
    return `Behind the role, by permission set ${quoted(permissionSet)}: ${told.join(', ')}.${missing}`;
  return missing === '' ? `Nobody is ${assigned} in this account.` : missing;
};

const groupInWords = ({ name, members, moreMembers }: PeopleOfGroup): string => {
  if (members === null) return `group ${quoted(name)}`;
  if (members.length === 0) return `group ${quoted(name)} (nobody is in it)`;
  const named = members.slice(0, MOST_NAMED).map(quoted);
  const further = moreInWords(members.length - named.length + moreMembers, 'more');
  return `group ${quoted(name)} (${[...named, ...further].join(', ')})`;
};

const moreInWords = (count: number, what: string): readonly string[] => (count === 0 ? [] : [`and ${count} ${what}`]);

// A name with a backtick in it would end where its owner wants, and go on as words of ours.
const quoted = (name: string): string => `\`${name.replaceAll('`', "'").replaceAll('\n', ' ')}\``;
