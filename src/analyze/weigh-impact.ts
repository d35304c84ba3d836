import type { Finding, PrincipalSummary } from '../finding/audit-report.ts';
import { type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';

/** A way into a principal is as bad as what the principal may do; what it may do is weighed by the other checks themselves. */
const WAYS_IN: ReadonlySet<Category> = new Set(['credentials', 'external']);

/**
 * Makes findings one step worse, and has them say so, that are about a way into a user or role that is administrator or can
 * become one. What depends on conditions, and what is no more than a notice, stays as it is.
 */
export const weighImpact = (
  findings: readonly Finding[],
  principals: readonly PrincipalSummary[],
): readonly Finding[] => {
  const mighty = new Set(
    principals
      .filter(({ administrator, escalates }) => administrator === 'yes' || escalates === 'yes')
      .map(({ arn }) => arn),
  );
  return findings.map((finding) => (opensMighty(finding, mighty) ? worsened(finding) : finding));
};

const opensMighty = ({ outcome, category, severity, subject }: Finding, mighty: ReadonlySet<string>): boolean =>
  outcome === 'fail' &&
  severity !== 'info' &&
  WAYS_IN.has(category) &&
  (subject.type === 'User' || subject.type === 'Role') &&
  mighty.has(subject.arn);

const worsened = (finding: Finding): Finding => ({
  ...finding,
  severity: oneWorse(finding.severity),
  summary: `${finding.summary} The ${finding.subject.type.toLowerCase()} is an administrator, or can become one.`,
  evidence: { ...finding.evidence, mayBecomeAdministrator: true },
});

const oneWorse = (severity: Severity): Severity => SEVERITIES[SEVERITIES.indexOf(severity) - 1] ?? severity;
