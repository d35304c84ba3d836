import { conditionHolds, type NaiveContext, substitute } from './naive-conditions.ts';
import { glyphsOf, matchesAnywhere, matchesArn } from './naive-patterns.ts';

/** A policy document as a test writes it. */
export interface NaiveDocument {
  readonly Version?: string;
  readonly Statement: readonly NaiveStatement[];
}

/** A statement as a test writes it. */
export interface NaiveStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A request with everything known. */
export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: NaiveContext;
}

/** Decides a request of a principal in its own account, as "Policy evaluation logic" of the IAM User Guide tells it. */
export const naiveDecide = (
  request: NaiveRequest,
  identity: readonly NaiveDocument[],
  boundary: readonly NaiveDocument[] | null,
): 'allowed' | 'explicitDeny' | 'implicitDeny' => {
  const some = (documents: readonly NaiveDocument[], effect: string): boolean =>
    documents.some(({ Version, Statement }) =>
      Statement.some((statement) => statement.Effect === effect && applies(statement, Version, request)),
    );
  if (some([...identity, ...(boundary ?? [])], 'Deny')) return 'explicitDeny';
  const allowed = some(identity, 'Allow') && (boundary === null || some(boundary, 'Allow'));
  return allowed ? 'allowed' : 'implicitDeny';
};

const applies = (statement: NaiveStatement, version: string | undefined, request: NaiveRequest): boolean =>
  actionApplies(statement, request.action) &&
  resourceApplies(statement, version, request) &&
  Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => conditionHolds(operator, key, values, version, request.context)),
  );

const actionApplies = ({ Action, NotAction }: NaiveStatement, action: string): boolean => {
  const matches = (pattern: string) => matchesAnywhere(glyphsOf(pattern.toLowerCase()), action.toLowerCase());
  return Action === undefined ? !(NotAction ?? []).some(matches) : Action.some(matches);
};

const resourceApplies = (
  { Resource, NotResource }: NaiveStatement,
  version: string | undefined,
  { resource, context }: NaiveRequest,
): boolean => {
  const outcomes = (Resource ?? NotResource ?? []).map((pattern) =>
    resourceMatches(pattern, version, resource, context),
  );
  if (Resource !== undefined) return outcomes.includes(true);
  return outcomes.every((matched) => matched === false);
};

/** Null: a variable has no value, and the pattern is none. */
const resourceMatches = (
  pattern: string,
  version: string | undefined,
  resource: string,
  context: NaiveContext,
): boolean | null => {
  if (pattern === '*') return true;
  if (resource === '*') return false;
  const [arn, partition, service, region, account, ...rest] = pattern.split(':');
  if (account === undefined || rest.length === 0)
    return pattern.endsWith('*') && matchesArn(glyphsOf(pattern), resource, true);
  const glyphs = substitute(rest.join(':'), version, context);
  const leading = glyphsOf(`${[arn, partition, service, region, account].join(':')}:`);
  return glyphs === null ? null : matchesArn([...leading, ...glyphs], resource, true);
};
