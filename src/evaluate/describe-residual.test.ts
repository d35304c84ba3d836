import { expect, test } from 'vitest';
import { describeResidual, residualText } from './describe-residual.ts';
import { allOf, anyOf, atomFormula, FALSE, type Formula, not, TRUE } from './formula.ts';

const condition = (operator: string, key: string, ...values: string[]): Formula =>
  atomFormula({ kind: 'condition', operator, key, values, variables: false });
const mfa = condition('Bool', 'aws:MultiFactorAuthPresent', 'true');
const ip = condition('IpAddress', 'aws:SourceIp', '10.0.0.0/8', '192.0.2.0/24');

test.each([
  [mfa, '`aws:MultiFactorAuthPresent` is `true`'],
  [not(mfa), '`aws:MultiFactorAuthPresent` is not `true`'],
  [ip, '`aws:SourceIp` is in `10.0.0.0/8` or `192.0.2.0/24`'],
  [not(ip), '`aws:SourceIp` is not in `10.0.0.0/8` nor `192.0.2.0/24`'],
  [condition('StringNotEquals', 'k', 'a', 'b'), '`k` is not `a` nor `b`'],
  [not(condition('StringNotEquals', 'k', 'a', 'b')), '`k` is `a` or `b`'],
  [condition('StringLike', 'k', 'a*'), '`k` is like `a*`'],
  [condition('ArnNotLike', 'k', 'a*'), '`k` is not like `a*`'],
  [condition('DateLessThan', 'aws:CurrentTime', '2026-01-01'), '`aws:CurrentTime` is before `2026-01-01`'],
  [not(condition('DateLessThan', 'aws:CurrentTime', '2026-01-01')), '`aws:CurrentTime` is not before `2026-01-01`'],
  [condition('NumericGreaterThanEquals', 'k', '7'), '`k` is at least `7`'],
  [not(condition('NumericGreaterThanEquals', 'k', '7')), '`k` is not at least `7`'],
  [condition('DateLessThanEquals', 'k', '2026-01-01'), '`k` is at or before `2026-01-01`'],
  [condition('Null', 'k', 'true'), '`k` is absent'],
  [not(condition('Null', 'k', 'true')), '`k` is present'],
  [condition('Null', 'k', 'false'), '`k` is present'],
  [condition('BoolIfExists', 'k', 'false'), '(`k` is absent or `k` is `false`)'],
  [not(condition('BoolIfExists', 'k', 'false')), '(`k` is present and `k` is not `false`)'],
  [condition('ForAllValues:StringLike', 'aws:TagKeys', 'a*', 'b'), 'every value of `aws:TagKeys` is like `a*` or `b`'],
  [condition('ForAnyValue:StringEquals', 'aws:TagKeys', 'a'), 'some value of `aws:TagKeys` is `a`'],
  [not(condition('ForAnyValue:StringEquals', 'aws:TagKeys', 'a')), 'no value of `aws:TagKeys` is `a`'],
  [not(condition('ForAllValues:StringEquals', 'aws:TagKeys', 'a')), 'not every value of `aws:TagKeys` is `a`'],
  [allOf([mfa, ip]), '`aws:MultiFactorAuthPresent` is `true` and `aws:SourceIp` is in `10.0.0.0/8` or `192.0.2.0/24`'],
  [TRUE, 'always'],
  [FALSE, 'never'],
])('a formula reads as a sentence: %#', (formula, text) => {
  expect(residualText(formula)).toBe(text);
});

test.each([
  ['StringEquals', 'is', 'is not'],
  ['StringNotEquals', 'is not', 'is'],
  ['StringEqualsIgnoreCase', 'is, in whatever case,', 'is not, in whatever case,'],
  ['StringNotEqualsIgnoreCase', 'is not, in whatever case,', 'is, in whatever case,'],
  ['StringLike', 'is like', 'is not like'],
  ['StringNotLike', 'is not like', 'is like'],
  ['NumericEquals', 'is', 'is not'],
  ['NumericNotEquals', 'is not', 'is'],
  ['NumericLessThan', 'is less than', 'is not less than'],
  ['NumericLessThanEquals', 'is at most', 'is not at most'],
  ['NumericGreaterThan', 'is greater than', 'is not greater than'],
  ['NumericGreaterThanEquals', 'is at least', 'is not at least'],
  ['DateEquals', 'is', 'is not'],
  ['DateNotEquals', 'is not', 'is'],
  ['DateLessThan', 'is before', 'is not before'],
  ['DateLessThanEquals', 'is at or before', 'is not at or before'],
  ['DateGreaterThan', 'is after', 'is not after'],
  ['DateGreaterThanEquals', 'is at or after', 'is not at or after'],
  ['Bool', 'is', 'is not'],
  ['BinaryEquals', 'is', 'is not'],
  ['IpAddress', 'is in', 'is not in'],
  ['NotIpAddress', 'is not in', 'is in'],
  ['ArnEquals', 'is like', 'is not like'],
  ['ArnNotEquals', 'is not like', 'is like'],
  ['ArnLike', 'is like', 'is not like'],
  ['ArnNotLike', 'is not like', 'is like'],
])('%s reads as "%s", its opposite as "%s"', (operator, holds, fails) => {
  expect(residualText(condition(operator, 'k', 'v'))).toBe(`\`k\` ${holds} \`v\``);
  expect(residualText(not(condition(operator, 'k', 'v')))).toBe(`\`k\` ${fails} \`v\``);
});

test('alternatives inside stand in parentheses', () => {
  const k = condition('StringEquals', 'k', 'a');
  expect(residualText(allOf([k, anyOf([mfa, ip])]))).toBe(
    '`k` is `a` and (`aws:MultiFactorAuthPresent` is `true` or `aws:SourceIp` is in `10.0.0.0/8` or `192.0.2.0/24`)',
  );
});

test('a resource that depends on a variable', () => {
  const home = atomFormula({ kind: 'resource', element: 'Resource', pattern: 'arn:aws:s3:::b/${aws:userid}' });
  expect(residualText(home)).toBe('the resource matches `arn:aws:s3:::b/${aws:userid}`');
  expect(residualText(not(home))).toBe('the resource does not match `arn:aws:s3:::b/${aws:userid}`');
  expect(describeResidual(not(home)).formula).toEqual({ not: { resource: 'arn:aws:s3:::b/${aws:userid}' } });
});

test('a formula is data', () => {
  expect(describeResidual(anyOf([mfa, not(ip)])).formula).toEqual({
    any: [
      { not: { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8', '192.0.2.0/24'] } },
      { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] },
    ],
  });
  expect(describeResidual(allOf([mfa, not(ip)])).formula).toMatchObject({ all: [{ not: {} }, {}] });
  expect(describeResidual(TRUE).formula).toEqual({ constant: true });
  expect(describeResidual(FALSE).formula).toEqual({ constant: false });
});

test('a resource that a `NotResource` would have to leave out', () => {
  const others = atomFormula({ kind: 'resource', element: 'NotResource', pattern: 'arn:aws:s3:::b/${aws:userid}' });
  expect(residualText(others)).toBe('the resource does not match `arn:aws:s3:::b/${aws:userid}`');
  expect(residualText(not(others))).toBe('the resource matches `arn:aws:s3:::b/${aws:userid}`');
  expect(describeResidual(others).formula).toEqual({ notResource: 'arn:aws:s3:::b/${aws:userid}' });
});

test('text that looks like a variable, from a document of the older version, is escaped in data', () => {
  const formula = condition('StringEquals', 'k', '${aws:username}');
  expect(describeResidual(formula).formula).toMatchObject({ values: ['${$}{aws:username}'] });
});
