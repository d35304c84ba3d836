import { isJsonObject, type JsonObject } from '../../kernel/json.ts';

/** The record of an event, from the text of itself or of an answer of `LookupEvents`; null: it is none. Never throws. */
export const parseRecord = (text: string): JsonObject | null => {
  try {
    const outer: unknown = JSON.parse(text);
    const inner = isJsonObject(outer) ? outer['CloudTrailEvent'] : undefined;
    const record: unknown = typeof inner === 'string' ? JSON.parse(inner) : outer;
    return isJsonObject(record) ? record : null;
  } catch {
    return null;
  }
};
