// Patterns as the IAM User Guide describes them, character by character. Written for being obviously right, not fast;
// it must share no code with src/.
import type { NaiveContext } from './naive-request.ts';

/** A character of a pattern, or a wildcard. */
export type Glyph = { readonly literal: string } | '*' | '?';

/** `*` is any characters, `?` is one. */
export const glyphsOf = (pattern: string): readonly Glyph[] =>
  pattern.split('').map((char) => (char === '*' || char === '?' ? char : { literal: char }));

/** The text of glyphs whose wildcards mean nothing. */
export const plainText = (glyphs: readonly Glyph[]): string =>
  glyphs.map((glyph) => (typeof glyph === 'string' ? glyph : glyph.literal)).join('');

/** Whether glyphs match a whole text, wildcards standing for any characters. */
export const matchesAnywhere = (glyphs: readonly Glyph[], text: string): boolean => {
  const [first, ...rest] = glyphs;
  if (first === undefined) return text === '';
  if (first === '*') return matchesAnywhere(rest, text) || (text !== '' && matchesAnywhere(glyphs, text.slice(1)));
  if (text === '') return false;
  return (first === '?' || first.literal === text[0]) && matchesAnywhere(rest, text.slice(1));
};

const isColon = (glyph: Glyph | undefined): boolean => typeof glyph === 'object' && glyph.literal === ':';

/**
 * Whether the glyphs of an ARN pattern match an ARN. In the first five parts a wildcard is for characters other than
 * colons, but (with `runOn`) a `*` that ends its part may go on over the colons that follow.
 */
export const matchesArn = (glyphs: readonly Glyph[], arn: string, runOn: boolean, part = 0): boolean => {
  const [first, ...rest] = glyphs;
  const [char] = arn;
  if (first === undefined) return arn === '';
  if (first === '*') {
    if (matchesArn(rest, arn, runOn, part)) return true;
    const endsPart = rest.length === 0 || isColon(rest[0]);
    const free = part >= 5 || (runOn && endsPart);
    return char !== undefined && (free || char !== ':') && matchesArn(glyphs, arn.slice(1), runOn, part);
  }
  if (char === undefined) return false;
  if (first === '?') return (part >= 5 || char !== ':') && matchesArn(rest, arn.slice(1), runOn, part);
  return first.literal === char && matchesArn(rest, arn.slice(1), runOn, isColon(first) ? part + 1 : part);
};

/**
 * The glyphs of a text with its policy variables replaced, wildcards in their values standing for themselves; null where
 * a variable has no value and no default, or several values.
 * Source: "IAM policy elements: Variables and tags".
 */
export const substitute = (text: string, context: NaiveContext): readonly Glyph[] | null => {
  const start = text.indexOf('${');
  const end = text.indexOf('}', start);
  if (start < 0 || end < 0) return glyphsOf(text);
  const inner = text.slice(start + 2, end).trim();
  const rest = substitute(text.slice(end + 1), context);
  const value = ['*', '?', '$'].includes(inner) ? inner : variableValue(inner, context);
  if (rest === null || value === null) return null;
  return [...glyphsOf(text.slice(0, start)), ...value.split('').map((literal) => ({ literal })), ...rest];
};

const variableValue = (inner: string, context: NaiveContext): string | null => {
  const comma = inner.indexOf(',');
  const key = (comma < 0 ? inner : inner.slice(0, comma)).trim().toLowerCase();
  const values = context.get(key);
  if (values !== undefined) return values.length === 1 ? (values[0] ?? null) : null;
  if (comma < 0) return null;
  const quoted = inner.slice(comma + 1).trim();
  return quoted.slice(1, -1);
};
