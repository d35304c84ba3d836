import { z } from 'zod';
import { parseInstant } from '../kernel/time.ts';
import { splitAtCommas } from './comma-list.ts';

/** Which checks run, and with which thresholds. Ids and options are held against the registry of checks by the caller. */
export const checksSection = z.strictObject({
  disabled: z
    .preprocess(splitAtCommas, z.array(z.string()))
    .default([])
    .meta({ description: 'ids of checks that do not run', env: 'VIGIL_CHECKS_DISABLED' }),
  options: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .meta({
      description: "thresholds by check id; the table of checks names each check's options and their defaults",
      example: { 'user-access-key-not-rotated': { maxAgeDays: 60 } },
    }),
  trustedAccounts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes'),
        name: z.string().min(1),
        owner: z.string().min(1).optional(),
        expires: z
          .string()
          .refine((text) => parseInstant(text).ok, 'must be a date: `2027-01-31`')
          .optional(),
      }),
    )
    .default([])
    .meta({
      description: 'other accounts that may have access: whose each is, who answers for it, and until when',
      example: [{ id: '444455556666', name: 'Example Corp', owner: 'platform team', expires: '2027-01-31' }],
    }),
});
