// Patterns as the IAM User Guide describes them, character by character. Written for being obviously right, not fast;
// it must share no code with src/.

/** A character of a pattern, or a wildcard. */
export type Glyph = { readonly literal: string } | '*' | '?';

/** `*` is any characters, `?` is one. */
export const glyphsOf = (pattern: string): readonly Glyph[] =>
  [...pattern].map((char) => (char === '*' || char === '?' ? char : { literal: char }));

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
