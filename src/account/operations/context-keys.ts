import { z } from 'zod';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { type Answer, readOperation } from '../operation.ts';
import { boundaryOfHolder, policiesOfHolder } from '../simulate/source-policies.ts';
import { variableKeys } from '../simulate/variable-keys.ts';
import { policyDocument, textList } from './input.ts';
import { findPolicySource } from './policy-source.ts';

/** `iam:GetContextKeysForCustomPolicy`. */
const forCustomPolicy = readOperation(
  'iam:GetContextKeysForCustomPolicy',
  z.object({ PolicyInputList: textList(policyDocument) }),
  (_state, input) => keysAnswer(input.PolicyInputList),
);

/** `iam:GetContextKeysForPrincipalPolicy`. */
const forPrincipalPolicy = readOperation(
  'iam:GetContextKeysForPrincipalPolicy',
  z.object({ PolicySourceArn: z.string().min(20).max(2048), PolicyInputList: textList(policyDocument).default([]) }),
  (state, input) => {
    const source = findPolicySource(state, input.PolicySourceArn);
    if (!source.ok) return source;
    const boundary = boundaryOfHolder(state, source.value);
    const own = [...policiesOfHolder(state, source.value), ...(boundary === null ? [] : [boundary])];
    return keysAnswer([...input.PolicyInputList, ...own.map(({ document }) => document)]);
  },
);

/** As recorded from AWS: a key stands there once for each document that has it, in each spelling that it has there. */
const keysAnswer = (documents: readonly string[]): Result<Answer, AwsError> => {
  const ContextKeyNames: string[] = [];
  for (const document of documents) {
    const keys = contextKeys(document);
    if (keys === null) return awsError('InvalidInput', 'The policy is not in the valid JSON format or is malformed.');
    ContextKeyNames.push(...keys);
  }
  return ok({ ContextKeyNames });
};

/** The condition keys and policy variables of a document; null where it is none. What else it lacks does not matter. */
const contextKeys = (text: string): ReadonlySet<string> | null => {
  const document = parsed(text);
  if (!isJsonObject(document)) return null;
  if (Object.keys(document).some((element) => !['Version', 'Id', 'Statement'].includes(element))) return null;
  const variables = document['Version'] === '2012-10-17' ? variableKeys : () => [];
  const keys = new Set<string>();
  for (const statement of listOf(document['Statement'])) {
    const found = keysOfStatement(statement, variables);
    if (found === null) return null;
    for (const key of found) keys.add(key);
  }
  return keys;
};

const keysOfStatement = (statement: JsonValue, variables: (text: string) => string[]): string[] | null => {
  if (!isJsonObject(statement) || (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')) return null;
  const condition: JsonObject = isJsonObject(statement['Condition']) ? statement['Condition'] : {};
  if (Object.keys(condition).some((operator) => parseConditionOperator(operator) === null)) return null;
  const tests = Object.values(condition).flatMap((test) => (isJsonObject(test) ? Object.entries(test) : []));
  const texts = [statement['Resource'], statement['NotResource'], ...tests.map(([, values]) => values)].flatMap(listOf);
  return [
    ...tests.map(([key]) => key),
    ...texts.flatMap((value) => (typeof value === 'string' ? variables(value) : [])),
  ];
};

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : isJsonList(value) ? value : [value];

const parsed = (text: string): JsonValue | undefined => {
  try {
    // JSON.parse gives JSON, whatever its declaration says.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};

/** The operations that tell which context keys policies look at. */
export const contextKeyOperations = [forCustomPolicy, forPrincipalPolicy];
