/** Letters that no policy is likely to hold: what only a wildcard matches. */
const ANYTHING = 'zqjxkvzqjxkvzqjxkv';

/** Beyond that many, no more samples are made. */
const MOST_SAMPLES = 600;

/**
 * Resources that tell a set of patterns apart: for each pattern some that it matches, with nothing and with something in
 * the place of its wildcards, and for each two of them one that both may match. What a wildcard matches of a sample, it
 * matches of every other text in that place, so that what holds for the samples holds for what the patterns have in common.
 */
export const sampleResources = (patterns: readonly string[]): readonly string[] => {
  const all = [...new Set(patterns)].map((pattern) => pattern.replace(/\$\{[^{}]*\}/g, ANYTHING));
  const samples = new Set(all.flatMap((pattern) => [filled(pattern, ANYTHING), filled(pattern, '')]));
  for (const one of all) {
    for (const other of all) {
      if (samples.size >= MOST_SAMPLES) break;
      if (one === other) continue;
      const [begin, end] = [beginningOf(one), endOf(other)];
      if (begin !== one && end !== other) samples.add(`${begin}${ANYTHING}${end}`);
    }
  }
  return [...samples].filter((sample) => sample !== '');
};

const filled = (pattern: string, by: string): string =>
  pattern === '*' ? '*' : pattern.replaceAll('?', 'z').replace(/\*+/g, by);

const beginningOf = (pattern: string): string => /^[^*?]*/.exec(pattern)?.[0] ?? '';

const endOf = (pattern: string): string => /[^*?]*$/.exec(pattern)?.[0] ?? '';
