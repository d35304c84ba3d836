import type { z } from 'zod';
import { jsonPointer } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** What does not fit a schema, and where. */
export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

/** Checks a value against a schema; all problems are told. */
export const checkSchema = <T>(value: unknown, schema: z.ZodType<T>): Result<T, readonly SchemaProblem[]> => {
  const checked = schema.safeParse(value);
  return checked.success
    ? ok(checked.data)
    : err(checked.error.issues.map(({ path, message }) => ({ path, what: inHouseForm(message) })));
};

/** The JSON pointer of a path, behind another pointer. */
export const pathPointer = (path: readonly PropertyKey[], behind = ''): string =>
  path.reduce<string>((pointer, step) => jsonPointer(pointer, String(step)), behind);

const inHouseForm = (message: string): string => {
  const text = message.replace(/^Invalid (input|option): /, '');
  return text.endsWith(', received undefined') ? 'is missing' : text.charAt(0).toLowerCase() + text.slice(1);
};
