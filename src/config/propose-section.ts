import { z } from 'zod';
import { splitAtCommas } from './comma-list.ts';

/** What `vigil propose` leaves in every policy that it writes. */
export const proposeSection = z.strictObject({
  keep: z
    .preprocess(
      splitAtCommas,
      z.array(z.string().regex(/^(\*|[A-Za-z0-9*?-]+:.+)$/, 'must be actions, or patterns of them')),
    )
    .default([])
    .meta({
      description:
        'actions, or patterns of them, that `vigil propose` keeps though they are unused, of whomever it is asked about; `--keep` adds to them',
      env: 'VIGIL_PROPOSE_KEEP',
      example: ['dynamodb:Restore*'],
    }),
});
