import { describe, expect, test } from 'vitest';
import { allOf, anyOf, atomFormula, FALSE, type Formula, not, TRUE } from './formula.ts';

const atom = (key: string, ...values: string[]): Formula =>
  atomFormula({ kind: 'condition', operator: 'StringEquals', key, values, variables: false });
const a = atom('a', '1');
const b = atom('b', '1');
const c = atom('c', '1');

describe('folding', () => {
  test.each([
    ['nothing at all holds', allOf([]), TRUE],
    ['nothing to choose from fails', anyOf([]), FALSE],
    ['true does not limit', allOf([TRUE, a]), a],
    ['false does not help', anyOf([FALSE, a]), a],
    ['true does not limit several', allOf([b, TRUE, a]), allOf([a, b])],
    ['false does not help several', anyOf([b, FALSE, a]), anyOf([a, b])],
    ['false fails all', allOf([a, FALSE]), FALSE],
    ['true fulfils any', anyOf([a, TRUE]), TRUE],
    ['duplicates count once', allOf([a, a]), a],
    ['members of the same kind are drawn in', allOf([a, allOf([b, c])]), allOf([a, b, c])],
    ['a contradiction fails', allOf([a, b, not(a)]), FALSE],
    ['one or its opposite holds', anyOf([not(a), b, a]), TRUE],
    ['what is implied goes', allOf([a, anyOf([a, b])]), a],
    ['what implies goes', anyOf([a, allOf([a, b])]), a],
    ['what is the same but for more goes', anyOf([allOf([a, b]), allOf([a, b, c])]), allOf([a, b])],
    ['what is not the same stays', anyOf([allOf([a, b]), allOf([a, c])]), anyOf([allOf([a, c]), allOf([b, a])])],
    ['twice negated is not negated', not(not(allOf([a, anyOf([b, not(c)])]))), allOf([a, anyOf([b, not(c)])])],
    ['the negation of all is any of the negations', not(allOf([a, b])), anyOf([not(a), not(b)])],
    ['the negation of true is false', not(TRUE), FALSE],
    ['the order does not matter', anyOf([a, b, c]), anyOf([c, b, a])],
  ])('%s', (_name, formula, expected) => {
    expect(formula).toEqual(expected);
  });
});

describe('atoms are the same', () => {
  test('whatever the case of the key', () => expect(atom('AWS:x', '1').id).toBe(atom('aws:X', '1').id));
  test('whatever the order of values', () => expect(atom('a', '1', '2').id).toBe(atom('a', '2', '1', '1').id));
  test('but not where the resources differ', () => {
    const resource = (element: 'Resource' | 'NotResource', pattern: string) =>
      atomFormula({ kind: 'resource', element, pattern }).id;
    const [one, other] = ['arn:aws:s3:::a/${aws:userid}', 'arn:aws:s3:::b/${aws:userid}'];
    expect(resource('Resource', one)).not.toBe(resource('Resource', other));
    expect(resource('Resource', one)).not.toBe(resource('NotResource', one));
  });
  test('but not where the values differ', () => expect(atom('a', '1,2').id).not.toBe(atom('a', '1', '2').id));
});

test('text that stands in a variable differs from the same text as text', () => {
  const condition = { kind: 'condition', operator: 'StringEquals', key: 'a', values: ['${b}'] } as const;
  expect(atomFormula({ ...condition, variables: true }).id).not.toBe(
    atomFormula({ ...condition, variables: false }).id,
  );
});
