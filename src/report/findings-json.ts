import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AccountCoverage, AuditReport, Finding, PrincipalSummary, RunInfo } from '../finding/audit-report.ts';
import { confidenceOf } from '../finding/confidence.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { People } from '../finding/people.ts';
import type { FindingSuppression, SuppressionStatus } from '../finding/suppression.ts';
import { suppressionWarnings } from '../finding/suppression-warnings.ts';
import { actorMembers } from './actor-view.ts';
import { boundedJson } from './bounded-json.ts';
import { changeMembers, comparisonMembers } from './change-members.ts';
import { inReportOrder } from './report-order.ts';

/** The text of `findings.json`: `schemaVersion` first, members and lists in a fixed order, a newline at the end. */
export const findingsJson = (report: AuditReport): string => {
  const {
    run,
    accounts,
    expected,
    principals,
    findings,
    escalationCuts,
    analyzer,
    suppressions,
    changes,
    comparisons,
  } = inReportOrder(report);
  const document = {
    schemaVersion: report.schemaVersion,
    run: runMembers(run),
    accounts: accounts.map(accountMembers),
    ...(expected && { expected: expected.map(expectedMembers) }),
    principals: principals.map(principalMembers),
    findings: findings.map(findingMembers),
    ...(escalationCuts && { escalationCuts: escalationCuts.map(cutMembers) }),
    ...(analyzer && { analyzer: analyzer.map(analyzerMembers) }),
    ...(suppressions && { suppressions: suppressions.map(suppressionMembers) }),
    ...(changes && { changes: changes.map(changeMembers) }),
    ...(comparisons && { comparisons: comparisons.map(comparisonMembers) }),
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

/** An account that was to be read, as reports in JSON tell it. */
export const expectedMembers = (account: ExpectedAccount): ExpectedAccount => ({
  accountId: account.accountId,
  name: account.name,
  group: account.group,
  status: account.status,
  reason: account.reason,
  lastRead: account.lastRead && { runId: account.lastRead.runId, startedAt: account.lastRead.startedAt },
  droppedOut: account.droppedOut,
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

/** A finding as `findings.json` tells it. */
export const findingMembers = (finding: Finding) => ({
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
  // Absent where nobody configured owners.
  ...(finding.owner !== undefined && { owner: finding.owner }),
  ...(finding.people && { people: peopleMembers(finding.people) }),
  ...(finding.by && { by: finding.by.map(actorMembers) }),
  ...(finding.state === 'suppressed' && finding.suppression && { suppression: suppressedMembers(finding.suppression) }),
});

const peopleMembers = (people: People): People => ({
  permissionSet: people.permissionSet,
  unknown: people.unknown,
  users: people.users,
  moreUsers: people.moreUsers,
  groups: people.groups.map(({ name, members, moreMembers }) => ({ name, members, moreMembers })),
  moreGroups: people.moreGroups,
});

const suppressedMembers = (suppression: FindingSuppression): FindingSuppression => ({
  file: suppression.file,
  line: suppression.line,
  reason: suppression.reason,
  justification: suppression.justification,
  owner: suppression.owner,
  approver: suppression.approver,
  ticket: suppression.ticket,
  expires: suppression.expires,
  pin: suppression.pin,
});

const suppressionMembers = (status: SuppressionStatus) => ({
  file: status.rule.file,
  line: status.rule.line,
  check: status.rule.check,
  principal: status.rule.principal,
  resource: status.rule.resource,
  account: status.rule.account,
  part: status.rule.part,
  glob: status.rule.glob,
  reason: status.rule.reason,
  justification: status.rule.justification,
  owner: status.rule.owner,
  approver: status.rule.approver,
  ticket: status.rule.ticket,
  created: status.rule.created,
  expires: status.rule.expires,
  pin: status.rule.pin,
  daysLeft: status.daysLeft,
  notice: status.notice,
  findings: status.matches.map(({ key, verdict }) => ({ key, verdict })),
  warnings: suppressionWarnings([status]),
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
