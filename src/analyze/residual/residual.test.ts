import { describe, expect, it } from 'vitest';
import { allOf, anyOf, atomFormula, not } from '../../evaluate/formula.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { settleTime } from './settle-time.ts';
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

describe('settleTime', () => {
  const settle = (operator: string, key: string, value: string, temporary = false) =>
    settleTime(condition(operator, key, value), { now: at('2026-01-01T00:00:00Z'), temporary }).kind;

  it.each([
    ['DateLessThan', 'aws:CurrentTime', '2026-01-02T00:00:00Z', 'true'],
    ['DateLessThan', 'aws:CurrentTime', '2025-12-31T00:00:00Z', 'false'],
    ['DateGreaterThan', 'aws:CurrentTime', '2025-12-31', 'true'],
    ['DateGreaterThanEquals', 'aws:EpochTime', '1798761600', 'false'],
    ['DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', 'false'],
    ['DateLessThan', 'aws:TokenIssueTime', '2025-12-31T12:00:00Z', 'atom'],
    ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', 'atom'],
    ['DateLessThan', 'aws:CurrentTime', 'tomorrow', 'atom'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600', 'atom'],
  ])('takes %s %s %s for %s', (operator, key, value, kind) => {
    expect(settle(operator, key, value)).toBe(kind);
  });

  it('knows that temporary credentials were issued lately', () => {
    expect(settle('DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', true)).toBe('true');
  });
});
