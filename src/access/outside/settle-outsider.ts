import { type ConditionAtom, compileAtom } from '../../evaluate/condition-atom.ts';
import { decideConditions } from '../../evaluate/decide-conditions.ts';
import type { Formula } from '../../evaluate/formula.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import type { Outsider } from '../outsider.ts';

/**
 * A residual without what an outsider decides though its ARN and its account are not known: which account a principal is
 * of, or that it is of none that the policy names.
 */
export const settleOutsider = (residual: Formula, outsider: Outsider): Formula => {
  const account = accountTest(outsider);
  if (account === null) return residual;
  return simplifyFormula(
    decideConditions(residual, (condition) => {
      const key = condition.key.toLowerCase();
      if (key === 'aws:principalarn') return settle(condition, (value) => isArnIn(value, account));
      return key === 'aws:principalaccount' || key === 'kms:calleraccount' ? settle(condition, account) : null;
    }),
  );
};

/** Whether a pattern matches what an outsider has: surely, never, or nobody knows (null). */
type Test = (pattern: string) => boolean | null;

/** Null where everything of the account and the ARN is known, or there is none. */
const accountTest = (outsider: Outsider): Test | null => {
  switch (outsider.kind) {
    case 'account':
    case 'principal':
      return /^\d{12}$/.test(outsider.account) ? (pattern) => compileWildcard(pattern)(outsider.account) : null;
    case 'anyAccount':
      // A whole account id is named by the policy, and so not this one's.
      return (pattern) => (/^\*+$/.test(pattern) ? true : /[*?]/.test(pattern) ? null : false);
    default:
      return null;
  }
};

/** Only whether the account can be the one of an ARN is known. */
const isArnIn = (pattern: string, account: Test): boolean | null => {
  const parts = pattern.split(':');
  const named = parts[4];
  if (/^\*+$/.test(pattern)) return true;
  // A pattern such as `arn:aws:*` runs on over all the parts.
  if (named === undefined) return pattern.endsWith('*') ? null : false;
  return account(named) === false ? false : null;
};

/** What a condition comes to on a key that is there and has one value. */
const settle = (condition: ConditionAtom, test: Test): boolean | null => {
  const operator = parseConditionOperator(condition.operator);
  if (operator === null || condition.variables) return null;
  // Whether the key is there does not depend on what it holds.
  if (operator.base === 'Null') return compileAtom(condition).holds(() => ['somebody']);
  if (!/^(?:String|Arn)/.test(operator.base)) return null;
  const literal = /^String(?:Not)?Equals/.test(operator.base);
  const found = condition.values.map((value) => (literal && /[*?]/.test(value) ? false : test(value)));
  const matched = found.includes(true) ? true : found.includes(null) ? null : false;
  return matched === null ? null : matched !== operator.base.includes('Not');
};
