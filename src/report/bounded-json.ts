import type { JsonValue } from '../kernel/json.ts';
import { isJsonObject } from '../kernel/json.ts';

/** Stands where JSON was nested deeper than any reader follows. */
export const TOO_DEEP = '[nested too deep to show]';

/**
 * The same JSON, with whatever lies deeper than `depth` levels replaced by `TOO_DEEP`. `JSON.stringify` overflows the
 * stack on text that a stranger nested thousands of levels deep; a report must not.
 */
export const boundedJson = (value: JsonValue, depth = 64): JsonValue => {
  if (Array.isArray(value)) {
    return depth === 0 ? TOO_DEEP : value.map((item: JsonValue) => boundedJson(item, depth - 1));
  }
  if (!isJsonObject(value)) return value;
  // `fromEntries` defines members, so a key `__proto__` stays a key.
  return depth === 0
    ? TOO_DEEP
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, boundedJson(item, depth - 1)]));
};
