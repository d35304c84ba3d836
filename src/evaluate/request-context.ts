import type { ContextLookup } from '../policy/context-lookup.ts';

/**
 * What is known of a request's context: the value or values of a condition key, or null for a key that is known to be
 * absent. Nothing is known of the keys that are not listed. The case of a key's letters carries no meaning.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[] | null>>;

/** Looks a key up in a request's context, and what that does not know in what is known otherwise. */
export const withContext = (context: RequestContext, otherwise: ContextLookup): ContextLookup => {
  const entries = Object.entries(context);
  if (entries.length === 0) return otherwise;
  const values = new Map<string, readonly string[] | 'absent'>();
  for (const [key, value] of entries) {
    values.set(key.toLowerCase(), value === null ? 'absent' : typeof value === 'string' ? [value] : value);
  }
  return (key) => values.get(key) ?? otherwise(key);
};

/** Looks a key up in what is known first, and what that does not know in the other. */
export const firstKnown =
  (first: ContextLookup, other: ContextLookup): ContextLookup =>
  (key) => {
    const value = first(key);
    return value === 'unknown' ? other(key) : value;
  };
