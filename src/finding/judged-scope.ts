import type { Finding } from './audit-report.ts';

/** What an audit could judge, so that silence about the rest is not taken for good news. */
export interface JudgedScope {
  /** Ids of the checks that ran and did not break. */
  readonly checks: ReadonlySet<string>;
  /** `subjectOfCheck` of what some check found in order. */
  readonly passed: ReadonlySet<string>;
}

/** One subject of one check, whatever the part. */
export const subjectOfCheck = (checkId: string, subjectId: string): string => `${checkId} ${subjectId}`;

/**
 * Whether the audit could judge a finding of the past that is not among tonight's: its check ran, and neither its subject nor the
 * account as a whole is unknown to the check, unless the check found the subject in order.
 */
export const isJudged = (past: Finding, tonight: readonly Finding[], { checks, passed }: JudgedScope): boolean => {
  if (!checks.has(past.checkId)) return false;
  const missing = tonight.filter(({ checkId, outcome }) => outcome === 'unknown' && checkId === past.checkId);
  if (missing.some(({ subject }) => subject.id === past.subject.id)) return false;
  // What is unknown about the account as a whole is told under its root user.
  const ofAccount = missing.some(({ subject }) => subject.arn.endsWith(':root'));
  return !ofAccount || passed.has(subjectOfCheck(past.checkId, past.subject.id));
};
