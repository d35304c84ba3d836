import type { JsonObject } from '../../kernel/json.ts';
import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';

/** A statement of an identity-based policy as JSON of version 2012-10-17, in which it says the same. */
export const statementJson = (
  { sid, effect, action, resource, conditions }: Statement,
  version: PolicyDocument['version'],
): JsonObject => {
  // What an older document says literally would be a variable here.
  const text = (value: string): string => (version === '2008-10-17' ? escapeVariables(value) : value);
  const operators = new Map<string, Map<string, readonly string[]>>();
  for (const { operator, key, values } of conditions) {
    const keys = operators.get(operator) ?? new Map<string, readonly string[]>();
    operators.set(operator, keys.set(key, values.map(text)));
  }
  const condition = Object.fromEntries([...operators].map(([operator, keys]) => [operator, Object.fromEntries(keys)]));
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    [action.kind === 'action' ? 'Action' : 'NotAction']: [...action.patterns],
    ...(resource && {
      [resource.kind === 'resource' ? 'Resource' : 'NotResource']: resource.patterns.map(text),
    }),
    ...(operators.size > 0 && { Condition: condition }),
  };
};

/** A text of a document without variables as one of the newer version says it. */
export const escapeVariables = (text: string): string => text.replaceAll('${', '${$}{');

/** A policy document of these statements, of equal ones once; a `Sid` that occurs twice stays with the first. */
export const documentJson = (statements: readonly JsonObject[]): JsonObject => {
  const sids = new Set<string>();
  const seen = new Set<string>();
  const Statement = statements.flatMap(({ Sid, ...said }) => {
    const text = JSON.stringify(said);
    if (seen.has(text)) return [];
    seen.add(text);
    if (typeof Sid !== 'string' || sids.has(Sid)) return [said];
    sids.add(Sid);
    return [{ Sid, ...said }];
  });
  return { Version: '2012-10-17', Statement };
};
