import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';

/** A principal as a trust policy names it. */
export interface NamedPrincipal {
  /** `AWS`, `Service`, `Federated`, or what stands in the place of these. */
  readonly type: string;
  readonly value: string;
}

/** The principals that a trust policy's text names; none where it is no policy. */
export const principalsOf = (text: string): readonly NamedPrincipal[] =>
  statementsOf(parsed(text)).flatMap(({ Principal: principal }) =>
    isJsonObject(principal)
      ? Object.entries(principal).flatMap(([type, values]) =>
          listOf(values).flatMap((value) => (typeof value === 'string' ? [{ type, value }] : [])),
        )
      : [],
  );

/** A trust policy's text with a principal of type `AWS` named otherwise. */
export const replacePrincipal = (text: string, from: string, to: string): string => {
  const document = parsed(text);
  if (!isJsonObject(document)) return text;
  const renamed = (value: JsonValue): JsonValue => (value === from ? to : value);
  const Statement = statementsOf(document).map((statement) => {
    const { Principal: principal } = statement;
    if (!isJsonObject(principal) || principal['AWS'] === undefined) return statement;
    const { AWS: aws } = principal;
    return { ...statement, Principal: { ...principal, AWS: isJsonList(aws) ? aws.map(renamed) : renamed(aws) } };
  });
  return JSON.stringify({ ...document, Statement });
};

/** The statements of a policy document that are objects; one alone counts as a list of it. */
export const statementsOf = (document: JsonValue | undefined): readonly JsonObject[] =>
  isJsonObject(document) ? listOf(document['Statement']).filter(isJsonObject) : [];

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : isJsonList(value) ? value : [value];

/** The JSON value of a text; undefined where it is none. */
export const parsed = (text: string): JsonValue | undefined => {
  try {
    // JSON.parse gives JSON, whatever its declaration says.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};
