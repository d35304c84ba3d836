import { conditionHolds } from './naive-conditions.ts';
import { glyphsOf, matchesAnywhere, matchesArn, substitute } from './naive-patterns.ts';
import type { NaiveContext } from './naive-request.ts';
import type { NaiveStatement } from './naive-statements.ts';

/** Whether action, resource and conditions of a statement match; the principal is judged apart. */
export const applies = (
  statement: NaiveStatement,
  { action, resource }: { readonly action: string; readonly resource: string },
  context: NaiveContext,
): boolean =>
  actionApplies(statement, action) &&
  resourceApplies(statement, resource, context) &&
  statement.conditions.every((condition) => conditionHolds(condition, statement.variables, context));

const actionApplies = ({ action, notAction }: NaiveStatement, requested: string): boolean => {
  const matches = (pattern: string) => matchesAnywhere(glyphsOf(pattern.toLowerCase()), requested.toLowerCase());
  return action === null ? !(notAction ?? []).some(matches) : action.some(matches);
};

const resourceApplies = (statement: NaiveStatement, requested: string, context: NaiveContext): boolean => {
  const { resource, notResource, variables } = statement;
  const outcomes = (resource ?? notResource ?? []).map((pattern) =>
    resourceMatches(pattern, variables, requested, context),
  );
  if (resource !== null) return outcomes.includes(true);
  return outcomes.every((matched) => matched === false);
};

/**
 * Null: a variable has no value, and the pattern is none.
 * Source: "IAM JSON policy elements: Resource".
 */
export const resourceMatches = (
  pattern: string,
  variables: boolean,
  requested: string,
  context: NaiveContext,
): boolean | null => {
  if (/^\*+$/.test(pattern)) return true;
  if (requested === '*') return false;
  const [arn, partition, service, region, account, ...rest] = pattern.split(':');
  if (account === undefined || rest.length === 0) {
    // [?] ARNs of fewer than six parts match only where a `*` at their end runs on.
    return pattern.endsWith('*') && matchesArn(glyphsOf(pattern), requested, true);
  }
  const leading = glyphsOf(`${[arn, partition, service, region, account].join(':')}:`);
  const last = variables ? substitute(rest.join(':'), context) : glyphsOf(rest.join(':'));
  return last === null ? null : matchesArn([...leading, ...last], requested, true);
};
