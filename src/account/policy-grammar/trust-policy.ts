import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { isConditionBlock } from './conditions.ts';
import { actionsOf, DOCUMENT_ELEMENTS, firstOf, hasSidTwice, STATEMENT_ELEMENTS } from './identity-policy.ts';
import { sharedIssuerProblem } from './shared-issuers.ts';

const SYNTAX = 'Syntax error in policy.';

/** The actions that a trust policy may speak of. Source: "Actions defined by AWS Security Token Service". */
const STS_ACTIONS = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:decodeauthorizationmessage',
  'sts:getaccesskeyinfo',
  'sts:getcalleridentity',
  'sts:getfederationtoken',
  'sts:getservicebearertoken',
  'sts:getsessiontoken',
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
];

/** What IAM says against a role's trust policy, before it looks for the principals; null where it accepts it. */
export const trustPolicyProblem = (document: JsonValue | undefined): string | null => {
  if (document === undefined) return 'This policy contains invalid Json';
  if (!isJsonObject(document)) return SYNTAX;
  const unknown = Object.keys(document).find((element) => !DOCUMENT_ELEMENTS.includes(element));
  if (unknown !== undefined) return `Unknown field ${unknown}`;
  const { Version: version, Statement: statement } = document;
  if (version !== undefined && version !== '2008-10-17' && version !== '2012-10-17') {
    return 'The policy must contain a valid version string';
  }
  const statements = isJsonList(statement) ? statement : statement === undefined ? [] : [statement];
  if (statements.length === 0) return 'Could not parse the policy: Statement is empty!';
  if (!statements.every(isJsonObject)) return SYNTAX;
  return (
    firstOf(statements, statementProblem) ??
    (hasSidTwice(statements) ? 'The Statement Ids in the policy are not unique' : null) ??
    firstOf(statements, sharedIssuerProblem)
  );
};

const statementProblem = (statement: JsonObject): string | null => {
  const unknown = Object.keys(statement).find((element) => !STATEMENT_ELEMENTS.includes(element));
  if (unknown !== undefined) return `Unknown field ${unknown}`;
  const { Effect: effect } = statement;
  if (effect === undefined) return 'Missing required field Effect';
  if (effect !== 'Allow' && effect !== 'Deny') {
    return typeof effect === 'string' ? `Invalid effect: ${effect}` : SYNTAX;
  }
  return principalProblem(statement, effect) ?? grantProblem(statement);
};

const principalProblem = (statement: JsonObject, effect: 'Allow' | 'Deny'): string | null => {
  if ('NotPrincipal' in statement) {
    return effect === 'Allow'
      ? 'Allow with NotPrincipal is not allowed.'
      : 'AssumeRole policy must not contain NotPrincipal field.';
  }
  const { Principal: principal } = statement;
  if (principal === undefined) return 'Missing required field Principal';
  if (principal === '*') return 'AssumeRolepolicy contained an invalid principal: "STAR":"*".';
  if (typeof principal === 'string') return 'Principal must be a JSON object.';
  if (!isJsonObject(principal)) return SYNTAX;
  if (Object.keys(principal).length === 0) return 'Missing required field Principal cannot be empty!';
  return Object.values(principal).every(isTextOrTexts) ? null : SYNTAX;
};

const grantProblem = (statement: JsonObject): string | null => {
  const { Sid: sid, Action: action, NotAction: notAction, Condition: condition } = statement;
  if (!isConditionBlock(condition) || (sid !== undefined && typeof sid !== 'string')) return SYNTAX;
  if (action !== undefined && notAction !== undefined) return SYNTAX;
  if (![action, notAction].every((value) => value === undefined || isTextOrTexts(value))) return SYNTAX;
  const actions = actionsOf(statement);
  if (actions.length === 0) return 'Missing required field Action';
  if (!actions.every((name) => STS_ACTIONS.includes(name.toLowerCase()))) {
    return 'AssumeRole policy may only specify STS AssumeRole actions.';
  }
  if ('Resource' in statement) return 'Has prohibited field Resource';
  return 'NotResource' in statement ? 'AssumeRole policy must not contain resources.' : null;
};

const isTextOrTexts = (value: JsonValue): boolean =>
  (isJsonList(value) ? value : [value]).every((item) => typeof item === 'string');
