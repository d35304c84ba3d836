import { type Glyph, glyphsOf, matchesAnywhere, matchesArn } from './naive-patterns.ts';

/** The whole context of a request: a key that is not in it is absent. Keys in lower case. */
export type NaiveContext = ReadonlyMap<string, string>;

/**
 * Replaces policy variables: null where one has no value and no default.
 * Source: "IAM policy elements: Variables and tags".
 */
export const substitute = (
  text: string,
  version: string | undefined,
  context: NaiveContext,
): readonly Glyph[] | null => {
  if (version !== '2012-10-17') return glyphsOf(text);
  const start = text.indexOf('${');
  const end = text.indexOf('}', start);
  if (start < 0 || end < 0) return glyphsOf(text);
  const inner = text.slice(start + 2, end);
  const rest = substitute(text.slice(end + 1), version, context);
  const [key = '', fallback] = inner.split(/, *'/);
  const value = ['*', '?', '$'].includes(inner) ? inner : (context.get(key.toLowerCase()) ?? fallback?.slice(0, -1));
  if (rest === null || value === undefined) return null;
  return [...glyphsOf(text.slice(0, start)), ...[...value].map((literal) => ({ literal })), ...rest];
};

const plain = (glyphs: readonly Glyph[]): string =>
  glyphs.map((glyph) => (typeof glyph === 'string' ? glyph : glyph.literal)).join('');

const COMPARISONS: Readonly<Record<string, (pattern: readonly Glyph[], value: string) => boolean>> = {
  StringEquals: (pattern, value) => plain(pattern) === value,
  StringEqualsIgnoreCase: (pattern, value) => plain(pattern).toLowerCase() === value.toLowerCase(),
  StringLike: (pattern, value) => matchesAnywhere(pattern, value),
  ArnEquals: (pattern, value) => matchesArn(pattern, value, false),
  ArnLike: (pattern, value) => matchesArn(pattern, value, false),
  Bool: (pattern, value) => plain(pattern).toLowerCase() === value.toLowerCase(),
};

/** Whether one `operator: {key: values}` holds. Source: "IAM JSON policy elements: Condition operators". */
export const conditionHolds = (
  operator: string,
  key: string,
  values: readonly string[],
  version: string | undefined,
  context: NaiveContext,
): boolean => {
  const value = context.get(key.toLowerCase());
  if (operator === 'Null') return values.some((each) => (each === 'true') === (value === undefined));
  const ifExists = operator.endsWith('IfExists');
  const name = ifExists ? operator.slice(0, -'IfExists'.length) : operator;
  const negated = name.includes('Not');
  const compare = COMPARISONS[name.replace('Not', '')];
  if (compare === undefined) throw new Error(`the naive evaluator has no ${operator}`);
  if (value === undefined) return negated || ifExists;
  const patterns = values.map((each) => substitute(each, version, context));
  if (negated) return patterns.every((pattern) => pattern !== null && !compare(pattern, value));
  return patterns.some((pattern) => pattern !== null && compare(pattern, value));
};
