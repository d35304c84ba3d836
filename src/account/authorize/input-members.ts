/** A member of an input that is text; undefined where there is none. */
export const textOf = (input: unknown, member: string): string | undefined => {
  const value = memberOf(input, member);
  return typeof value === 'string' ? value : undefined;
};

/** A member of an input that is a list; empty where there is none. */
export const listOf = (input: unknown, member: string): readonly unknown[] => {
  const value = memberOf(input, member);
  return isList(value) ? value : [];
};

/** A member of an input, whatever it is. */
export const memberOf = (input: unknown, member: string): unknown =>
  typeof input === 'object' && input !== null && Object.hasOwn(input, member)
    ? new Map<string, unknown>(Object.entries(input)).get(member)
    : undefined;

/** The texts of a list. */
export const textsOf = (input: unknown, member: string): readonly string[] =>
  listOf(input, member).filter((item) => typeof item === 'string');

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The tags that an input gives, by key, from `Tags`. */
export const requestTags = (input: unknown): ReadonlyMap<string, string> =>
  new Map(listOf(input, 'Tags').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']));
