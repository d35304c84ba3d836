import type { Instant } from '../kernel/time.ts';
import type { Finding } from './audit-report.ts';
import type { Category, CheckResult, Severity, SubjectType } from './check-result.ts';
import { findingKey } from './finding-key.ts';
import { type SubjectIdentity, subjectOf } from './subject-index.ts';

/** What a finding takes from the check that found it. */
export interface FindingTemplate {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly resourceType: SubjectType | readonly SubjectType[];
  readonly doc: { readonly remediation: readonly string[] };
  readonly frameworks: readonly string[];
}

/** Where and when a finding was made. */
export interface FindingContext {
  readonly accountId: string;
  readonly now: Instant;
  readonly subjects: ReadonlyMap<string, SubjectIdentity>;
}

/**
 * Turns a result that is no pass into a finding, with no history yet: state `new`, first and last seen now.
 * What could not be judged is `info` however bad it might be: it says what we do not know, not what is wrong.
 */
export const toFinding = (
  check: FindingTemplate,
  result: CheckResult & { readonly outcome: 'fail' | 'unknown' },
  summary: string,
  { accountId, now, subjects }: FindingContext,
): Finding => {
  const subject = subjectOf(result.subject, subjects, check.resourceType);
  return {
    key: findingKey({ checkId: check.id, accountId, subjectId: subject.id, part: subject.part }),
    checkId: check.id,
    category: check.category,
    severity: result.outcome === 'unknown' ? 'info' : (result.severity ?? check.severity),
    outcome: result.outcome,
    state: 'new',
    accountId,
    subject,
    title: check.title,
    summary,
    evidence: result.gap === undefined ? result.evidence : { ...result.evidence, gap: { ...result.gap } },
    conditions: result.conditions ?? null,
    remediation: result.remediation ?? check.doc.remediation,
    frameworks: check.frameworks,
    firstSeen: now,
    lastSeen: now,
    ...(result.escalation === undefined ? {} : { escalation: result.escalation }),
    ...(result.external === undefined ? {} : { external: result.external }),
  };
};
