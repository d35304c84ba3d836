import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { hasReadableDates, isConditionBlock } from './conditions.ts';
import { isLegacyResource, resourceProblem } from './resource-format.ts';

/** The elements of a policy document. */
export const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];

/** The elements of a statement. */
export const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

const SYNTAX = 'Syntax errors in policy.';
const BAD_SID =
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
const LEGACY = 'The policy failed legacy parsing';

/**
 * What IAM says against an identity-based policy; null where it accepts it. IAM goes over the whole document once for
 * each kind of mistake, so the order of these steps decides which one of several mistakes is told. Before 2012 the
 * language had no variables; `since2012` is whether the document must be newer. Resources are to be in `partition`.
 */
export const identityPolicyProblem = (
  document: JsonValue | undefined,
  { since2012, partition }: { readonly since2012: boolean; readonly partition: string | null },
): string | null => {
  const statements = statementsOf(document);
  if (!isJsonObject(document) || statements === null || !statements.every(isStatement)) return SYNTAX;
  if (since2012 && document['Version'] !== '2012-10-17') {
    return 'Policy document must be version 2012-10-17 or greater.';
  }
  if (!statements.every(isLegacyStatement)) return LEGACY;
  if (statements.some((statement) => 'Principal' in statement || 'NotPrincipal' in statement)) {
    return 'Policy document should not specify a principal.';
  }
  if (!statements.every(({ Sid: sid }) => typeof sid !== 'string' || /^[0-9A-Za-z]*$/.test(sid))) return BAD_SID;
  if (hasSidTwice(statements)) return 'Statement IDs (SID) in a single policy must be unique.';
  return (
    firstOf(statements, presenceProblem) ??
    firstOf(statements.flatMap(resourcesOf), (resource) => resourceProblem(resource, partition)) ??
    firstOf(statements.flatMap(actionsOf), actionProblem)
  );
};

/** The statements of a document with nothing else in it than it may have; null for another. */
const statementsOf = (document: JsonValue | undefined): readonly JsonObject[] | null => {
  if (!isJsonObject(document)) return null;
  const { Version: version, Id: id, Statement: statement } = document;
  const known =
    Object.keys(document).every((element) => DOCUMENT_ELEMENTS.includes(element)) &&
    (version === undefined || version === '2008-10-17' || version === '2012-10-17') &&
    (id === undefined || typeof id === 'string');
  const list = isJsonList(statement) ? statement : statement === undefined ? [] : [statement];
  return known && list.length > 0 && list.every(isJsonObject) ? list : null;
};

const isStatement = (statement: JsonObject): boolean => {
  const { Sid: sid, Effect: effect, Condition: condition } = statement;
  return (
    Object.keys(statement).every((element) => STATEMENT_ELEMENTS.includes(element)) &&
    (sid === undefined || typeof sid === 'string') &&
    typeof effect === 'string' &&
    /^(?:allow|deny)$/i.test(effect) &&
    isOneOf(statement, 'Action', 'NotAction') &&
    isOneOf(statement, 'Resource', 'NotResource') &&
    isConditionBlock(condition)
  );
};

const isOneOf = (statement: JsonObject, element: string, notElement: string): boolean =>
  !(element in statement && notElement in statement) &&
  [statement[element], statement[notElement]].every(
    (value) => value === undefined || textsOf(value).length === (isJsonList(value) ? value.length : 1),
  );

const isLegacyStatement = (statement: JsonObject): boolean =>
  (statement['Effect'] === 'Allow' || statement['Effect'] === 'Deny') &&
  hasReadableDates(statement['Condition']) &&
  !resourcesOf(statement).some((resource) => !isLegacyResource(resource));

/** Whether two statements have the same id; an empty one is none. */
export const hasSidTwice = (statements: readonly JsonObject[]): boolean => {
  const sids = statements.map(({ Sid: sid }) => sid).filter((sid) => sid !== undefined && sid !== '');
  return new Set(sids).size < sids.length;
};

const presenceProblem = (statement: JsonObject): string | null => {
  if (actionsOf(statement).length === 0) return 'Policy statement must contain actions.';
  return resourcesOf(statement).length === 0 ? 'Policy statement must contain resources.' : null;
};

const actionProblem = (action: string): string | null => {
  if (action === '*') return null;
  const [vendor = '', ...rest] = action.split(':');
  if (rest.length === 0) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (rest.length > 1) return 'Actions/Condition can contain only one colon.';
  return vendor === '*' || /^[A-Za-z0-9.-]+$/.test(vendor) ? null : `Vendor ${vendor} is not valid`;
};

const resourcesOf = (statement: JsonObject): readonly string[] =>
  textsOf(statement['Resource'] ?? statement['NotResource']);

/** The actions of a statement, or its notActions. */
export const actionsOf = (statement: JsonObject): readonly string[] =>
  textsOf(statement['Action'] ?? statement['NotAction']);

/** The texts of an element that holds one or a list. */
export const textsOf = (value: JsonValue | undefined): readonly string[] =>
  (isJsonList(value) ? value : [value]).filter((item): item is string => typeof item === 'string');

/** What is said against the first item that something is said against. */
export const firstOf = <T>(items: readonly T[], problem: (item: T) => string | null): string | null => {
  for (const item of items) {
    const found = problem(item);
    if (found !== null) return found;
  }
  return null;
};
