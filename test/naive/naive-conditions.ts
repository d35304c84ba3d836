import { type Glyph, glyphsOf, matchesAnywhere, matchesArn, plainText, substitute } from './naive-patterns.ts';
import type { NaiveContext } from './naive-request.ts';
import { toAddressBits, toBlock, toBoolean, toBytes, toInstant, toNumber } from './naive-values.ts';

/** One `operator: {key: values}` of a statement. */
export interface NaiveCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Whether a request's value passes the test of a value in the policy. */
type Comparison = (policy: readonly Glyph[], value: string) => boolean;

const compare =
  <T>(read: (text: string) => T | null, test: (value: T, policy: T) => boolean): Comparison =>
  (glyphs, text) => {
    const policy = read(plainText(glyphs));
    const value = read(text);
    return policy !== null && value !== null && test(value, policy);
  };

const ordered = <T>(prefix: string, read: (text: string) => T | null): Readonly<Record<string, Comparison>> => ({
  [`${prefix}Equals`]: compare(read, (value, policy) => value === policy),
  [`${prefix}LessThan`]: compare(read, (value, policy) => value < policy),
  [`${prefix}LessThanEquals`]: compare(read, (value, policy) => value <= policy),
  [`${prefix}GreaterThan`]: compare(read, (value, policy) => value > policy),
  [`${prefix}GreaterThanEquals`]: compare(read, (value, policy) => value >= policy),
});

const isArn = (text: string): boolean => text.split(':').length >= 6;
const arn: Comparison = (policy, value) => isArn(plainText(policy)) && matchesArn(policy, value, false);

/** Every operator that is not the negation of another. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (policy, value) => plainText(policy) === value,
  StringEqualsIgnoreCase: (policy, value) => plainText(policy).toLowerCase() === value.toLowerCase(),
  StringLike: (policy, value) => matchesAnywhere(policy, value),
  ArnEquals: arn,
  ArnLike: arn,
  Bool: compare(toBoolean, (value, policy) => value === policy),
  BinaryEquals: compare(toBytes, (value, policy) => value === policy),
  IpAddress: (policy, value) => {
    const block = toBlock(plainText(policy));
    const bits = toAddressBits(value);
    return block !== null && bits !== null && bits.length === block.size && bits.startsWith(block.prefix);
  },
  ...ordered('Numeric', toNumber),
  ...ordered('Date', toInstant),
};

const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

interface Operator {
  readonly set: string;
  readonly name: string;
  readonly ifExists: boolean;
}

const takeApart = (text: string): Operator => {
  const [set, rest] = text.includes(':') ? text.split(':') : ['', text];
  const ifExists = rest?.endsWith('IfExists') ?? false;
  return { set: set ?? '', name: (ifExists ? rest?.slice(0, -'IfExists'.length) : rest) ?? '', ifExists };
};

/** Whether AWS has an operator. */
export const isOperator = (text: string): boolean => {
  const { set, name, ifExists } = takeApart(text);
  if (text.split(':').length > 2 || !(text.includes(':') ? ['ForAllValues', 'ForAnyValue'] : ['']).includes(set)) {
    return false;
  }
  return name === 'Null' ? !ifExists : Object.hasOwn(COMPARISONS, name) || Object.hasOwn(NEGATIONS, name);
};

/**
 * Whether a condition holds. `variables`: the policy's version has them.
 * Source: "IAM JSON policy elements: Condition operators", "Conditions with multiple context keys or values",
 * "Set operators for multivalued context keys".
 */
export const conditionHolds = (
  { operator, key, values }: NaiveCondition,
  variables: boolean,
  context: NaiveContext,
): boolean => {
  const { set, name, ifExists } = takeApart(operator);
  const requested = context.get(key.toLowerCase());
  if (requested === undefined) return holdsForMissingKey(set, name, ifExists, values);
  const test = (value: string): boolean => valuePasses(name, values, value, variables, context);
  if (set === 'ForAllValues') return requested.every(test);
  if (set === 'ForAnyValue') return requested.some(test);
  const [only] = requested;
  if (name === 'Null') return hasText(values, 'false');
  // [?] An operator without a set prefix on a key with several values is not defined: it does not match.
  return only !== undefined && requested.length === 1 && test(only);
};

const hasText = (values: readonly string[], text: string): boolean =>
  values.some((value) => value.toLowerCase() === text);

const holdsForMissingKey = (set: string, name: string, ifExists: boolean, values: readonly string[]): boolean => {
  if (ifExists || set === 'ForAllValues') return true;
  if (set === 'ForAnyValue') return false;
  return name === 'Null' ? hasText(values, 'true') : name in NEGATIONS;
};

/** The test of one value of the request: some value of the policy matches it, and under a negated operator none does. */
const valuePasses = (
  name: string,
  policyValues: readonly string[],
  value: string,
  variables: boolean,
  context: NaiveContext,
): boolean => {
  if (name === 'Null') return hasText(policyValues, 'false');
  const negated = NEGATIONS[name];
  const comparison = COMPARISONS[negated ?? name];
  if (comparison === undefined) throw new Error(`no condition operator \`${name}\``);
  // [?] The guide says both of Bool; the other operators that do not compare text or ARNs have no variables.
  const replaces = variables && /^(String|Arn|Bool)/.test(name);
  const policies = policyValues.map((text) => (replaces ? substitute(text, context) : glyphsOf(text)));
  // A variable without a value matches nothing, also where the operator is negated.
  if (negated !== undefined) return policies.every((policy) => policy !== null && !comparison(policy, value));
  return policies.some((policy) => policy !== null && comparison(policy, value));
};
