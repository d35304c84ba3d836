import { type ConditionAtom, compileAtom } from '../../evaluate/condition-atom.ts';
import { decideConditions } from '../../evaluate/decide-conditions.ts';
import type { Formula } from '../../evaluate/formula.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import type { Outsider } from '../outsider.ts';

/**
 * A residual without what an outsider decides though its ARN, its account or its name is not known: which account a
 * principal is of, or that it is none of those that the policy names.
 */
export const settleOutsider = (residual: Formula, outsider: Outsider): Formula =>
  simplifyFormula(
    decideConditions(residual, (condition) => {
      const test = testOf(condition.key.toLowerCase(), outsider);
      return test === null ? null : settle(condition, test);
    }),
  );

/** Whether a pattern matches what an outsider has: surely, never, or nobody knows (null). */
type Test = (pattern: string, operator: Operator) => boolean | null;

/** How patterns are read: as texts without wildcards, as texts in which a `*` runs over colons, or part by part. */
type Operator = 'literal' | 'like' | 'arn';

/** How to test the value of a condition key; null where it is known, or nothing is known of it. */
const testOf = (key: string, outsider: Outsider): Test | null => {
  switch (key) {
    case 'aws:principalarn': {
      const account = accountTest(outsider);
      if (account === null) return null;
      return (pattern, operator) =>
        outsider.kind === 'account' && !hasWildcard(pattern) ? false : isArnIn(pattern, operator, account);
    }
    case 'aws:principalaccount':
      return accountTest(outsider);
    case 'kms:calleraccount':
      // A service calls from an account of AWS.
      return outsider.kind === 'service' ? isUnnamed : accountTest(outsider);
    case 'aws:principalservicename':
      return outsider.kind === 'service' ? isUnnamed : null;
    default:
      return null;
  }
};

const accountTest = (outsider: Outsider): Test | null => {
  switch (outsider.kind) {
    case 'account':
    case 'principal':
      return (pattern, operator) =>
        operator !== 'literal' || !hasWildcard(pattern) ? compileWildcard(pattern)(outsider.account) : false;
    case 'anyAccount':
      return isUnnamed;
    default:
      return null;
  }
};

/** What the policy names in full, with its account or by itself, is not what it leaves unnamed. */
const isUnnamed: Test = (pattern, operator) => {
  if (operator === 'literal' || !hasWildcard(pattern)) return false;
  return isEverything(pattern) ? true : null;
};

const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);
const isEverything = (pattern: string): boolean => /^\*+$/.test(pattern);

/** Only whether the account can be the one of an ARN is known. */
const isArnIn = (pattern: string, operator: Operator, account: Test): boolean | null => {
  const parts = pattern.split(':');
  if (operator === 'like') {
    if (isEverything(pattern)) return true;
    // Where the account stands in the text is not known behind a `*` that runs over colons.
    if (hasWildcard(parts.slice(0, 5).join())) return null;
  }
  return account(parts[4] ?? '', operator) === false || (operator === 'literal' && hasWildcard(pattern)) ? false : null;
};

/** What a condition comes to on a key that is there and has one value. */
const settle = (condition: ConditionAtom, test: Test): boolean | null => {
  const parsed = parseConditionOperator(condition.operator);
  if (parsed === null || condition.variables) return null;
  const { base } = parsed;
  // Whether the key is there does not depend on what it holds.
  if (base === 'Null') return compileAtom(condition).holds(() => ['somebody']);
  // Names are told apart by their case.
  if (!/^(?:String|Arn)/.test(base) || base.endsWith('IgnoreCase')) return null;
  const operator = base.startsWith('Arn') ? 'arn' : base.endsWith('Like') ? 'like' : 'literal';
  const found = condition.values.map((value) => test(value, operator));
  const matched = found.includes(true) ? true : found.includes(null) ? null : false;
  return matched === null ? null : matched !== base.includes('Not');
};
