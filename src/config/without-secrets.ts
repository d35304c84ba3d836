import { isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { isPostgresUrl, shownPostgresUrl } from '../kernel/postgres-url.ts';
import type { Config } from './config.ts';

// A reference says where a secret is found, and is none. What is no secret by itself, but opens a door together with a role, is
// not told either.
const NOT_TOLD = /externalId|password|token|secret|signingKey|routingKey/i;

/** The configuration in force as JSON: secrets stand nowhere in it, only where each is found. */
export const withoutSecrets = (config: Config): JsonObject => toldObject(config);

const toldObject = (value: object): JsonObject =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
      member === undefined ? [] : [[name, NOT_TOLD.test(name) && !isReference(member) ? '[not told]' : told(member)]],
    ),
  );

const told = (value: unknown): JsonValue => {
  if (Array.isArray(value)) return value.map(told);
  if (typeof value === 'object' && value !== null) return toldObject(value);
  if (typeof value === 'string' && isPostgresUrl(value)) return shownPostgresUrl(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const isReference = (value: unknown): boolean =>
  isJsonObject(value) && Object.keys(value).every((name) => name === 'env' || name === 'file');
