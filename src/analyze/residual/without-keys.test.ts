import { describe, expect, it } from 'vitest';
import { allOf, anyOf, atomFormula, not } from '../../evaluate/formula.ts';
import { withoutKeys } from './without-keys.ts';

const condition = (operator: string, key: string, ...values: readonly string[]) =>
  atomFormula({ kind: 'condition', variables: false, operator, key, values });

describe('withoutKeys', () => {
  const withoutExternalId = (operator: string, ...values: readonly string[]) =>
    withoutKeys(condition(operator, 'sts:ExternalID', ...values), (key) => key === 'sts:externalid').kind;

  // IAM User Guide, "Condition operators": a missing key fails a condition, and fulfils a negated one and …IfExists.
  it.each([
    ['StringEquals', 'x', 'false'],
    ['StringNotEquals', 'x', 'true'],
    ['StringEqualsIfExists', 'x', 'true'],
    ['Bool', 'true', 'false'],
    ['Null', 'true', 'true'],
    ['Null', 'false', 'false'],
    ['ForAnyValue:StringLike', 'x', 'false'],
    ['ForAnyValue:StringLikeIfExists', 'x', 'true'],
    ['ForAllValues:StringLike', 'x', 'true'],
    ['NoSuchOperator', 'x', 'atom'],
  ])('takes %s %s of a missing key for %s', (operator, value, holds) => {
    expect(withoutExternalId(operator, value)).toBe(holds);
  });

  it('leaves other keys alone, inside negations and alternatives too', () => {
    const other = condition('StringEquals', 'aws:SourceVpc', 'vpc-1');
    const externalId = condition('StringEquals', 'sts:ExternalId', 'x');
    const formula = anyOf([allOf([externalId, other]), not(other)]);
    expect(withoutKeys(formula, (key) => key === 'sts:externalid')).toEqual(not(other));
  });
});
