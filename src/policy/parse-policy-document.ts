import { isJsonList, type JsonObject, type JsonValue, jsonPointer } from '../kernel/json.ts';
import { quote } from './element-values.ts';
import { parseStatement } from './parse-statement.ts';
import type { PolicyDocument, PolicyProblem } from './policy-document.ts';
import { readPolicyJson } from './policy-json.ts';

/**
 * Reads a policy document from an object, from JSON text, or from URL-encoded JSON text. Never throws: all that is wrong
 * stands in `problems`, and a statement that AWS would refuse is left out of `statements`.
 * Source: "Grammar of the IAM JSON policy language", IAM User Guide.
 */
export const parsePolicyDocument = (raw: unknown): PolicyDocument => {
  const { hash, content } = readPolicyJson(raw);
  return content.ok ? toPolicyDocument(content.value, hash) : brokenDocument(hash, content.error);
};

const toPolicyDocument = (json: JsonObject, hash: string): PolicyDocument => {
  const version = json['Version'] === undefined ? '2008-10-17' : json['Version'];
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    return brokenDocument(hash, `unknown version ${quote(version)}`, '/Version');
  }
  const parsed = statementsOf(json).map(([value, pointer], index) => parseStatement(value, index, pointer));
  return {
    hash,
    version,
    id: typeof json['Id'] === 'string' ? json['Id'] : null,
    statements: parsed.map(({ statement }) => statement).filter((statement) => statement !== null),
    problems: [...problemsOfElements(json), ...parsed.flatMap(({ problems }) => problems)],
  };
};

/** A document of which nothing can be evaluated; for all we know it held a Deny. */
const brokenDocument = (hash: string, message: string, pointer = ''): PolicyDocument => ({
  hash,
  version: '2008-10-17',
  id: null,
  statements: [],
  problems: [{ pointer, message, skippedEffect: 'unknown' }],
});

const statementsOf = (json: JsonObject): readonly (readonly [JsonValue, string])[] => {
  const value = json['Statement'];
  if (value === undefined) return [];
  if (!isJsonList(value)) return [[value, '/Statement']];
  return value.map((statement, index) => [statement, jsonPointer('/Statement', index)]);
};

const problemsOfElements = (json: JsonObject): readonly PolicyProblem[] => {
  const problems: PolicyProblem[] = [];
  const report = (pointer: string, message: string): void => {
    problems.push({ pointer, message, skippedEffect: null });
  };
  for (const element of Object.keys(json)) {
    if (!['Version', 'Id', 'Statement'].includes(element)) {
      report(jsonPointer('', element), `unknown element ${quote(element)}`);
    }
  }
  if (json['Id'] !== undefined && typeof json['Id'] !== 'string') report('/Id', '`Id` is no text');
  const statement = json['Statement'];
  if (statement === undefined) report('', 'the policy document has no `Statement`');
  if (isJsonList(statement) && statement.length === 0) report('/Statement', '`Statement` is empty');
  return problems;
};
