import { isJsonObject, type JsonValue, jsonPointer } from '../kernel/json.ts';
import { parseConditionOperator } from './condition-operators.ts';
import { listOf, quote, type Report } from './element-values.ts';
import type { Condition } from './policy-document.ts';

/** Reads the `Condition` of a statement, one entry for each operator and key. */
export const parseConditions = (
  value: JsonValue | undefined,
  pointer: string,
  report: Report,
): readonly Condition[] => {
  if (value === undefined) return [];
  if (!isJsonObject(value)) {
    report(pointer, '`Condition` is no JSON object');
    return [];
  }
  return Object.entries(value).flatMap(([operator, keys]) => {
    const at = jsonPointer(pointer, operator);
    if (parseConditionOperator(operator) === null) report(at, `unknown condition operator ${quote(operator)}`);
    if (!isJsonObject(keys)) {
      report(at, `the keys of ${quote(operator)} are no JSON object`);
      return [];
    }
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: parseValues(values, jsonPointer(at, key), report),
    }));
  });
};

/** Numbers and booleans count as their text. Source: `condition_value` of the policy grammar, IAM User Guide. */
const parseValues = (value: JsonValue, pointer: string, report: Report): readonly string[] => {
  const texts: string[] = [];
  for (const item of listOf(value)) {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') texts.push(String(item));
    else report(pointer, `condition value ${quote(item)} is no text, number or boolean`);
  }
  return texts;
};
