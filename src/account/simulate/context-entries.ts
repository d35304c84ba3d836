import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';

const TYPES = [
  'string',
  'stringList',
  'numeric',
  'numericList',
  'boolean',
  'booleanList',
  'ip',
  'ipList',
  'binary',
  'binaryList',
  'date',
  'dateList',
] as const;

/** The member `ContextEntries` of an input. */
export const contextEntries = z
  .array(
    z.object({
      ContextKeyName: z.string().min(5).max(256).optional(),
      ContextKeyValues: z.array(z.string()).optional(),
      ContextKeyType: z.enum(TYPES).optional(),
    }),
  )
  .default([]);

type ContextEntry = z.output<typeof contextEntries>[number];

/** What is given of a simulated request's context, by key in lower case; or AWS's refusal of a value. */
export const givenContext = (
  entries: readonly ContextEntry[],
): Result<ReadonlyMap<string, readonly string[]>, AwsError> => {
  const context = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const { ContextKeyName: key, ContextKeyValues: values = [], ContextKeyType: type } = entry;
    // Recorded from AWS: an entry without any member is no entry.
    if (Object.values(entry).every((member) => member === undefined)) continue;
    if (key === undefined) return invalid('ContextKeyName cannot be null or empty.');
    if (type === undefined) return invalid(`Context key ${key} has invalid type null.`);
    if (values.length === 0) return invalid(`Context values for context key ${key} cannot be null or empty.`);
    const expected = FORMATS.find(([kind, format]) => type.startsWith(kind) && !values.every((v) => format.test(v)));
    if (expected !== undefined) return invalid(`Invalid context value for key ${key}: expected ${expected[0]} format.`);
    context.set(key.toLowerCase(), values);
  }
  return ok(context);
};

const FORMATS = [
  ['numeric', /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/],
  ['boolean', /^(?:true|false)$/i],
] as const;

const invalid = (message: string) => awsError('InvalidInput', message);
