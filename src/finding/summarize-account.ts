import type { AccountChange, ChangeKind } from './account-change.ts';
import type { Actor } from './actor.ts';
import type { AuditReport, CoverageRow, Finding } from './audit-report.ts';
import type { ControlResult, ControlStatus } from './control-result.ts';
import { countFindings } from './finding-counts.ts';
import { STATES_TO_TELL } from './finding-life.ts';
import { compareFindings } from './finding-order.ts';
import type {
  AccountNews,
  AccountSummary,
  FrameworkSummary,
  SummarizedAccess,
  SummarizedFinding,
  SummarizedGap,
} from './organization-night.ts';
import { isWorstPath, summarizePaths } from './summarize-paths.ts';
import { cut, some } from './summarized.ts';

/** What the audit of one account comes to for the report about all. Throws for a report of none or of several accounts. */
export const summarizeAccount = (report: AuditReport, controls: readonly ControlResult[]): AccountSummary => {
  const [account, ...others] = report.accounts;
  if (account === undefined || others.length > 0) throw new Error('a summary is of the report of one account');
  const { accountId, alias, collectedAt, complete, coverage } = account;
  const { run, principals, findings } = report;
  const problems = findings.filter(isProblem).sort(compareFindings);
  const counted = (answer: 'yes' | 'conditional'): number =>
    principals.filter(({ escalates }) => escalates === answer).length;
  return {
    schemaVersion: '1.0',
    accountId,
    alias: alias === null ? null : cut(alias),
    runId: run.id,
    baselineRunId: run.baselineRunId,
    collectedAt,
    complete,
    gaps: coverage.flatMap(gapOf),
    // Of what was never judged to be wrong it is not known how bad it would be.
    findings: countFindings(findings.filter(({ outcome }) => outcome !== 'unknown')),
    unjudged: findings.filter(isUnjudged).length,
    principals: principals.length,
    administrators: principals.filter(({ administrator }) => administrator === 'yes').length,
    escalating: { surely: counted('yes'), conditionally: counted('conditional') },
    paths: summarizePaths(problems, summarized),
    worst: some(
      problems.filter((finding) => !isWorstPath(finding)),
      MOST_PROBLEMS,
      summarized,
    ),
    frameworks: frameworksOf(controls.filter((control) => control.accountId === accountId)),
    news: run.baselineRunId === null ? null : newsOf(report, problems),
  };
};

const MOST_PROBLEMS = 8;
const MOST_NEWS = 8;

/** A finding in a few words. */
const summarized = (finding: Finding): SummarizedFinding => ({
  key: cut(finding.key),
  checkId: finding.checkId,
  severity: finding.severity,
  state: finding.state,
  subject: cut(finding.subject.arn),
  summary: cut(finding.summary),
  by: actorOf(finding.by),
});

const actorOf = ([first]: readonly Actor[] = []): Actor | null =>
  first === undefined
    ? null
    : {
        arn: cut(first.arn),
        ...(first.role !== undefined && { role: cut(first.role) }),
        at: first.at,
        request: cut(first.request),
        sourceIp: first.sourceIp === null ? null : cut(first.sourceIp),
      };

const isSettled = ({ state }: Finding): boolean => state === 'resolved' || state === 'suppressed';

const isUnjudged = (finding: Finding): boolean =>
  !isSettled(finding) && (finding.outcome === 'unknown' || finding.state === 'not-evaluated');

const isProblem = (finding: Finding): boolean => !isSettled(finding) && !isUnjudged(finding);

const gapOf = ({ source, status, detail, affects }: CoverageRow): readonly SummarizedGap[] =>
  // What nobody asked for is missing only where a check wanted it.
  status === 'read' || (status === 'skipped' && affects.length === 0)
    ? []
    : [{ source, status, detail: cut(detail), checks: affects.length }];

const frameworksOf = (results: readonly ControlResult[]): readonly FrameworkSummary[] => {
  const frameworks = new Map<string, Record<ControlStatus, string[]>>();
  for (const { framework, control, status } of results) {
    const controls = frameworks.get(framework) ?? { fail: [], pass: [], unknown: [], manual: [], 'not-evaluated': [] };
    controls[status].push(control);
    frameworks.set(framework, controls);
  }
  return [...frameworks].map(([framework, controls]) => ({ framework, controls }));
};

const newsOf = (report: AuditReport, problems: readonly Finding[]): AccountNews => ({
  administrators: some(newAdministrators(report), MOST_NEWS, (each) => each),
  external: some(
    problems.filter(({ external, state }) => external !== undefined && STATES_TO_TELL.has(state)),
    MOST_NEWS,
    summarizedAccess,
  ),
  changes: report.changes === undefined ? null : countsByKind(report.changes),
});

const summarizedAccess = (finding: Finding): SummarizedAccess => ({
  ...summarized(finding),
  principal: cut(finding.external?.principal ?? ''),
  kind: finding.external?.kind ?? 'public',
});

/** An administrator may do everything already: one that may do more than before was none before. */
const newAdministrators = ({
  principals,
  changes = [],
}: AuditReport): readonly { readonly arn: string; readonly by: Actor | null }[] => {
  const administrators = new Set(
    principals.flatMap(({ arn, administrator, type }) => (administrator === 'yes' && type !== 'root' ? [arn] : [])),
  );
  const actors = new Map<string, readonly Actor[]>();
  for (const { subject, permissions, by } of changes) {
    if (!administrators.has(subject.arn) || (permissions?.gained.length ?? 0) === 0) continue;
    actors.set(subject.arn, [...(actors.get(subject.arn) ?? []), ...by]);
  }
  return [...actors].map(([arn, by]) => ({ arn: cut(arn), by: actorOf(by) }));
};

const countsByKind = (changes: readonly AccountChange[]): Readonly<Partial<Record<ChangeKind, number>>> => {
  const counts: Partial<Record<ChangeKind, number>> = {};
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
