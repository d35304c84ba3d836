import { compareText } from '../kernel/compare-text.ts';
import type { Finding } from './audit-report.ts';
import { SEVERITIES } from './check-result.ts';

/** Orders findings as people should read them: the worst first, then by check, subject and part. Total and stable. */
export const compareFindings = (left: Finding, right: Finding): number =>
  SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
  compareText(left.checkId, right.checkId) ||
  compareText(left.subject.arn, right.subject.arn) ||
  compareText(left.subject.part ?? '', right.subject.part ?? '') ||
  compareText(left.key, right.key);
