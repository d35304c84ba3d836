import { describe, expect, test } from 'vitest';
import { compilePieces, compileWildcard } from './wildcard.ts';

describe('a pattern', () => {
  test.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc', 'ABC', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['a*', 'a', true],
    ['a*', 'ba', false],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'acb', false],
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['a**b', 'ab', true],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'xabyabz', true],
    ['?', '', false],
    ['?', 'x', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*?', '', false],
    ['a*?b', 'ab', false],
    ['a*?b', 'axb', true],
    ['a.c', 'abc', false],
    ['[a-z]+', 'b', false],
    ['[a-z]+', '[a-z]+', true],
    ['(a|b)$', '(a|b)$', true],
  ])('`%s` of `%s` is %s', (pattern, text, matches) => {
    expect(compileWildcard(pattern)(text)).toBe(matches);
  });
});

test('a run that stays in its part does not cross a colon', () => {
  const matches = compilePieces([
    { kind: 'text', text: 'a' },
    { kind: 'run', inPart: true },
    { kind: 'text', text: ':b' },
  ]);
  expect(matches('axx:b')).toBe(true);
  expect(matches('a:b')).toBe(true);
  expect(matches('ax:y:b')).toBe(false);
});

test('a run that stays in its part may follow one that does not', () => {
  const matches = compilePieces([
    { kind: 'run', inPart: false },
    { kind: 'text', text: 'b' },
    { kind: 'run', inPart: true },
    { kind: 'text', text: 'c' },
  ]);
  expect(matches('a:b:b-c')).toBe(true);
  expect(matches('a:b:c')).toBe(false);
});

// A matcher that tries every way would not come back from these.
test.each(['*a*a*a*a*a*a*a*b', '*?a*?a*?a*?a*?b'])('the hostile pattern `%s` ends against a long text', (pattern) => {
  expect(compileWildcard(pattern)('a'.repeat(20_000))).toBe(false);
});
