import { type ResolvedPiece, toPatternPieces } from '../policy-template.ts';
import { parseDateValue } from './date-value.ts';
import { parseDecimal } from './decimal.ts';
import { parseIpAddress, parseIpRange } from './ip-address.ts';
import { type Interval, type Point, unionOf } from './ranges.ts';
import { arnPattern, stringPattern } from './value-pattern.ts';
import { ANY_VALUE, foldedTextSet, NO_VALUE, patternSet, rangeSet, textSet, type ValueSet } from './value-set.ts';

/** The text of a condition's value, its variables replaced. */
export type ResolvedText = readonly ResolvedPiece[];

/**
 * The values of a key that fulfil an operator with the values of a policy: some of which must match, or, under a
 * negated operator, none. What cannot be read as what the operator compares matches nothing, so that it fulfils the
 * negated operators: they are "negated matching".
 * Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
 */
export const operatorValues = (base: string, values: readonly ResolvedText[]): ValueSet => {
  const negated = base.includes('Not');
  if (values.length === 0) return negated ? ANY_VALUE : NO_VALUE;
  const comparison = /^(Numeric|Date)(?:Not)?(\w+)$/.exec(base);
  if (comparison?.[1] === 'Numeric') {
    return pointValues('number', parseDecimal, values.map(textOf), COMPARISONS.get(comparison[2] ?? ''), negated);
  }
  if (comparison?.[1] === 'Date') {
    return pointValues('date', parseDateValue, values.map(textOf), COMPARISONS.get(comparison[2] ?? ''), negated);
  }
  switch (base.replace('Not', '')) {
    case 'StringEquals':
      return textSet(values.map(textOf), negated);
    case 'StringEqualsIgnoreCase':
      return foldedTextSet(values.map(textOf), negated);
    case 'StringLike':
      return patternSet(
        values.map((value) => stringPattern(value.flatMap(toPatternPieces))),
        negated,
      );
    case 'ArnEquals':
    case 'ArnLike':
      return patternSet(
        values.map((value) => arnPattern(value.flatMap(toPatternPieces))).filter((pattern) => pattern !== null),
        negated,
      );
    case 'Bool':
      return foldedTextSet(
        values.map(textOf).filter((text) => /^(?:true|false)$/i.test(text)),
        false,
      );
    case 'BinaryEquals':
      return bytesValues(values.map(textOf));
    case 'IpAddress':
      return addressValues(values.map(textOf), negated);
    default:
      return NO_VALUE;
  }
};

const textOf = (pieces: ResolvedText): string => {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only.text : pieces.map(({ text }) => text).join('');
};

const COMPARISONS: ReadonlyMap<string, (at: Point) => Interval> = new Map<string, (at: Point) => Interval>([
  [
    'Equals',
    (at) => [
      { at, after: false },
      { at, after: true },
    ],
  ],
  ['LessThan', (at) => [null, { at, after: false }]],
  ['LessThanEquals', (at) => [null, { at, after: true }]],
  ['GreaterThan', (at) => [{ at, after: true }, null]],
  ['GreaterThanEquals', (at) => [{ at, after: false }, null]],
]);

const pointValues = (
  domain: 'number' | 'date',
  read: (text: string) => Point | null,
  texts: readonly string[],
  toInterval: ((at: Point) => Interval) | undefined,
  negated: boolean,
): ValueSet => {
  if (toInterval === undefined) return NO_VALUE;
  const points = texts.map(read).filter((point) => point !== null);
  return rangeSet(domain, read, unionOf(points.map(toInterval)), negated);
};

const addressValues = (texts: readonly string[], negated: boolean): ValueSet => {
  const blocks = texts.map(parseIpRange).filter((block) => block !== null);
  const intervals = blocks.map(
    ({ start, end }): Interval => [
      { at: start, after: false },
      { at: end, after: false },
    ],
  );
  return rangeSet('ip', parseIpAddress, unionOf(intervals), negated);
};

// The API takes binary values of context keys in base64 as well (IAM API Reference, ContextEntry).
const bytesValues = (texts: readonly string[]): ValueSet => {
  const wanted = new Set(texts.map(decodeBase64).filter((bytes) => bytes !== null));
  return {
    kind: 'other',
    has: (value) => {
      const bytes = decodeBase64(value);
      return bytes !== null && wanted.has(bytes);
    },
  };
};

const decodeBase64 = (text: string): string | null =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? atob(text) : null;
