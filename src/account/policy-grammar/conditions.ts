import { isJsonList, isJsonObject, type JsonValue } from '../../kernel/json.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';

/** Whether a `Condition` element has the form that IAM accepts. An operator without keys may be called anything. */
export const isConditionBlock = (condition: JsonValue | undefined): boolean =>
  condition === undefined ||
  (isJsonObject(condition) &&
    Object.entries(condition).every(
      ([operator, keys]) =>
        isJsonObject(keys) &&
        (Object.keys(keys).length === 0 || parseConditionOperator(operator) !== null) &&
        Object.values(keys).every(isConditionValue),
    ));

const isConditionValue = (value: JsonValue): boolean => (isJsonList(value) ? value.every(isScalar) : isScalar(value));

const isScalar = (value: JsonValue): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Whether every date that a condition block compares with is one that IAM can read. */
export const hasReadableDates = (condition: JsonValue | undefined): boolean =>
  !isJsonObject(condition) ||
  Object.entries(condition).every(
    ([operator, keys]) =>
      parseConditionOperator(operator)?.base.startsWith('Date') !== true ||
      !isJsonObject(keys) ||
      Object.values(keys)
        .flat()
        .every((value) => typeof value !== 'string' || isReadableDate(value)),
  );

const ISO_DATE =
  /^[-+]?\d{1,9}(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?(?:[Tt](?:(?<hour>\d{1,2})(?::(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,]\d{1,9})?)?)?)?(?:[Zz]|[-+]\d{2}(?::?\d{2})?)?)?$/;

const MAX_LONG = 2n ** 63n - 1n;

/** Epoch seconds that fit 64 bits, or ISO 8601 in any of its precisions; a variable is known at the request only. */
const isReadableDate = (text: string): boolean => {
  if (text.includes('${')) return true;
  if (/^-?\d{1,30}$/.test(text)) return BigInt(text) <= MAX_LONG && BigInt(text) >= -MAX_LONG - 1n;
  const groups = ISO_DATE.exec(text)?.groups;
  if (groups === undefined) return false;
  const within = (part: string | undefined, least: number, most: number): boolean =>
    part === undefined || (Number(part) >= least && Number(part) <= most);
  return (
    within(groups['month'], 1, 12) &&
    within(groups['day'], 1, 31) &&
    within(groups['hour'], 0, 24) &&
    within(groups['minute'], 0, 59) &&
    within(groups['second'], 0, 60)
  );
};
