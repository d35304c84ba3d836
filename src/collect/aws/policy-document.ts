import { isJsonObject } from '../../kernel/json.ts';

/** A policy document that came as JSON text, as an object for people to read; text that holds none stays as it is. */
export const policyDocument = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : text;
  } catch {
    // Whoever parses the document says what is wrong with it.
    return text;
  }
};
