/** What a pattern of resources begins with, up to the first wildcard or policy variable. */
export const literalStart = (pattern: string): string => /^[^*?$]*/.exec(pattern)?.[0] ?? '';

/** Whether patterns that begin with these texts may match the same resource, as far as that alone tells. */
export const beginAlike = (one: string, other: string): boolean =>
  one.length < other.length ? other.startsWith(one) : one.startsWith(other);
