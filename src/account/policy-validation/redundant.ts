import { compileWildcard } from '../../iam/wildcard.ts';

/** Beyond that many patterns, nobody compares each with each other. */
const MOST_COMPARED = 2000;

/**
 * The items whose pattern another one covers, or repeats. `*` is the only wildcard that covers another.
 */
export const redundantItems = <T>(items: readonly T[], patternOf: (item: T) => string): readonly T[] => {
  if (items.length > MOST_COMPARED) return [];
  const patterns = items.map(patternOf);
  const wide = patterns.flatMap((pattern, at) =>
    pattern.includes('*') && !pattern.includes('?') ? [{ at, matches: compileWildcard(pattern) }] : [],
  );
  const seen = new Set<string>();
  return items.filter((_, at) => {
    const pattern = patterns[at] ?? '';
    if (seen.has(pattern)) return true;
    seen.add(pattern);
    return wide.some((other) => patterns[other.at] !== pattern && other.matches(pattern));
  });
};
