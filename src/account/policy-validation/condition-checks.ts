import { type ConditionOperator, parseConditionOperator } from '../../policy/condition-operators.ts';
import { checkConditionKey } from './condition-key-checks.ts';
import { checkConditionValues } from './condition-value-checks.ts';
import { typeOfKey } from './global-key-types.ts';
import { type ConditionNode, membersOf, type StatementNode, type Validation } from './statement-node.ts';

/** Checks the conditions of a statement. */
export const checkConditions = (statement: StatementNode, validation: Validation): void => {
  const { report } = validation;
  for (const { name, key, value } of membersOf(statement.element('Condition'))) {
    if (parseConditionOperator(name) === null) {
      const isNull = /^(?:For(?:All|Any)Values?:)?NullIfExists$/.test(name);
      report(isNull ? 'NULL_WITH_IF_EXISTS' : 'INVALID_CONDITION_OPERATOR', [key], { operator: name });
    }
    if (value.kind !== 'object') report('DATA_TYPE_MISMATCH', [value], { type: 'Object' });
  }
  checkDuplicates(statement.conditions, validation);
  for (const condition of statement.conditions) {
    const operator = parseConditionOperator(condition.operator);
    checkConditionKey(condition, statement, validation);
    checkConditionValues(condition, operator, validation);
    if (operator !== null) checkOperator(condition, operator, validation);
  }
};

const checkDuplicates = (conditions: readonly ConditionNode[], { report }: Validation): void => {
  const first = new Map<string, ConditionNode>();
  for (const condition of conditions) {
    const id = `${condition.operator}\0${condition.key.toLowerCase()}`;
    const other = first.get(id);
    if (other === undefined) first.set(id, condition);
    else report('DUPLICATE_KEYS_WITH_DIFFERENT_CASE', [other.keyAt, condition.keyAt], { key: condition.key });
  }
};

/** Whether an operator suits its key, and its set operator how many values the key has. */
const checkOperator = (
  { key, keyAt, operator, operatorKey }: ConditionNode,
  { base, set }: ConditionOperator,
  { report }: Validation,
): void => {
  if (base === 'Null') {
    if (set !== null) report('NULL_WITH_QUALIFIER', [operatorKey]);
    return;
  }
  const type = typeOfKey(key);
  if (type === null) return;
  const isList = type.startsWith('ArrayOf');
  if (isList && set === null) report('MISSING_QUALIFIER', [keyAt], { key });
  if (!isList && set === 'ForAllValues') report('FORALLVALUES_WITH_SINGLE_VALUED_KEY', [keyAt], { key });
  const [families, allowed] = OPERATORS[type.replace(/^ArrayOf/, '')] ?? [/./, ''];
  const values = { allowed, operator, key };
  if (!families.test(base)) report('TYPE_MISMATCH', [operatorKey], values);
  else if (type === 'ARN' && /^String(?:Not)?Like$/.test(base)) {
    report('STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS', [operatorKey], { ...values, allowed: allowed });
  }
};

/** The operators that can compare values of a type, and what Access Analyzer calls them. */
const OPERATORS: Readonly<Record<string, readonly [families: RegExp, name: string]>> = {
  // Keys of services that hold ARNs are texts to some of the reference's authors.
  String: [/^(?:String|Arn|Numeric|Bool)/, 'String'],
  ARN: [/^(?:Arn|String)/, 'ARN'],
  Bool: [/^(?:Bool|String)/, 'Boolean'],
  Numeric: [/^Numeric/, 'Numeric'],
  Date: [/^(?:Date|Numeric)/, 'Date'],
  IPAddress: [/^(?:Not)?IpAddress$/, 'IP address'],
};
