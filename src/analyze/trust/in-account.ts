import type { ConditionAtom } from '../../evaluate/condition-atom.ts';
import { decideConditions } from '../../evaluate/decide-conditions.ts';
import type { Formula } from '../../evaluate/formula.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';

/** What a formula comes to for principals of one account, of whose ARN only the account is known. */
export const inAccount = (formula: Formula, accountId: string): Formula =>
  decideConditions(formula, (condition) =>
    condition.key.toLowerCase() === 'aws:principalarn' ? outsideOf(condition, accountId) : null,
  );

// No value of the condition can be the ARN of a principal of the account: then none matches, and a negation always holds.
const outsideOf = ({ operator, values, variables }: ConditionAtom, accountId: string): boolean | null => {
  const parsed = parseConditionOperator(operator);
  if (variables || parsed === null || !/^(Arn|String)/.test(parsed.base)) return null;
  return values.some((value) => mayBeIn(value, accountId)) ? null : parsed.base.includes('Not');
};

const mayBeIn = (pattern: string, accountId: string): boolean => {
  const parts = pattern.split(':');
  const account = parts[4];
  // A pattern such as `arn:aws:*` runs on over all the parts.
  return account === undefined ? pattern.endsWith('*') : compileWildcard(account)(accountId);
};
