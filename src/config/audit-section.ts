import { z } from 'zod';
import { SEVERITIES } from '../finding/check-result.ts';

/** What makes `vigil audit` exit with something other than 0. */
export const auditSection = z.strictObject({
  failOn: z.enum(SEVERITIES).optional().meta({
    description: 'exit with 1 when there is a finding of this severity or worse',
    env: 'VIGIL_AUDIT_FAIL_ON',
    example: 'high',
  }),
  failOnNew: z.stringbool().or(z.boolean()).default(false).meta({
    description: 'of the findings, let only those count that are new, reopened or worsened since the last audit',
    env: 'VIGIL_AUDIT_FAIL_ON_NEW',
  }),
  requireComplete: z.stringbool().or(z.boolean()).default(false).meta({
    description: 'exit with 4 when something could not be read',
    env: 'VIGIL_AUDIT_REQUIRE_COMPLETE',
  }),
});
