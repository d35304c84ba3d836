import type { Formula } from '../../evaluate/formula.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import { type ConditionAtom, decideConditions } from './decide-conditions.ts';

/**
 * What a formula comes to in a request that does not have certain condition keys (asked for in lower case).
 * Source: "IAM JSON policy elements: Condition operators" and "Multivalued context keys", IAM User Guide.
 */
export const withoutKeys = (formula: Formula, isAbsent: (key: string) => boolean): Formula =>
  decideConditions(formula, (condition) => (isAbsent(condition.key.toLowerCase()) ? holdsWhenAbsent(condition) : null));

const holdsWhenAbsent = ({ operator, values }: ConditionAtom): boolean | null => {
  const parsed = parseConditionOperator(operator);
  if (parsed === null) return null;
  if (parsed.base === 'Null') return values.some((value) => value.toLowerCase() === 'true');
  if (parsed.set !== null) return parsed.set === 'ForAllValues' || parsed.ifExists;
  return parsed.ifExists || parsed.base.includes('Not');
};
