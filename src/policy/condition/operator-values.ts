import { type ResolvedPiece, toPatternPieces } from '../policy-template.ts';
import { parseDateValue } from './date-value.ts';
import { parseDecimal } from './decimal.ts';
import { parseIpAddress, parseIpRange } from './ip-address.ts';
import { type Interval, type Point, unionOf } from './ranges.ts';
import { arnPattern, stringPattern, type ValuePattern } from './value-pattern.ts';
import { ANY_VALUE, foldedTextSet, NO_VALUE, patternSet, rangeSet, textSet, type ValueSet } from './value-set.ts';

/** The text of a condition's value, its variables replaced. */
export type ResolvedText = readonly ResolvedPiece[];

/**
 * The values of a key that fulfil an operator (without set prefix and `IfExists`) for values of a policy: some of which must match, or, under a
 * negated operator, none. What cannot be read as what the operator compares matches nothing, so that it fulfils the
 * negated operators: they are "negated matching".
 * Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
 */
export const operatorValues = (base: string): ((values: readonly ResolvedText[]) => ValueSet) => {
  const negated = base.includes('Not');
  const build = builderOf(base.replace('Not', ''), negated);
  return (values) => {
    if (values.length > 0) return build(values);
    return negated ? ANY_VALUE : NO_VALUE;
  };
};

const builderOf = (base: string, negated: boolean): ((values: readonly ResolvedText[]) => ValueSet) => {
  const [, domain, comparison = ''] = /^(Numeric|Date)(\w+)$/.exec(base) ?? [];
  const toInterval = COMPARISONS.get(comparison);
  if (toInterval !== undefined) {
    return domain === 'Numeric'
      ? (values) => pointValues('number', parseDecimal, values, toInterval, negated)
      : (values) => pointValues('date', parseDateValue, values, toInterval, negated);
  }
  switch (base) {
    case 'StringEquals':
      return (values) => textSet(values.map(textOf), negated);
    case 'StringEqualsIgnoreCase':
      return (values) => foldedTextSet(values.map(textOf), negated);
    case 'StringLike':
      return (values) => patternSet(values.map(toStringPattern), negated);
    case 'ArnEquals':
    case 'ArnLike':
      return (values) =>
        patternSet(
          values.map(toArnPattern).filter((pattern) => pattern !== null),
          negated,
        );
    case 'Bool':
      return (values) => foldedTextSet(values.map(textOf).filter(isBoolean), false);
    case 'BinaryEquals':
      return (values) => bytesValues(values.map(textOf));
    case 'IpAddress':
      return (values) => addressValues(values.map(textOf), negated);
    default:
      return () => NO_VALUE;
  }
};

const toStringPattern = (value: ResolvedText): ValuePattern => stringPattern(value.flatMap(toPatternPieces));

const toArnPattern = (value: ResolvedText): ValuePattern | null => arnPattern(value.flatMap(toPatternPieces));

const isBoolean = (text: string): boolean => /^(?:true|false)$/i.test(text);

const textOf = (pieces: ResolvedText): string => pieces.map(({ text }) => text).join('');

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
  values: readonly ResolvedText[],
  toInterval: (at: Point) => Interval,
  negated: boolean,
): ValueSet => {
  const points = values.map((value) => read(textOf(value))).filter((point) => point !== null);
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
  const wanted = new Set(texts.map(decodeBase64));
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
