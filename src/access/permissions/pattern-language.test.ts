import { expect, test } from 'vitest';
import { type PatternPiece, wildcardPieces } from '../../iam/wildcard.ts';
import { leadingPieces } from '../../policy/arn-pattern.ts';
import { glyphsOf, includesPattern, patternsMeet } from './pattern-language.ts';

const glyphs = (pattern: string) => glyphsOf(wildcardPieces(pattern));
/** A pattern whose wildcards stay in their part of an ARN, but for those at a part's end. */
const arnGlyphs = (leading: string, rest: string) =>
  glyphsOf([...leadingPieces(leading), ...wildcardPieces(rest)] satisfies readonly PatternPiece[]);

test.each([
  ['*', ''],
  ['*', 'a*b'],
  ['a*', 'abc'],
  ['a*', 'ab*'],
  ['a*c', 'ab*bc'],
  ['a?*', 'ab*'],
  ['*a*', '?a?'],
  ['???', 'a?c'],
  ['a*b*c', 'a*c*b*c'],
])('`%s` matches all that `%s` does', (outer, inner) => {
  expect(includesPattern(glyphs(outer), glyphs(inner))).toBe(true);
});

test.each([
  ['a', 'a*'],
  ['ab*', 'a*'],
  ['a?', 'a*'],
  ['a?*', 'a*'],
  ['?', ''],
  ['*b', 'a*'],
  ['a*c', 'a*'],
  ['a?c', 'a?'],
])('`%s` does not match all that `%s` does', (outer, inner) => {
  expect(includesPattern(glyphs(outer), glyphs(inner))).toBe(false);
});

test.each([
  ['a*', '*b', true],
  ['a*', 'b*', false],
  ['*a', '*b', false],
  ['a*b', 'a', false],
  ['a*b', 'ab', true],
  ['?', '', false],
  ['?', '*', true],
  ['a?c', 'a*b*c', true],
  ['a??c', 'a*b?c', true],
  ['a?c', 'a*bb*c', false],
  ['*a*b*', '*b*a*', true],
  ['', '*', true],
  ['', '', true],
])('whether `%s` and `%s` have a text in common: %s', (one, other, expected) => {
  expect(patternsMeet(glyphs(one), glyphs(other))).toBe(expected);
  expect(patternsMeet(glyphs(other), glyphs(one))).toBe(expected);
});

test('a wildcard inside a part of an ARN does not match a colon, one at its end may', () => {
  const inside = arnGlyphs('arn:aws:s*3:', '::b');
  const atEnd = arnGlyphs('arn:aws:s*:', '::b');
  const over = glyphs('arn:aws:s:3:::b');
  expect(patternsMeet(inside, over)).toBe(false);
  expect(patternsMeet(atEnd, over)).toBe(true);
  expect(includesPattern(inside, over)).toBe(false);
  expect(includesPattern(atEnd, inside)).toBe(true);
  expect(includesPattern(inside, atEnd)).toBe(false);
  expect(includesPattern(glyphs('arn:*'), atEnd)).toBe(true);
});

test('patterns of many wildcards are compared at once', () => {
  const many = '*a'.repeat(500);
  expect(includesPattern(glyphs(`${many}*`), glyphs(many))).toBe(true);
  expect(patternsMeet(glyphs(`${many}b`), glyphs('a'.repeat(1_000)))).toBe(false);
});
