import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { memberOf, mergedPages } from './answer-entries.ts';

const KINDS = [
  { member: 'SAMLProviderList', pattern: /^arn:[^:]*:iam::\d*:saml-provider\// },
  { member: 'OpenIDConnectProviderList', pattern: /^arn:[^:]*:iam::\d*:oidc-provider\// },
] as const;

/**
 * SAML and OIDC providers as AWS's two lists, from those lists, or one list of both, or what `GetSAMLProvider` and
 * `GetOpenIDConnectProvider` answer by ARN, alone or beside the lists. What names a thing that is no provider comes back
 * as it is. In a list of both, a kind that does not occur was not read, for all that anybody knows.
 */
export const identityProvidersAnswer = (raw: unknown): unknown => {
  const merged = mergedPages(
    raw,
    KINDS.map(({ member }) => member),
  );
  const lists = Array.isArray(merged)
    ? [merged]
    : KINDS.map(({ member }) => memberOf(merged, member)).filter(Array.isArray);
  const byArn = detailsByArn(merged);
  const listed = lists.flat().map((entry: unknown) => withDetails(entry, byArn));
  const listedArns = new Set(listed.map(arnOf));
  const entries = [
    ...listed,
    ...[...byArn].filter(([arn]) => !listedArns.has(arn)).map(([Arn, details]) => ({ ...details, Arn })),
  ];
  if (entries.some((entry) => !KINDS.some(({ pattern }) => pattern.test(arnOf(entry))))) return raw;
  const answer = KINDS.map(
    ({ member, pattern }) => [member, entries.filter((entry) => pattern.test(arnOf(entry)))] as const,
  ).filter(([member, found]) => found.length > 0 || Array.isArray(memberOf(merged, member)));
  return answer.length === 0 ? raw : Object.fromEntries(answer);
};

const arnOf = (entry: unknown): string => {
  const arn = memberOf(entry, 'Arn');
  return typeof arn === 'string' ? arn : '';
};

const withDetails = (entry: unknown, byArn: ReadonlyMap<string, JsonObject>): unknown =>
  isJsonObject(entry) ? { ...byArn.get(arnOf(entry)), ...entry } : entry;

/** What the file, or any member of it, tells of providers by ARN. */
const detailsByArn = (raw: unknown): ReadonlyMap<string, JsonObject> => {
  const members = isJsonObject(raw) ? Object.entries(raw) : [];
  const inside = members.flatMap(([, value]) => (isJsonObject(value) ? Object.entries(value) : []));
  const found = new Map<string, JsonObject>();
  for (const [arn, details] of [...members, ...inside]) {
    if (KINDS.some(({ pattern }) => pattern.test(arn)) && isJsonObject(details)) found.set(arn, details);
  }
  return found;
};
