import { z } from 'zod';
import { parseArn } from '../../iam/arn.ts';
import type { Result } from '../../kernel/result.ts';
import { parseInstant, toInstant } from '../../kernel/time.ts';

// The values that the files of a snapshot directory are made of. Members that AWS adds later are ignored. `null` counts
// as absent, since some tools write it for what an answer left out.

/** Text that a parser accepts; what it says otherwise is the problem. */
export const readBy = (parse: (text: string) => Result<unknown, string>) =>
  z.string().superRefine((text, context) => {
    const parsed = parse(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
  });

/** Later than this many seconds after the epoch (in the year 5138) is nothing, so that a larger number is of milliseconds. */
const MAX_EPOCH_SECONDS = 1e11;
/** The range of JavaScript's dates. */
const MAX_EPOCH_MILLIS = 8.64e15;

/** A number of seconds or milliseconds since the epoch as ISO-8601 text; anything else as it is. */
const epochToText = (raw: unknown): unknown => {
  if (typeof raw !== 'number') return raw;
  const millis = Math.abs(raw) > MAX_EPOCH_SECONDS ? raw : raw * 1000;
  return Math.abs(millis) > MAX_EPOCH_MILLIS ? raw : toInstant(millis);
};

/** A time as ISO-8601 text, or as a number since the epoch, as other tools print what AWS's SDKs answer. */
export const time = z.preprocess(epochToText, readBy(parseInstant));

/** An ARN. */
export const arn = readBy(parseArn);

/** Any text. */
export const text = z.string();

/** What may be absent or null. */
export const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

/** A list that may be absent or null. */
export const optionalList = <T>(schema: z.ZodType<T>) => optional(z.array(schema));

/** An instance profile; of its roles only the names count. */
export const instanceProfile = z.object({
  Path: optional(text),
  InstanceProfileName: text,
  InstanceProfileId: text,
  Arn: arn,
  CreateDate: time,
  Roles: optionalList(z.object({ RoleName: text })),
});
