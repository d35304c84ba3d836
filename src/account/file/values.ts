import { z } from 'zod';
import { parseAccountId } from '../../iam/account-id.ts';
import { isJsonObject } from '../../kernel/json.ts';
import { epochMillis, type Instant, parseInstant, toInstant } from '../../kernel/time.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import { isUniqueId, type UniqueIdPrefix } from '../unique-id.ts';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000, y: 365 * 86_400_000 };

/** When an entity was made, where the file does not say. */
export const ENTITY_AGE = '1y ago';

/** How a time is read. */
export type Moment = ReturnType<typeof moment>;

/** A time of the account file: ISO-8601, or `90d ago` / `in 30d` reckoned from `now` (units m, h, d, w, y of 365 d). */
export const moment = (now: Instant) =>
  z.string().transform((text, context): Instant => {
    const relative = /^(in )?(\d{1,6})([mhdwy])( ago)?$/.exec(text.trim());
    const [, future, amount, unit, past] = relative ?? [];
    if ((unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w' || unit === 'y') && !future !== !past) {
      const distance = Number(amount) * UNIT_MS[unit];
      return toInstant(epochMillis(now) + (past === undefined ? distance : -distance));
    }
    const absolute = parseInstant(text);
    if (absolute.ok) return absolute.value;
    context.addIssue({
      code: 'custom',
      message: `\`${text}\` is not a time; write \`2026-01-31\`, \`2026-01-31T09:00:00Z\`, \`90d ago\` or \`in 30d\``,
    });
    return z.NEVER;
  });

/** The id of an account. */
export const accountId = z
  .string({ error: 'an account id is text: put its twelve digits between quotes' })
  .transform((text, context) => {
    const parsed = parseAccountId(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error });
    return z.NEVER;
  });

/** A last use, which may be written as its date alone; null: never. */
export const lastUse = <Use extends z.ZodType>(use: Use) =>
  z
    .preprocess((value) => (typeof value === 'string' ? { date: value } : value), use)
    .nullable()
    .default(null);

/** A name of an IAM entity, of letters, digits and `_+=,.@-`. Source: "IAM name requirements", IAM User Guide. */
export const name = (maxLength: number) =>
  z
    .string()
    .regex(/^[\w+=,.@-]+$/, 'a name has letters, digits and `_+=,.@-` only, at least one')
    .max(maxLength, `a name here has at most ${maxLength} characters`);

/** The path of an IAM entity; `/` where the file gives none. */
export const path = z
  .string()
  .regex(/^\/(?:[!-~]+\/)?$/, 'a path begins and ends with `/`')
  .max(512, 'a path has at most 512 characters')
  .default('/');

/** A unique id with its prefix, or null where the file leaves it to be derived. */
export const idWithPrefix = (prefix: UniqueIdPrefix) =>
  z
    .string()
    .refine((text) => isUniqueId(prefix, text), {
      message: `an id here is \`${prefix}\` and ${prefix === 'AKIA' ? 16 : 17} of A-Z and 2-7; leave it out to have one made`,
    })
    .nullable()
    .default(null);

/** A policy document, given as YAML or as JSON text, as the JSON text that IAM keeps; malformed ones are refused. */
export const policyDocument = z.unknown().transform((value, context): string => {
  const document = typeof value === 'string' ? parsedJson(value) : value;
  if (!isJsonObject(document)) {
    context.addIssue({ code: 'custom', message: 'a policy document is a mapping with `Version` and `Statement`' });
    return z.NEVER;
  }
  for (const { pointer, message } of parsePolicyDocument(document).problems) {
    context.addIssue({ code: 'custom', path: pointerSteps(pointer), message });
  }
  return typeof value === 'string' ? value : JSON.stringify(document);
});

/** A JSON pointer as the members and list positions that it names. */
const pointerSteps = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Tags as a mapping of key to value; numbers and booleans stand for their text. */
export const tags = z
  .unknown()
  .default({})
  .transform((value, context): ReadonlyMap<string, string> => {
    const entries = isJsonObject(value) ? Object.entries(value) : undefined;
    if (entries === undefined) {
      context.addIssue({ code: 'custom', message: 'tags are a mapping of key to value' });
      return z.NEVER;
    }
    for (const [key, tag] of entries) {
      const scalar = typeof tag === 'string' || typeof tag === 'number' || typeof tag === 'boolean';
      if (!scalar) context.addIssue({ code: 'custom', path: [key], message: 'a tag has one text as its value' });
      if (key === '' || key.length > 128 || String(tag).length > 256) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'a tag key has 1 to 128 characters, its value at most 256',
        });
      }
    }
    if (entries.length > 50) context.addIssue({ code: 'custom', message: 'an entity has at most 50 tags' });
    return new Map(entries.map(([key, tag]) => [key, String(tag)]));
  });
