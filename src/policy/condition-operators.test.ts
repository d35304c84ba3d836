import { expect, test } from 'vitest';
import { parseConditionOperator } from './condition-operators.ts';

test.each([
  ['StringEquals', { base: 'StringEquals', set: null, ifExists: false }],
  ['StringEqualsIfExists', { base: 'StringEquals', set: null, ifExists: true }],
  ['ForAllValues:StringLike', { base: 'StringLike', set: 'ForAllValues', ifExists: false }],
  [
    'ForAnyValue:StringNotEqualsIgnoreCaseIfExists',
    { base: 'StringNotEqualsIgnoreCase', set: 'ForAnyValue', ifExists: true },
  ],
  ['NumericGreaterThanEquals', { base: 'NumericGreaterThanEquals', set: null, ifExists: false }],
  ['Null', { base: 'Null', set: null, ifExists: false }],
])('`%s`', (text, operator) => {
  expect(parseConditionOperator(text)).toEqual(operator);
});

test.each([
  '',
  'stringEquals',
  'StringLikes',
  'NullIfExists',
  'ForSomeValues:StringEquals',
  'ForAllValues:',
  'StringEqualsIfExistsIfExists',
  'toString',
])('`%s` is no operator', (text) => {
  expect(parseConditionOperator(text)).toBeNull();
});
