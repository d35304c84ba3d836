import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AccountCoverage, AuditReport, Finding, PrincipalSummary, RunInfo } from '../finding/audit-report.ts';
import { confidenceOf } from '../finding/confidence.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { boundedJson } from './bounded-json.ts';
import { inReportOrder } from './report-order.ts';

/** The text of `findings.json`: `schemaVersion` first, members and lists in a fixed order, a newline at the end. */
export const findingsJson = (report: AuditReport): string => {
  const { run, accounts, principals, findings, escalationCuts, analyzer } = inReportOrder(report);
  const document = {
    schemaVersion: report.schemaVersion,
    run: runMembers(run),
    accounts: accounts.map(accountMembers),
    principals: principals.map(principalMembers),
    findings: findings.map(findingMembers),
    ...(escalationCuts && { escalationCuts: escalationCuts.map(cutMembers) }),
    ...(analyzer && { analyzer: analyzer.map(analyzerMembers) }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
};

// Each object is written member by member: the order of the text must not hang on how the audit built its values.

const runMembers = ({ id, startedAt, finishedAt, vigilVersion, referenceDate, baselineRunId }: RunInfo): RunInfo => ({
  id,
  startedAt,
  finishedAt,
  vigilVersion,
  referenceDate,
  baselineRunId,
});

const accountMembers = ({ accountId, alias, collectedAt, complete, coverage }: AccountCoverage): AccountCoverage => ({
  accountId,
  alias,
  collectedAt,
  complete,
  coverage: coverage.map(({ source, status, detail, affects }) => ({ source, status, detail, affects })),
});

const cutMembers = ({ accountId, sentences, changes, closes, usedAccess, verified }: EscalationCut): EscalationCut => ({
  accountId,
  sentences,
  changes,
  closes,
  usedAccess,
  verified,
});

const principalMembers = ({ arn, type, administrator, escalates }: PrincipalSummary): PrincipalSummary => ({
  arn,
  type,
  administrator,
  escalates,
});

const findingMembers = (finding: Finding) => ({
  key: finding.key,
  checkId: finding.checkId,
  category: finding.category,
  severity: finding.severity,
  outcome: finding.outcome,
  state: finding.state,
  accountId: finding.accountId,
  subject: {
    arn: finding.subject.arn,
    type: finding.subject.type,
    id: finding.subject.id,
    part: finding.subject.part,
  },
  title: finding.title,
  summary: finding.summary,
  evidence: boundedJson(finding.evidence),
  conditions: finding.conditions && {
    text: finding.conditions.text,
    formula: boundedJson(finding.conditions.formula),
  },
  remediation: finding.remediation,
  frameworks: finding.frameworks,
  firstSeen: finding.firstSeen,
  lastSeen: finding.lastSeen,
  ...(finding.escalation && { escalation: finding.escalation }),
  ...(finding.external && { external: finding.external }),
  confidence: confidenceOf(finding),
});

const analyzerMembers = (row: AnalyzerComparison): AnalyzerComparison => ({
  accountId: row.accountId,
  findingType: row.findingType,
  resource: row.resource,
  principal: row.principal,
  agreement: row.agreement,
  vigil: row.vigil,
  accessAnalyzer: row.accessAnalyzer,
  unusedAccessDays: row.unusedAccessDays,
  findingIds: row.findingIds,
  checks: row.checks,
});
