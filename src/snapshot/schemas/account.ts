import { z } from 'zod';
import { parseAccountId } from '../../iam/account-id.ts';
import { SOURCE_NAMES } from '../collected.ts';
import type { AccountDocument } from '../snapshot-documents.ts';
import { toCollectionGap } from './saved-gap.ts';
import { optional, readBy, text, time } from './values.ts';

const sourceName = z.enum(SOURCE_NAMES);

const sources = z.array(z.object({ name: text, time })).transform((listed) =>
  listed.flatMap(({ name, time: readAt }) => {
    const known = sourceName.safeParse(name);
    return known.success ? [{ name: known.data, time: readAt }] : [];
  }),
);

const orNull = z
  .string()
  .nullish()
  .transform((told) => told ?? null);

const gap = z
  .object({ source: text, action: orNull, reason: text, detail: orNull, subject: orNull })
  .transform((saved) => toCollectionGap({ ...saved, action: saved.action ?? saved.source }));

/**
 * `account.json`. Gaps need no more than source, action and reason, in whatever words. Sources of a later Vigil are left
 * out.
 */
export const accountSchema: z.ZodType<AccountDocument> = z.object({
  accountId: readBy(parseAccountId),
  alias: orNull,
  partition: z
    .string()
    .regex(/^aws[a-z-]*$/, 'is not a partition such as `aws` or `aws-cn`')
    .default('aws'),
  caller: optional(text),
  collectedAt: time,
  sources: optional(sources).transform((listed) => listed ?? []),
  gaps: optional(z.array(gap)).transform((listed) => listed ?? []),
});
