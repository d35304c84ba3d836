import { z } from 'zod';
import { parsePostgresUrl } from '../kernel/postgres-url.ts';
import { secretReference } from './alert-route.ts';
import { wholeNumber } from './whole-number.ts';

const postgresUrl = z.string().superRefine((text, context) => {
  const parsed = parsePostgresUrl(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
});

/** Where audits are remembered, and for how long. */
export const historySection = z.strictObject({
  file: z.string().min(1).optional().meta({
    description:
      'the database that remembers audits (default: `iam-vigil/history.sqlite` under `$XDG_STATE_HOME` or `~/.local/state`)',
    env: 'VIGIL_HISTORY_FILE',
    example: '/var/lib/vigil/history.sqlite',
  }),
  url: postgresUrl.optional().meta({
    description:
      'a PostgreSQL database that takes the place of the file, for several machines; tables are made in its schema `vigil`. A server elsewhere is verified unless the URL says `sslmode=disable`, by `sslrootcert=FILE` if it says so',
    env: 'VIGIL_HISTORY_URL',
    example: 'postgres://vigil@db.example.com/vigil',
  }),
  password: secretReference.optional().meta({
    description: 'the password at that database: `{ env: NAME }` or `{ file: PATH }`',
    example: { file: '/run/secrets/vigil-database' },
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
