import { describe, expect, it, test } from 'vitest';
import { wildcardPieces } from '../../iam/wildcard.ts';
import { leadingPieces } from '../../policy/arn-pattern.ts';
import { commonText } from './common-text.ts';
import { glyphsOf } from './pattern-language.ts';

const glyphs = (pattern: string) => glyphsOf(wildcardPieces(pattern));

describe('a text that two patterns match', () => {
  test.each([
    ['dev-*', '*', 'dev-'],
    ['dev-*', '*x', 'dev-x'],
    ['*-dev', 'x*', 'x-dev'],
    ['a*c*', '*b*d', 'acbd'],
    ['a?c', '*', 'axc'],
    ['abc', 'a*c', 'abc'],
    ['*', '*', ''],
    ['', '*', ''],
  ])('of `%s` and `%s`', (one, other, text) => {
    expect(commonText(glyphs(one), glyphs(other), 'x')?.length).toBe(text.length);
    expect(commonText(glyphs(other), glyphs(one), 'x')?.length).toBe(text.length);
  });

  it('is the only one where there is one only', () => {
    expect(commonText(glyphs('dev-*'), glyphs('*x'), 'x')).toBe('dev-x');
  });

  test.each([
    ['dev-*', 'prod-*'],
    ['a', 'ab'],
    ['a?', 'a'],
  ])('`%s` and `%s` have none', (one, other) => {
    expect(commonText(glyphs(one), glyphs(other), 'x')).toBeNull();
  });

  it('keeps the parts of an ARN apart', () => {
    expect(commonText(glyphsOf(leadingPieces('arn:a*s:s3')), glyphs('arn:a:s:s3'), 'x')).toBeNull();
  });
});
