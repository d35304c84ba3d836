import { inRanges, type Point, type Ranges } from './ranges.ts';
import { matchesEverything, type ValuePattern } from './value-pattern.ts';

/** The values of a key that a condition asks for, by what can be known of such a set beside asking for each value. */
export type ValueSet =
  /** `folded`: the values count in lower case. `negated`: all but these. */
  | (Members & {
      readonly kind: 'texts';
      readonly texts: ReadonlySet<string>;
      readonly folded: boolean;
      readonly negated: boolean;
    })
  | (Members & { readonly kind: 'patterns'; readonly patterns: readonly ValuePattern[]; readonly negated: boolean })
  /** What can be read in the domain and is in the ranges; `negated`: everything else. */
  | (Members & {
      readonly kind: 'ranges';
      readonly domain: Domain;
      readonly ranges: Ranges;
      readonly negated: boolean;
    })
  /** Nothing, everything, or a set of which no more is known than its members. */
  | (Members & { readonly kind: 'none' | 'all' | 'other' });

/** What the values of a key are read as. */
export type Domain = 'number' | 'date' | 'ip';

interface Members {
  readonly has: (value: string) => boolean;
}

/** No value. */
export const NO_VALUE: ValueSet = { kind: 'none', has: () => false };

/** Every value. */
export const ANY_VALUE: ValueSet = { kind: 'all', has: () => true };

/** The given texts, or all but them. */
export const textSet = (texts: readonly string[], negated: boolean): ValueSet => {
  const [only] = texts;
  const set = new Set(texts);
  // Most conditions have one value.
  const has =
    set.size === 1 ? (value: string) => (value === only) !== negated : (value: string) => set.has(value) !== negated;
  return { kind: 'texts', texts: set, folded: false, negated, has };
};

/** The given texts in whatever case, or all but them. */
export const foldedTextSet = (texts: readonly string[], negated: boolean): ValueSet => {
  const set = new Set(texts.map((text) => text.toLowerCase()));
  return { kind: 'texts', texts: set, folded: true, negated, has: (value) => set.has(value.toLowerCase()) !== negated };
};

/** What some of the patterns matches, or none of them. */
export const patternSet = (patterns: readonly ValuePattern[], negated: boolean): ValueSet => {
  if (patterns.some(matchesEverything)) return negated ? NO_VALUE : ANY_VALUE;
  const has = (value: string) => patterns.some(({ matches }) => matches(value)) !== negated;
  return { kind: 'patterns', patterns, negated, has };
};

/** What can be read and then is in the ranges, or everything else. */
export const rangeSet = (
  domain: Domain,
  read: (value: string) => Point | null,
  ranges: Ranges,
  negated: boolean,
): ValueSet => {
  const ask = (value: string): boolean => {
    const point = read(value);
    return (point !== null && inRanges(ranges, point)) !== negated;
  };
  // One after the other, requests have mostly the same time and address, and reading takes long.
  let last = { value: '', has: ask('') };
  const has = (value: string): boolean => {
    if (value !== last.value) last = { value, has: ask(value) };
    return last.has;
  };
  return { kind: 'ranges', domain, ranges, negated, has };
};
