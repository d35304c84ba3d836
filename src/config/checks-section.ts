import { z } from 'zod';

/** Which checks run, and with which thresholds. Ids and options are held against the registry of checks by the caller. */
export const checksSection = z.strictObject({
  disabled: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',').map((id) => id.trim()) : value),
      z.array(z.string()),
    )
    .default([])
    .meta({ description: 'ids of checks that do not run', env: 'VIGIL_CHECKS_DISABLED' }),
  options: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .meta({
      description: "thresholds by check id; the table of checks names each check's options and their defaults",
      example: { 'user-access-key-not-rotated': { maxAgeDays: 60 } },
    }),
});
