import { isJsonList, type JsonValue, jsonPointer } from '../kernel/json.ts';

/** Takes note of something wrong at a JSON pointer; the message is in house form. */
export type Report = (pointer: string, message: string) => void;

/** A policy's value where a list is allowed as well: one bare value is a list of one. */
export const listOf = (value: JsonValue | undefined): readonly JsonValue[] => {
  if (value === undefined) return [];
  return isJsonList(value) ? value : [value];
};

/** One text or a list of texts; anything else in it is reported and left out. */
export const parseTexts = (value: JsonValue | undefined, pointer: string, report: Report): readonly string[] => {
  const texts: string[] = [];
  for (const [index, item] of listOf(value).entries()) {
    if (typeof item === 'string') texts.push(item);
    else report(isJsonList(value) ? jsonPointer(pointer, index) : pointer, `${quote(item)} is no text`);
  }
  return texts;
};

/** A value of a policy as a message shows it: in backticks, and not longer than a line. */
export const quote = (value: JsonValue): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${text.length > 200 ? `${text.slice(0, 200)}…` : text}\``;
};
