import { z } from 'zod';
import { DEFAULT_FORMATS, REPORT_FORMATS } from '../report/report-format.ts';
import { secretReference } from './alert-route.ts';
import { splitAtCommas } from './comma-list.ts';
import { reportDestination } from './report-destination.ts';
import { wholeNumber } from './whole-number.ts';

/** Where reports go, and in which formats. */
export const reportSection = z.strictObject({
  directory: z.string().min(1).default('reports').meta({
    description: 'where each run gets a directory of its own',
    env: 'VIGIL_REPORT_DIRECTORY',
  }),
  formats: z
    .preprocess(splitAtCommas, z.array(z.enum(REPORT_FORMATS)).min(1))
    .default([...DEFAULT_FORMATS])
    .meta({ description: `which reports to write: ${REPORT_FORMATS.join(', ')}`, env: 'VIGIL_REPORT_FORMATS' }),
  maxAgeDays: wholeNumber(0, 36_500).optional().meta({
    description:
      'reports of runs older than so many days are removed after each run, but for the latest of each account; 0 keeps them for ever, as `vigil audit` does where this is left out (`vigil daemon`: 400)',
    env: 'VIGIL_REPORT_MAX_AGE_DAYS',
    example: 400,
  }),
  maxRuns: wholeNumber(0, 1_000_000).default(0).meta({
    description:
      'so many runs keep their reports, the latest ones; 0: all. What is removed, `removed-nights.jsonl` tells',
    env: 'VIGIL_REPORT_MAX_RUNS',
  }),
  evidence: z.stringbool().or(z.boolean()).default(false).meta({
    description:
      'whether to keep, beside the reports, `evidence.zip`: reports, manifest and all that was read of the accounts, from which `vigil verify --render` makes the reports again. It tells whatever IAM tells of the accounts, and of a large one it has some tens of MB',
    env: 'VIGIL_REPORT_EVIDENCE',
  }),
  signingKey: secretReference.optional().meta({
    description:
      'the Ed25519 key that signs each `manifest.json`: PEM, or the base64 of its 32 bytes, in an environment variable, `{ env: NAME }`, or a file, `{ file: PATH }`',
    example: { file: '/run/secrets/vigil-signing-key.pem' },
  }),
  templates: z.string().min(1).optional().meta({
    description:
      'a directory with templates of your own: each `*.hbs` and `style/*.css` there takes the place of the one of that name that Vigil has in `templates/`',
    env: 'VIGIL_REPORT_TEMPLATES',
    example: 'report-templates',
  }),
  texts: z.string().min(1).optional().meta({
    description:
      'a YAML file with words of your own for checks: by the id of a check its `title`, `what`, `risk` and `remediation` (a list of steps), each as you like',
    env: 'VIGIL_REPORT_TEXTS',
    example: 'report-texts.yaml',
  }),
  destinations: z
    .array(reportDestination)
    .default([])
    .meta({
      description:
        'where each run goes besides: buckets of S3, under `PREFIX/YYYY/MM/DD/RUN/`, where nothing is ever overwritten, and `PREFIX/index.html` over all (not with `index: false`). What does not arrive is tried again for `alerts.giveUpAfterDays`',
      example: [
        { kind: 's3', bucket: 'audit-evidence', prefix: 'vigil', encryption: 'aws:kms', kmsKeyId: 'alias/audit' },
      ],
    }),
});
