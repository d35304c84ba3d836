import { isJsonObject, type JsonObject } from '../kernel/json.ts';

/** A member of a JSON object; undefined where there is none, or no object. */
export const memberOf = (raw: unknown, member: string): unknown =>
  isJsonObject(raw) && Object.hasOwn(raw, member) ? raw[member] : undefined;

/**
 * The entries of a list of AWS's, in whatever form it was kept: the answer with the list in `member`, pages of such
 * answers, the list alone, and `byUser` an object of user names, each with a list or an answer, whose entries are given
 * the user's name. Undefined: none of these.
 */
export const entriesOf = (raw: unknown, member: string, { byUser = false } = {}): readonly unknown[] | undefined => {
  if (isList(raw)) return isPages(raw, [member]) ? raw.flatMap((page) => memberOf(page, member)) : raw;
  const inside = memberOf(raw, member);
  if (inside !== undefined) return entriesOf(inside, member, { byUser });
  return byUser && isJsonObject(raw) ? entriesByUser(raw, member) : undefined;
};

const entriesByUser = (raw: JsonObject, member: string): readonly unknown[] | undefined => {
  const lists = Object.entries(raw).map(([UserName, value]) => ({ UserName, entries: entriesOf(value, member) }));
  if (lists.length === 0 || lists.some(({ entries }) => entries === undefined)) return undefined;
  return lists.flatMap(({ UserName, entries = [] }) =>
    entries.map((entry) => (isJsonObject(entry) ? { UserName, ...entry } : entry)),
  );
};

/** A list of pages as one answer that has the members' lists joined; anything else as it is. */
export const mergedPages = (raw: unknown, members: readonly string[]): unknown => {
  if (!isList(raw) || !isPages(raw, members)) return raw;
  const joined = members.map((member) => {
    const lists = raw.map((page) => memberOf(page, member)).filter((list) => list !== undefined);
    return [member, lists.flat()] as const;
  });
  return Object.fromEntries(joined.filter(([member]) => raw.some((page) => memberOf(page, member) !== undefined)));
};

const isPages = (raw: readonly unknown[], members: readonly string[]): boolean =>
  raw.length > 0 && raw.every((page) => members.some((member) => Array.isArray(memberOf(page, member))));

const isList = (raw: unknown): raw is readonly unknown[] => Array.isArray(raw);
