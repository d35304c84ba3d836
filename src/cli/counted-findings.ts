import type { AuditReport } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { STATES_TO_TELL } from '../finding/finding-life.ts';

/** What makes `vigil audit` exit with 1. */
export interface FailOn {
  readonly severity: Severity;
  /** Only what is new, reopened or worsened since the last audit counts. */
  readonly onlyNew: boolean;
}

/**
 * Whether a report has a finding that counts: as bad as asked for or worse, and neither suppressed nor resolved. One whose data
 * was missing tonight counts, for nobody knows that it is mended.
 */
export const hasFinding = ({ findings }: AuditReport, { severity: threshold, onlyNew }: FailOn): boolean =>
  findings.some(
    ({ outcome, state, severity }) =>
      outcome === 'fail' &&
      (onlyNew ? STATES_TO_TELL.has(state) : state !== 'suppressed' && state !== 'resolved') &&
      SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold),
  );
