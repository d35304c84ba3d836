import type { JsonObject } from '../kernel/json.ts';
import type { Condition, PolicyDocument, PrincipalElement, Statement } from './policy-document.ts';

/** A policy document as AWS's JSON. Statements that could not be read are absent; parsing it gives the others back. */
export const printPolicyDocument = ({ version, id, statements }: PolicyDocument): JsonObject => ({
  Version: version,
  ...(id === null ? {} : { Id: id }),
  Statement: statements.map(printStatement),
});

const printStatement = ({ sid, effect, principal, action, resource, conditions }: Statement): JsonObject => ({
  ...(sid === null ? {} : { Sid: sid }),
  Effect: effect,
  ...(principal === null ? {} : printPrincipal(principal)),
  [action.kind === 'action' ? 'Action' : 'NotAction']: action.patterns,
  ...(resource === null ? {} : { [resource.kind === 'resource' ? 'Resource' : 'NotResource']: resource.patterns }),
  ...(conditions.length === 0 ? {} : { Condition: printConditions(conditions) }),
});

const printPrincipal = ({ kind, aws, service, federated, canonicalUser }: PrincipalElement): JsonObject => {
  const named = { AWS: aws, Service: service, Federated: federated, CanonicalUser: canonicalUser };
  const principals = Object.fromEntries(Object.entries(named).filter(([, values]) => values.length > 0));
  return { [kind === 'principal' ? 'Principal' : 'NotPrincipal']: principals };
};

const printConditions = (conditions: readonly Condition[]): JsonObject => {
  const operators = new Map<string, [string, readonly string[]][]>();
  for (const { operator, key, values } of conditions)
    operators.set(operator, [...(operators.get(operator) ?? []), [key, values]]);
  return Object.fromEntries([...operators].map(([operator, keys]) => [operator, Object.fromEntries(keys)]));
};
