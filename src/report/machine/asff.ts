import { createHash } from 'node:crypto';
import type { AccountCoverage, AuditReport, Finding, FindingState, RunInfo } from '../../finding/audit-report.ts';
import type { Category, Severity, SubjectType } from '../../finding/check-result.ts';
import { confidenceOf } from '../../finding/confidence.ts';
import { boundedJson } from '../bounded-json.ts';
import { nameOfSubject } from '../name-of-arn.ts';
import { inReportOrder } from '../report-order.ts';
import { partitionOf, regionOf } from './aws-place.ts';
import { jsonList } from './json-list.ts';
import type { CheckRule, MachineAssets } from './machine-assets.ts';
import { plainText } from './plain-text.ts';

/**
 * The text of `findings.asff.json`: a list of findings in the AWS Security Finding Format (schema 2018-10-08), as
 * `BatchImportFindings` of Security Hub takes them, a hundred a call. Lengths are those that the API demands
 * (docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html).
 */
export const findingsAsff = (report: AuditReport, { rules }: MachineAssets): string => {
  const { run, accounts, findings } = inReportOrder(report);
  const byId = new Map(rules.map((rule) => [rule.checkId, rule]));
  const byAccount = new Map(accounts.map((account) => [account.accountId, account]));
  return jsonList(
    findings.map((finding) =>
      asffFinding(finding, { run, rule: byId.get(finding.checkId), account: byAccount.get(finding.accountId) }),
    ),
  );
};

interface AsffContext {
  readonly run: RunInfo;
  readonly rule: CheckRule | undefined;
  readonly account: AccountCoverage | undefined;
}

/** What the API takes at most: UTF-16 units of a text, members of a list. */
const LIMITS = {
  id: 512,
  accountName: 50,
  title: 256,
  description: 1024,
  recommendation: 512,
  note: 512,
  requirement: 64,
  requirements: 32,
  productField: 2048,
  other: 1024,
} as const;

const asffFinding = (finding: Finding, { run, rule, account }: AsffContext) => {
  const { accountId, checkId, severity, outcome, state, firstSeen, lastSeen, subject } = finding;
  const partition = partitionOf(subject.arn);
  // The product of findings that are an account's own; its region is that of the Security Hub that gets them.
  const productArn = `arn:${partition}:securityhub:${regionOf(`arn:${partition}:::`)}:${accountId}:product/${accountId}/default`;
  const told = { Severity: { Label: LABELS[severity], Original: severity }, Types: TYPES[finding.category] };
  const name = nameOfSubject(finding, accountId);
  return {
    SchemaVersion: '2018-10-08',
    Id: idOf(finding.key),
    ProductArn: productArn,
    ProductName: 'Vigil',
    CompanyName: 'Vigil',
    GeneratorId: `vigil/${checkId}`,
    AwsAccountId: accountId,
    ...(account?.alias && { AwsAccountName: plainText(account.alias, LIMITS.accountName) }),
    ...told,
    // What an import may change later; the same two members above are taken at the first import alone.
    FindingProviderFields: told,
    FirstObservedAt: firstSeen,
    LastObservedAt: lastSeen,
    CreatedAt: firstSeen,
    UpdatedAt: run.finishedAt,
    Title: plainText(`${finding.title}: ${name}`, LIMITS.title),
    Description: plainText(finding.summary.trim() || finding.title, LIMITS.description),
    ...remediationOf(finding, rule),
    ...complianceOf(finding),
    Resources: [resourceOf(finding)],
    Workflow: { Status: WORKFLOWS[state] },
    RecordState: state === 'resolved' ? 'ARCHIVED' : 'ACTIVE',
    ProductFields: productFields(finding, run),
    ...noteOf(finding, run),
    ...(outcome === 'unknown' && { VerificationState: 'UNKNOWN' }),
  };
};

// A key may hold a name or an ARN; the hash of a long one tells it apart as well.
const idOf = (key: string): string => {
  const id = `vigil/${plainText(key)}`;
  return id.length <= LIMITS.id ? id : `vigil/${createHash('sha256').update(key).digest('hex')}`;
};

const LABELS: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

// Types taxonomy for ASFF (Security Hub User Guide): namespace, category, classifier.
const BEST_PRACTICES = 'Software and Configuration Checks/AWS Security Best Practices';
const TYPES: Readonly<Record<Category, readonly string[]>> = {
  credentials: [BEST_PRACTICES],
  account: [BEST_PRACTICES],
  policy: [BEST_PRACTICES],
  unused: [`${BEST_PRACTICES}/Unused Access`],
  external: ['Effects/Data Exposure/External Access Granted', BEST_PRACTICES],
  escalation: ['TTPs/Privilege Escalation', BEST_PRACTICES],
};

const WORKFLOWS: Readonly<Record<FindingState, 'NEW' | 'SUPPRESSED' | 'RESOLVED'>> = {
  new: 'NEW',
  worsened: 'NEW',
  reopened: 'NEW',
  open: 'NEW',
  'not-evaluated': 'NEW',
  suppressed: 'SUPPRESSED',
  resolved: 'RESOLVED',
};

const remediationOf = ({ remediation }: Finding, rule: CheckRule | undefined) => {
  const text = plainText(remediation.join(' '), LIMITS.recommendation);
  const [url] = (rule?.references ?? []).filter((reference) => reference.startsWith('https://'));
  return text === '' ? {} : { Remediation: { Recommendation: { Text: text, ...(url && { Url: url }) } } };
};

const complianceOf = ({ frameworks, outcome, state }: Finding) => {
  if (frameworks.length === 0) return {};
  const isUnknown = outcome === 'unknown' || state === 'not-evaluated';
  const status = state === 'resolved' ? 'PASSED' : 'FAILED';
  return {
    Compliance: {
      Status: isUnknown ? 'WARNING' : status,
      RelatedRequirements: frameworks
        .slice(0, LIMITS.requirements)
        .map((requirement) => plainText(requirement, LIMITS.requirement)),
    },
  };
};

const RESOURCE_TYPES: Readonly<Partial<Record<SubjectType, string>>> = {
  Account: 'AwsAccount',
  RootUser: 'AwsAccount',
  User: 'AwsIamUser',
  Group: 'AwsIamGroup',
  Role: 'AwsIamRole',
  ManagedPolicy: 'AwsIamPolicy',
};

const SERVICE_TYPES: Readonly<Record<string, string>> = {
  s3: 'AwsS3Bucket',
  sqs: 'AwsSqsQueue',
  sns: 'AwsSnsTopic',
  lambda: 'AwsLambdaFunction',
  kms: 'AwsKmsKey',
  secretsmanager: 'AwsSecretsManagerSecret',
  dynamodb: 'AwsDynamoDbTable',
  ecr: 'AwsEcrRepository',
};

const resourceOf = ({ subject, accountId }: Finding) => {
  const { arn, type, id, part } = subject;
  const ofService = SERVICE_TYPES[arn.split(':')[2] ?? ''] ?? 'Other';
  const other = {
    subjectType: type,
    id: plainText(id, LIMITS.other),
    ...(part && { part: plainText(part, LIMITS.other) }),
  };
  return {
    Type: RESOURCE_TYPES[type] ?? (type === 'Resource' ? ofService : 'Other'),
    // Security Hub's own findings name an account so.
    Id: RESOURCE_TYPES[type] === 'AwsAccount' ? `AWS::::Account:${accountId}` : plainText(arn, LIMITS.id),
    Partition: partitionOf(arn),
    Region: regionOf(arn),
    Details: { Other: other },
  };
};

/** What ASFF has no place for, as texts. Empty ones are left out: the API refuses them. */
const productFields = (finding: Finding, run: RunInfo): Readonly<Record<string, string>> => {
  const { key, category, state, conditions, external, escalation, owner, evidence } = finding;
  const fields = {
    'vigil/key': key,
    'vigil/runId': run.id,
    'vigil/category': category,
    'vigil/state': state,
    'vigil/confidence': confidenceOf(finding),
    'vigil/conditions': conditions?.text ?? '',
    'vigil/owner': owner ?? '',
    'vigil/externalPrincipal': external?.principal ?? '',
    'vigil/escalationReaches': escalation?.reaches ?? '',
    'vigil/escalationMethods': escalation?.steps.map(({ method }) => method).join(' ') ?? '',
    'vigil/evidence': JSON.stringify(boundedJson(evidence)),
  };
  const cut = Object.entries(fields).map(
    ([name, text]) => [name, plainText(text.trim(), LIMITS.productField)] as const,
  );
  return Object.fromEntries(cut.filter(([, text]) => text !== ''));
};

const noteOf = ({ state, suppression }: Finding, run: RunInfo) => {
  if (state !== 'suppressed' || suppression === undefined) return {};
  const { reason, justification, approver, expires } = suppression;
  const text = `${reason}, approved by ${approver}, until ${expires}: ${justification}`;
  return { Note: { Text: plainText(text, LIMITS.note), UpdatedBy: 'vigil', UpdatedAt: run.finishedAt } };
};
