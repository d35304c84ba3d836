import { z } from 'zod';
import { splitAtCommas } from './comma-list.ts';

const daysOf = (days: number) => z.number().int().min(1).max(3650).default(days);

/** Which findings somebody has accepted, and for how long one may. */
export const suppressionsSection = z.strictObject({
  files: z
    .preprocess(splitAtCommas, z.array(z.string().min(1)))
    .default([])
    .meta({
      description:
        'suppression files: which findings are accepted, why, by whom and until when (`--suppressions` adds to them)',
      env: 'VIGIL_SUPPRESSIONS_FILES',
      example: ['suppressions.yaml'],
    }),
  maxDays: z
    .strictObject({
      critical: daysOf(30),
      high: daysOf(90),
      medium: daysOf(180),
      low: daysOf(365),
      info: daysOf(365),
    })
    .prefault({})
    .meta({
      description:
        'for how many days a finding of each severity may be suppressed; a suppression that reaches further does not hold',
    }),
});
