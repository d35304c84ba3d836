import { z } from 'zod';
import { DEFAULT_FORMATS, REPORT_FORMATS } from '../report/report-format.ts';
import { splitAtCommas } from './comma-list.ts';

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
});
