import type { AccountCoverage, AuditReport, Finding, FindingState, RunInfo } from '../../finding/audit-report.ts';
import type { Severity } from '../../finding/check-result.ts';
import { type Confidence, confidenceOf } from '../../finding/confidence.ts';
import { epochMillis } from '../../kernel/time.ts';
import { boundedJson } from '../bounded-json.ts';
import { whatWithThresholds } from '../check-text.ts';
import { inReportOrder } from '../report-order.ts';
import { CATEGORY_LABELS } from '../words.ts';
import { partitionOf } from './aws-place.ts';
import { jsonList } from './json-list.ts';
import type { CheckRule, MachineAssets } from './machine-assets.ts';
import { ocsfAnalysis } from './ocsf-analysis.ts';
import { type ControlTitles, controlTitles, ocsfCompliance } from './ocsf-compliance.ts';
import { ocsfAccount, ocsfResource, ocsfUser } from './ocsf-objects.ts';
import { plainText } from './plain-text.ts';

/**
 * The text of `findings.ocsf.json`: a JSON list with one event of OCSF 1.6.0 a finding, in the order of the report. Paths of
 * escalation are Detection Findings (2004); what says who can reach something, what a principal was granted, or what it
 * used, is an IAM Analysis Finding (2008); all else, and whatever could not be judged, is a Compliance Finding (2003).
 */
export const findingsOcsf = (report: AuditReport, { rules, controls }: MachineAssets): string => {
  const { run, accounts, findings } = inReportOrder(report);
  const context: OcsfContext = {
    run,
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    rules: new Map(rules.map((rule) => [rule.checkId, rule])),
    titles: controlTitles(controls),
  };
  return jsonList(findings.map((finding) => eventOf(finding, context)));
};

interface OcsfContext {
  readonly run: RunInfo;
  readonly accounts: ReadonlyMap<string, AccountCoverage>;
  readonly rules: ReadonlyMap<string, CheckRule>;
  readonly titles: ControlTitles;
}

const eventOf = (finding: Finding, context: OcsfContext) => {
  const { run, accounts, rules, titles } = context;
  const { subject, accountId, remediation } = finding;
  const rule = rules.get(finding.checkId);
  const [activityId, activity] = ACTIVITIES[finding.state];
  const [severityId, severity] = OCSF_SEVERITIES[finding.severity];
  const [statusId, status] = STATUSES[finding.state];
  const [confidenceId, confidence] = CONFIDENCES[confidenceOf(finding)];
  const { uid, name, body } = classOf(finding, rule, titles);
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: uid,
    class_name: name,
    type_uid: uid * 100 + activityId,
    type_name: `${name}: ${activity}`,
    time: epochMillis(run.finishedAt),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    status_detail: finding.state,
    confidence_id: confidenceId,
    confidence,
    message: plainText(finding.summary),
    ...(finding.suppression && { comment: plainText(finding.suppression.justification) }),
    metadata: {
      version: '1.6.0',
      uid: `${run.id}:${finding.key}`,
      correlation_uid: run.id,
      event_code: finding.checkId,
      product: { name: 'Vigil', vendor_name: 'Vigil', version: run.vigilVersion },
      profiles: ['cloud'],
    },
    cloud: {
      provider: 'AWS',
      account: ocsfAccount(accountId, accounts.get(accountId)?.alias ?? null),
      cloud_partition: partitionOf(subject.arn),
      region: ocsfResource(finding).region,
    },
    finding_info: infoOf(finding, rule, run),
    resources: [ocsfResource(finding)],
    ...(remediation.length > 0 && {
      remediation: {
        desc: plainText(remediation.join(' ')),
        ...(rule && { references: rule.references }),
      },
    }),
    ...body,
    unmapped: unmappedOf(finding),
  };
};

/** What a class adds to what all findings have. */
interface OcsfClass {
  readonly uid: 2003 | 2004 | 2008;
  readonly name: string;
  readonly body: object;
}

const classOf = (finding: Finding, rule: CheckRule | undefined, titles: ControlTitles): OcsfClass => {
  const compliance = (): OcsfClass => ({
    uid: 2003,
    name: 'Compliance Finding',
    body: { compliance: ocsfCompliance(finding, rule, titles) },
  });
  if (finding.outcome === 'unknown') return compliance();
  if (finding.category === 'escalation') {
    return { uid: 2004, name: 'Detection Finding', body: { is_alert: ALERTING.has(finding.state) } };
  }
  const analysis = ocsfAnalysis(finding);
  if (analysis === null) return compliance();
  return { uid: 2008, name: 'IAM Analysis Finding', body: { ...ocsfUser(finding), ...analysis } };
};

const ALERTING: ReadonlySet<FindingState> = new Set(['new', 'worsened', 'reopened']);

type Enumerated = readonly [id: number, caption: string];

const ACTIVITIES: Readonly<Record<FindingState, Enumerated>> = {
  new: [1, 'Create'],
  worsened: [2, 'Update'],
  reopened: [2, 'Update'],
  open: [2, 'Update'],
  'not-evaluated': [2, 'Update'],
  suppressed: [2, 'Update'],
  resolved: [3, 'Close'],
};

// `In Progress` would say that somebody is at it, which nobody told us.
const STATUSES: Readonly<Record<FindingState, Enumerated>> = {
  new: [1, 'New'],
  worsened: [1, 'New'],
  reopened: [1, 'New'],
  open: [1, 'New'],
  'not-evaluated': [0, 'Unknown'],
  suppressed: [3, 'Suppressed'],
  resolved: [4, 'Resolved'],
};

const OCSF_SEVERITIES: Readonly<Record<Severity, Enumerated>> = {
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

const CONFIDENCES: Readonly<Record<Confidence, Enumerated>> = {
  certain: [3, 'High'],
  proven: [3, 'High'],
  derived: [2, 'Medium'],
  conditional: [2, 'Medium'],
  unknown: [0, 'Unknown'],
};

const infoOf = (finding: Finding, rule: CheckRule | undefined, run: RunInfo) => ({
  uid: finding.key,
  title: plainText(finding.title),
  desc: plainText(finding.summary),
  types: [CATEGORY_LABELS[finding.category]],
  created_time: epochMillis(finding.firstSeen),
  first_seen_time: epochMillis(finding.firstSeen),
  last_seen_time: epochMillis(finding.lastSeen),
  modified_time: epochMillis(run.finishedAt),
  analytic: {
    uid: finding.checkId,
    name: plainText(rule?.title ?? finding.title),
    ...(rule && { desc: whatWithThresholds(rule) }),
    category: finding.category,
    type_id: 1,
    type: 'Rule',
    version: run.vigilVersion,
  },
});

// `unmapped` is free of form: what OCSF has no place for stands there as `findings.json` tells it.
const unmappedOf = ({
  state,
  subject,
  evidence,
  conditions,
  escalation,
  external,
  owner,
  frameworks,
  by,
}: Finding) => ({
  state,
  part: subject.part,
  evidence: boundedJson(evidence),
  conditions: conditions && { text: conditions.text, formula: boundedJson(conditions.formula) },
  frameworks,
  ...(escalation && { escalation }),
  ...(external && { external }),
  ...(owner !== undefined && { owner }),
  ...(by && { by }),
});
