import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** Where audits are remembered, and for how long. */
export const historySection = z.strictObject({
  file: z.string().min(1).optional().meta({
    description:
      'the database that remembers audits (default: `iam-vigil/history.sqlite` under `$XDG_STATE_HOME` or `~/.local/state`)',
    env: 'VIGIL_HISTORY_FILE',
    example: '/var/lib/vigil/history.sqlite',
  }),
  maxAgeDays: wholeNumber(1, 36_500).default(400).meta({
    description: 'audits that began longer ago are forgotten, but never the latest of an account',
    env: 'VIGIL_HISTORY_MAX_AGE_DAYS',
  }),
  maxRuns: wholeNumber(1, 1_000_000).default(1000).meta({
    description: 'how many audits of each account are remembered',
    env: 'VIGIL_HISTORY_MAX_RUNS',
  }),
});
