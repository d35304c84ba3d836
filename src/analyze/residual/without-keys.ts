import { decideConditions } from '../../evaluate/decide-conditions.ts';
import type { Formula } from '../../evaluate/formula.ts';
import { holdsWithoutKey, parseConditionOperator } from '../../policy/condition-operators.ts';

/** What a formula comes to in a request that does not have certain condition keys (asked for in lower case). */
export const withoutKeys = (formula: Formula, isAbsent: (key: string) => boolean): Formula =>
  decideConditions(formula, ({ operator, key, values }) => {
    const parsed = isAbsent(key.toLowerCase()) ? parseConditionOperator(operator) : null;
    return parsed === null ? null : holdsWithoutKey(parsed, values);
  });
