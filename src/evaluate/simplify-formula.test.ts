import { describe, expect, test } from 'vitest';
import { residualText } from './describe-residual.ts';
import { allOf, anyOf, atomFormula, type Formula, type Literal, not, TRUE } from './formula.ts';
import { simplifyFormula } from './simplify-formula.ts';

const is = (operator: string, key: string, ...values: readonly string[]): Literal =>
  atomFormula({ kind: 'condition', operator, key, values, variables: false });
const k = (operator: string, ...values: readonly string[]): Literal => is(operator, 'k', ...values);
/** A pattern in which `${*}`, `${?}` and `${$}` stand for the characters. */
const escaped = (operator: string, value: string): Literal =>
  atomFormula({ kind: 'condition', operator, key: 'k', values: [value], variables: true });
const mfa = is('Bool', 'aws:MultiFactorAuthPresent', 'true');
const office = is('IpAddress', 'aws:SourceIp', '192.0.2.0/24');

describe('contradictions', () => {
  test.each<readonly Formula[]>([
    [k('StringEquals', 'a'), k('StringEquals', 'b')],
    [k('StringEquals', 'a'), k('StringNotEquals', 'a', 'b')],
    [k('StringEquals', 'a'), k('StringEqualsIgnoreCase', 'B', 'C')],
    [k('StringEquals', 'a', 'b'), k('StringEquals', 'b', 'c'), k('StringNotEquals', 'b')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringEqualsIgnoreCase', 'b')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringLike', 'b*', '*C')],
    [k('StringEquals', 'c'), k('StringLike', 'a*', 'b*')],
    [k('StringLike', 'a*'), k('StringLike', 'b*')],
    [k('StringLike', '*a'), k('StringLike', '*b')],
    [k('StringLike', 'a*', 'b*'), k('StringLike', 'c*', '*d'), k('StringNotLike', '*d')],
    [k('StringLike', 'a/b*'), k('StringNotLike', 'a/*')],
    [k('StringLike', 'team-?'), k('StringNotLike', 'team-*')],
    [k('StringLike', 'a*'), k('StringNotLike', 'z*', 'a*')],
    [k('ArnLike', 'arn:aws:iam::1:role/*'), k('ArnLike', 'arn:aws:iam::2:role/*')],
    [k('ArnLike', 'arn:*:iam::1:role/*'), k('ArnLike', 'arn:*:iam::*:user/*')],
    [k('ArnLike', 'arn:aws:iam::1:role/a*'), k('ArnNotLike', 'arn:*:iam::*:role/*')],
    [k('ArnLike', 'arn:aws:iam::1:role/a*'), k('StringNotLike', 'arn:*:role/*')],
    [k('ArnLike', 'arn:aws:iam::1:role/a*'), k('ArnNotLike', 'arn:aws:ia?:*:*:role/*')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringLike', 'c', 'a*x')],
    [escaped('StringLike', 'a${$}b*'), k('StringNotLike', 'a$*')],
    [k('NumericLessThan', '3'), k('NumericGreaterThan', '5')],
    [k('NumericLessThan', '3'), k('NumericGreaterThanEquals', '3.0')],
    [k('NumericEquals', '3'), k('NumericNotEquals', '3.00')],
    [k('DateLessThan', '2020-01-01'), k('DateGreaterThan', '1577836800')],
    [k('IpAddress', '10.0.0.0/8'), k('IpAddress', '192.168.0.0/16')],
    [k('IpAddress', '10.0.0.0/8'), k('NotIpAddress', '10.0.0.0/9', '10.128.0.0/9')],
    [k('IpAddress', '10.0.0.0/8'), k('IpAddress', '::/0')],
    [k('Bool', 'true'), k('Bool', 'false')],
    [k('Bool', 'true'), k('Null', 'true')],
    [k('Null', 'true'), k('Null', 'false')],
    [k('ForAnyValue:StringEquals', 'a'), k('ForAllValues:StringEquals', 'b')],
    [k('ForAnyValue:StringEquals', 'a'), k('Null', 'true')],
    [not(k('ForAllValues:StringEquals', 'a')), k('ForAllValues:StringLike', 'a')],
    [k('NumericEquals', 'ten')],
  ])('%# are never fulfilled', (...formulas) => {
    expect(residualText(simplifyFormula(allOf(formulas)))).toBe('never');
    // And the other way round: some of the opposites always holds.
    expect(residualText(simplifyFormula(anyOf(formulas.map(not))))).toBe('always');
  });
});

describe('what may be fulfilled stays', () => {
  test.each<readonly Formula[]>([
    [k('StringLike', 'a*'), k('StringLike', '*b')],
    [k('StringLike', 'a*'), k('StringNotLike', 'ab*')],
    [k('StringLike', 'a*'), k('StringNotLike', 'a?')],
    [k('StringLike', 'ab*'), k('StringLike', 'a*')],
    [k('StringLike', '*ba'), k('StringLike', '*a')],
    [k('StringLike', 'a*b'), k('StringNotLike', 'ab*')],
    [k('ArnLike', 'arn:aws:iam::1:role/*'), k('ArnLike', 'arn:aws:iam::*:role/a*')],
    [k('ArnLike', 'arn:aws:iam::1:role/a*'), k('ArnNotLike', 'arn:aws:iam::2:role/*')],
    [escaped('StringLike', 'a${$}b'), k('StringLike', 'a$b')],
    [escaped('StringLike', 'a${$}b*'), k('StringLike', 'a$b*')],
    [escaped('StringLike', '*a${$}b'), k('StringLike', '*a$b')],
    // What `*` stands for may hold colons, which a part of an ARN cannot.
    [k('StringLike', 'a*:b:c:d:e:f'), k('ArnNotLike', '*:b:c:d:e:f')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringLike', 'A*')],
    [k('StringEqualsIgnoreCase', 'ab'), k('StringLike', 'a*'), k('StringLike', '*b')],
    [k('StringEqualsIgnoreCase', 'a', 'b'), k('StringEqualsIgnoreCase', 'B', 'c')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringLike', 'b*', 'a*')],
    [k('StringEqualsIgnoreCase', 'a'), k('StringNotLike', 'b*')],
    // Which small letter a capital sigma becomes hangs on whether the word ends there.
    [k('StringEqualsIgnoreCase', 'ΑΣΑ'), k('StringLike', 'ΑΣ*')],
    [k('StringEquals', 'a', 'b'), k('StringNotEquals', 'a')],
    [k('StringLike', 'ab', 'cd'), k('StringLike', 'a*')],
    [k('StringLike', 'ab', 'z*'), k('StringLike', 'a*')],
    [k('StringLike', 'a*', 'b*'), k('StringLike', 'b*c')],
    // `5` is a number and a date; a text that is no number is neither less nor more.
    [k('NumericLessThan', '10'), k('DateGreaterThan', '0')],
    [k('NumericGreaterThan', '3'), k('DateLessThan', '2026-01-01')],
    [not(k('NumericLessThan', '5')), not(k('NumericGreaterThanEquals', '5')), k('StringLike', '*x')],
    [k('NumericGreaterThan', '3'), k('NumericLessThan', '4')],
    [k('NumericEquals', '1', '3'), k('NumericEquals', '3', '5')],
    [k('ArnLike', 'arn:aws:iam::*:role/a*'), k('StringLike', '*b')],
    // A request without the key fulfils both.
    [k('StringEqualsIfExists', 'a'), k('StringEqualsIfExists', 'b')],
    [k('StringNotLike', 'a*'), k('Null', 'true')],
    // A key with several values can have both.
    [k('ForAnyValue:StringEquals', 'a'), k('ForAnyValue:StringEquals', 'b')],
    // A plain operator never fits several values, so that its negation does.
    [not(k('StringEquals', 'a')), not(k('StringNotEquals', 'a'))],
    [k('StringEquals', 'a'), is('StringEquals', 'other', 'b')],
  ])('%#', (...formulas) => {
    expect(simplifyFormula(allOf(formulas)).kind).not.toBe('false');
  });
});

describe('what follows from the rest goes', () => {
  test.each<readonly [Formula, Formula]>([
    [allOf([k('NumericLessThan', '3'), k('NumericLessThan', '5')]), k('NumericLessThan', '3')],
    [allOf([k('StringEquals', 'a'), k('StringNotEquals', 'b')]), k('StringEquals', 'a')],
    [allOf([k('StringEquals', 'a'), not(k('StringEquals', 'b'))]), k('StringEquals', 'a')],
    [allOf([k('Bool', 'true'), k('Null', 'false')]), k('Bool', 'true')],
    [allOf([k('IpAddress', '10.1.0.0/16'), k('IpAddress', '10.0.0.0/8')]), k('IpAddress', '10.1.0.0/16')],
    [anyOf([k('IpAddress', '10.1.0.0/16'), k('IpAddress', '10.0.0.0/8')]), k('IpAddress', '10.0.0.0/8')],
    [anyOf([k('StringLike', 'a*'), k('StringEquals', 'ab')]), k('StringLike', 'a*')],
    [allOf([k('StringEquals', 'a'), anyOf([k('StringEquals', 'b'), mfa])]), allOf([k('StringEquals', 'a'), mfa])],
    [anyOf([k('StringEquals', 'a'), allOf([k('StringLike', 'a'), mfa])]), k('StringEquals', 'a')],
    [anyOf([allOf([mfa, office]), allOf([mfa, office, k('StringEquals', 'a')])]), allOf([mfa, office])],
    [
      anyOf([allOf([mfa, office]), allOf([mfa, k('StringEquals', 'a')])]),
      allOf([mfa, anyOf([office, k('StringEquals', 'a')])]),
    ],
    [k('ForAllValues:StringLike', '*'), TRUE],
    [anyOf([k('StringLike', 'a*'), k('StringLike', 'b*')]), k('StringLike', 'a*', 'b*')],
    [allOf([k('NotIpAddress', '10.0.0.0/8'), k('NotIpAddress', '::/0')]), k('NotIpAddress', '10.0.0.0/8', '::/0')],
    [
      allOf([not(k('IpAddress', '10.0.0.0/8')), not(k('IpAddress', '::/0'))]),
      not(k('IpAddress', '10.0.0.0/8', '::/0')),
    ],
  ])('%#', (formula, expected) => {
    expect(residualText(simplifyFormula(formula))).toBe(residualText(expected));
  });
});

test.each<readonly Formula[]>([
  // Not all are a, and not all are b: that both are there fulfils it.
  [not(k('ForAllValues:StringEquals', 'a')), not(k('ForAllValues:StringEquals', 'b'))],
  [k('ForAnyValue:StringNotEquals', 'a'), k('ForAnyValue:StringNotEquals', 'b')],
  [k('StringNotEquals', 'a'), is('StringNotEquals', 'other', 'b')],
  // Only two of the three have something in common.
  [anyOf([mfa, k('Bool', 'true')]), anyOf([mfa, office]), anyOf([office, is('Bool', 'other', 'true')])],
])('what is not the same together stays apart: %#', (...formulas) => {
  expect(simplifyFormula(allOf(formulas))).toEqual(allOf(formulas));
});

test('values that are told as they stand keep their order', () => {
  const [b, a] = [k('StringNotEquals', 'b', 'a'), is('StringNotEquals', 'other', 'd', 'c')];
  expect(residualText(simplifyFormula(b))).toBe('`k` is not `b` nor `a`');
  expect(residualText(simplifyFormula(anyOf([a, not(mfa)])))).toContain('`other` is not `d` nor `c`');
});

test('values of conditions that are told as one stand in order', () => {
  const merged = simplifyFormula(allOf([k('StringNotEquals', 'c', 'a'), k('StringNotEquals', 'b')]));
  expect(residualText(merged)).toBe('`k` is not `a` nor `b` nor `c`');
});

test('what is given decides, and is not told again', () => {
  const formula = allOf([k('StringEquals', 'a', 'b'), mfa]);
  expect(simplifyFormula(formula, [k('StringEquals', 'a')])).toEqual(mfa);
  expect(simplifyFormula(formula, [k('StringEquals', 'c')]).kind).toBe('false');
});

test('policy variables are compared by name alone', () => {
  const own = atomFormula({ kind: 'condition', operator: 'StringEquals', key: 'k', values: ['${x}'], variables: true });
  expect(simplifyFormula(allOf([own, k('StringEquals', 'a')])).kind).toBe('all');
  expect(simplifyFormula(allOf([own, not(own)])).kind).toBe('false');
  expect(simplifyFormula(own, [{ ...own }]).kind).toBe('true');
  // It asks for a value, whatever that is.
  expect(simplifyFormula(allOf([own, k('Null', 'true')])).kind).toBe('false');
});

test('text that looks like a variable is text', () => {
  const text = k('StringEquals', '${x}');
  expect(simplifyFormula(allOf([text, k('StringEquals', 'a')])).kind).toBe('false');
});

test('long lists of patterns are left alone', () => {
  const patterns = (suffix: string) => Array.from({ length: 3_000 }, (_, index) => `*${index}*${suffix}`);
  const formula = allOf([k('StringLike', ...patterns('a')), k('StringLike', ...patterns('b')), k('Bool', 'true')]);
  expect(simplifyFormula(formula).kind).toBe('all');
});
