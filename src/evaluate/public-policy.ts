import type { CompiledCondition } from '../policy/compile-condition.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile-policy.ts';
import { parseConditionOperator } from '../policy/condition-operators.ts';

/**
 * The statements of a resource-based policy that make it public: they allow everybody something, with no condition that
 * fixes who asks or from where. What other statements deny does not count.
 * Source: "The meaning of public", S3 User Guide.
 */
export const publicStatements = ({ allows }: CompiledPolicy): readonly CompiledStatement[] =>
  allows.filter(
    ({ principal, conditions }) =>
      principal !== null &&
      (principal.kind === 'notPrincipal' || principal.everybody) &&
      !conditions.some((condition) => fixesCaller(condition, false)),
  );

/** Whether a condition is about everybody but those that fixed values of a key tell: `StringNotEquals` of `aws:PrincipalOrgID`. */
export const sparesFixedCallers = (condition: CompiledCondition): boolean => fixesCaller(condition, true);

/** The keys that tell who asks or from where. Source: "The meaning of public", S3 User Guide. */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Whether a condition asks for fixed values of a key that tells who asks, or for others: without wildcards and variables. */
const fixesCaller = ({ condition, variables }: CompiledCondition, negated: boolean): boolean => {
  const operator = parseConditionOperator(condition.operator);
  if (operator === null || variables || !/^(?:String|Arn|(?:Not)?IpAddress)/.test(operator.base)) return false;
  if (operator.base.includes('Not') !== negated) return false;
  // Who sends no such key would be let through.
  if (!negated && (operator.ifExists || operator.set === 'ForAllValues')) return false;
  const key = condition.key.toLowerCase();
  return FIXING_KEYS.has(key) && condition.values.every((value) => isFixed(key, value));
};

const isFixed = (key: string, value: string): boolean => {
  if (key === 'aws:sourceip') return isNarrowRange(value);
  // The name of an access point may have wildcards where the account is fixed.
  return key === 's3:dataaccesspointarn' ? /^arn:[^:]+:s3:[^:]*:\d{12}:/.test(value) : !/[*?]/.test(value);
};

/** Ranges broader than /8, or /32 of IPv6, are public but for the private ones, which are no broader. */
const isNarrowRange = (value: string): boolean => {
  const [address = '', bits] = value.split('/');
  return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8);
};
