import { createHash } from 'node:crypto';
import type { Finding, FindingState } from '../../finding/audit-report.ts';
import type { EscalationStep } from '../../finding/check-result.ts';
import { nameOfArn } from '../name-of-arn.ts';
import { plainText } from './plain-text.ts';
import { SARIF_LEVELS } from './sarif-rules.ts';

/** What a result needs to know of its run. */
interface ResultContext {
  readonly ruleIndex: number | undefined;
  /** Whether there was an audit to compare with. */
  readonly hasBaseline: boolean;
}

const MESSAGE_LIMIT = 2000;

/** A finding as a result of SARIF. */
export const sarifResult = (finding: Finding, { ruleIndex, hasBaseline }: ResultContext) => {
  const { checkId, outcome, severity, subject, accountId, escalation } = finding;
  const fingerprint = createHash('sha256').update(finding.key).digest('hex');
  return {
    ruleId: checkId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    // SARIF 3.27.10: what is no `fail` has no level.
    ...(outcome === 'fail' ? { kind: 'fail', level: SARIF_LEVELS[severity] } : { kind: 'open', level: 'none' }),
    message: { text: messageOf(finding) },
    locations: [locationOf(subject.arn, accountId)],
    // GitHub tells alerts apart by `primaryLocationLineHash` alone.
    partialFingerprints: {
      'vigilFindingKey/v1': fingerprint,
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
    },
    ...(hasBaseline && { baselineState: BASELINE_STATES[finding.state] }),
    ...(escalation && { codeFlows: [{ threadFlows: [{ locations: escalation.steps.map(stepOf(accountId)) }] }] }),
    ...suppressionsOf(finding),
    properties: {
      key: finding.key,
      accountId,
      state: finding.state,
      severity,
      category: finding.category,
      subjectType: subject.type,
      part: subject.part && plainText(subject.part),
      firstSeen: finding.firstSeen,
      lastSeen: finding.lastSeen,
      conditions: finding.conditions && plainText(finding.conditions.text),
      ...(finding.owner !== undefined && { owner: finding.owner && plainText(finding.owner) }),
    },
  };
};

const BASELINE_STATES: Readonly<Record<FindingState, 'new' | 'unchanged' | 'updated' | 'absent'>> = {
  new: 'new',
  reopened: 'new',
  worsened: 'updated',
  open: 'unchanged',
  'not-evaluated': 'unchanged',
  suppressed: 'unchanged',
  resolved: 'absent',
};

// `[text](target)` would be a link (SARIF 3.11.6), and names are chosen by strangers.
const linkless = (text: string): string => text.replaceAll('](', '] (');

const messageOf = ({ summary, conditions }: Finding): string =>
  linkless(plainText(conditions === null ? summary : `${summary} Only where: ${conditions.text}`, MESSAGE_LIMIT)) ||
  'No summary';

/**
 * Where an ARN is, for tools that know of files alone: GitHub takes no result without a file, and refuses a URI with a scheme
 * (github/codeql-action issue 754), which `arn:` would be.
 */
const locationOf = (arn: string, accountId: string) => ({
  physicalLocation: { artifactLocation: { uri: pathOf(arn, accountId) }, region: { startLine: 1 } },
  logicalLocations: [{ name: nameOfArn(arn), fullyQualifiedName: plainText(arn), kind: 'resource' }],
});

/** `aws/123456789012/iam/user/team/alice`; what a file system would take for a step is none. */
const pathOf = (arn: string, accountId: string): string => {
  const [, , service = '', region = '', , ...resource] = arn.split(':');
  return ['aws', accountId, service, region, ...resource.join(':').split('/')]
    .filter((segment) => segment !== '')
    .map((segment) => (/^\.+$/.test(segment) ? `_${segment}` : segment))
    .map((segment) => encodeURIComponent(plainText(segment)))
    .join('/');
};

const stepOf =
  (accountId: string) =>
  ({ method, from, to, requests }: EscalationStep) => {
    const actions = requests.map(({ action }) => action).join(', ');
    return {
      location: {
        ...locationOf(from, accountId),
        message: {
          text: linkless(plainText(`${nameOfArn(from)} reaches ${nameOfArn(to)}: ${actions}`, MESSAGE_LIMIT)),
        },
      },
      properties: { method },
    };
  };

const suppressionsOf = ({ state, suppression }: Finding) => {
  if (state !== 'suppressed') return {};
  if (suppression === undefined) return { suppressions: [{ kind: 'external', status: 'accepted' }] };
  const { reason, justification, owner, approver, ticket, expires } = suppression;
  return {
    suppressions: [
      {
        kind: 'external',
        status: 'accepted',
        justification: linkless(plainText(justification, MESSAGE_LIMIT)),
        properties: { reason, owner, approver, ticket, expires },
      },
    ],
  };
};
