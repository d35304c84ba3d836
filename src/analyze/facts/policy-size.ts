import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import type { PolicyDocument, PrincipalElement } from '../../policy/policy-document.ts';

/**
 * How long a policy document is at the least, in characters, as quotas count them: without white space, and with a single
 * value out of its list. Source: "IAM and AWS STS quotas", IAM User Guide.
 */
export const policySize = ({ id, statements }: PolicyDocument): number => {
  const texts = statements.map(({ sid, effect, principal, action, resource, conditions }) =>
    lengthOf({
      ...(sid !== null && { Sid: sid }),
      Effect: effect,
      ...(principal !== null && { [principal.kind === 'principal' ? 'Principal' : 'NotPrincipal']: named(principal) }),
      [action.kind === 'action' ? 'Action' : 'NotAction']: shortest(action.patterns),
      ...(resource !== null && {
        [resource.kind === 'resource' ? 'Resource' : 'NotResource']: shortest(resource.patterns),
      }),
      ...(conditions.length > 0 && { Condition: conditions.map(({ key, values }) => ({ [key]: shortest(values) })) }),
    }),
  );
  const operators = new Set(statements.flatMap(({ conditions }) => conditions.map(({ operator }) => operator)));
  const around = lengthOf({ Version: '2012-10-17', ...(id !== null && { Id: id }), Statement: [] });
  return around + sum(texts) + Math.max(0, texts.length - 1) + sum([...operators].map(({ length }) => length + 3));
};

const shortest = (values: readonly string[]): JsonValue => (values.length === 1 ? (values[0] ?? '') : [...values]);

const named = ({ aws, service, federated, canonicalUser }: PrincipalElement): JsonObject => ({
  ...(aws.length > 0 && { AWS: shortest(aws) }),
  ...(service.length > 0 && { Service: shortest(service) }),
  ...(federated.length > 0 && { Federated: shortest(federated) }),
  ...(canonicalUser.length > 0 && { CanonicalUser: shortest(canonicalUser) }),
});

const lengthOf = (value: JsonObject): number => JSON.stringify(value).replace(/\s/g, '').length;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
