import type { Finding, PrincipalSummary } from '../finding/audit-report.ts';
import { type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';

/** A way into a principal is as bad as what the principal may do; what it may do is weighed by the other checks themselves. */
const WAYS_IN: ReadonlySet<Category> = new Set(['credentials', 'external']);

/**
 * Makes findings one step worse that are about a way into a user or role that is administrator or can become one, and has them
 * say so: of one that can become it by which requests, and with the key of the finding that tells the path. What depends on conditions, and what is no more than a notice, stays as it is.
 */
export const weighImpact = (
  findings: readonly Finding[],
  principals: readonly PrincipalSummary[],
): readonly Finding[] => {
  const mighty = new Map(
    principals
      .filter(({ administrator, escalates }) => administrator === 'yes' || escalates === 'yes')
      .map((principal) => [principal.arn, principal]),
  );
  const paths = new Map(findings.filter(isPath).map((finding) => [finding.subject.arn, finding]));
  return findings.map((finding) => {
    const opened = mighty.get(finding.subject.arn);
    return opened !== undefined && isWayIn(finding) ? worsened(finding, opened, paths.get(opened.arn)) : finding;
  });
};

const isPath = ({ outcome, escalation }: Finding): boolean =>
  outcome === 'fail' && escalation?.reaches === 'administrator';

const isWayIn = ({ outcome, category, severity, subject }: Finding): boolean =>
  outcome === 'fail' &&
  severity !== 'info' &&
  WAYS_IN.has(category) &&
  (subject.type === 'User' || subject.type === 'Role');

/** `path`: the finding of how the principal becomes administrator. */
const worsened = (finding: Finding, { administrator }: PrincipalSummary, path: Finding | undefined): Finding => {
  const requests = path === undefined ? [] : [...new Set(requestsOf(path))];
  const how = requests.length === 0 ? '' : ` with ${requests.join(', ')}`;
  const onward = administrator === 'yes' ? 'is an administrator' : `can become administrator${how}`;
  return {
    ...finding,
    severity: oneWorse(finding.severity),
    summary: `${finding.summary} The ${finding.subject.type.toLowerCase()} ${onward}.`,
    evidence: {
      ...finding.evidence,
      mayBecomeAdministrator: true,
      ...(path && { administratorBy: { finding: path.key, requests } }),
    },
  };
};

const requestsOf = ({ escalation }: Finding): readonly string[] =>
  (escalation?.steps ?? []).flatMap(({ requests }) => requests.map(({ action }) => action));

const oneWorse = (severity: Severity): Severity => SEVERITIES[SEVERITIES.indexOf(severity) - 1] ?? severity;
