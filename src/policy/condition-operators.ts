/** A condition operator taken apart. Source: "IAM JSON policy elements: Condition operators", IAM User Guide. */
export interface ConditionOperator {
  /** The comparison: `StringEquals`, `NumericLessThan`, `Null`, … */
  readonly base: string;
  /** How a key with several values is tested; null: as a single value. */
  readonly set: 'ForAllValues' | 'ForAnyValue' | null;
  /** Whether a missing key makes the condition true. */
  readonly ifExists: boolean;
}

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const BASES: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  ...COMPARISONS.map((comparison) => `Numeric${comparison}`),
  ...COMPARISONS.map((comparison) => `Date${comparison}`),
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Null',
]);

/** Takes an operator apart as it stands in a policy; null for one that AWS does not have. The case of letters counts. */
export const parseConditionOperator = (text: string): ConditionOperator | null => {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(text);
  const base = match?.[2] ?? '';
  const ifExists = match?.[3] !== undefined;
  if (!BASES.has(base) || (base === 'Null' && ifExists)) return null;
  const set = match?.[1] === 'ForAllValues' || match?.[1] === 'ForAnyValue' ? match[1] : null;
  return { base, set, ifExists };
};

/**
 * Whether a condition holds in a request that does not have its key.
 * Source: "IAM JSON policy elements: Condition operators" and "Multivalued context keys", IAM User Guide.
 */
export const holdsWithoutKey = ({ base, set, ifExists }: ConditionOperator, values: readonly string[]): boolean => {
  if (set !== null) return set === 'ForAllValues' || ifExists;
  if (base === 'Null') return values.some((value) => value.toLowerCase() === 'true');
  return ifExists || base.includes('Not');
};
