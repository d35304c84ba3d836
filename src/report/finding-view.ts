import { createHash } from 'node:crypto';
import type { Finding, FindingState } from '../finding/audit-report.ts';
import { type Category, type Escalation, SEVERITIES, type Severity } from '../finding/check-result.ts';
import type { Instant } from '../kernel/time.ts';
import { type EvidenceRow, evidenceRows } from './evidence-view.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { CATEGORY_LABELS, capitalized, dayInWords, nameInWords, timeInWords } from './words.ts';

/** A finding as the page shows it; texts hold nothing invisible. */
export interface FindingView {
  /** The element's id, the same every night: what a link to the finding names. */
  readonly anchor: string;
  readonly severity: Severity;
  /** 0 is the worst. */
  readonly severityRank: number;
  readonly severityLabel: string;
  readonly checkId: string;
  readonly category: Category;
  readonly categoryLabel: string;
  readonly outcome: Finding['outcome'];
  readonly state: FindingState;
  readonly stateLabel: string;
  readonly accountId: string;
  readonly accountLabel: string;
  readonly title: string;
  readonly summary: readonly ProsePart[];
  readonly subject: SubjectView;
  /** What the column `Subject` is sorted by. */
  readonly subjectOrder: string;
  readonly firstSeen: TimeView;
  readonly lastSeen: TimeView;
  readonly evidence: readonly EvidenceRow[];
  readonly conditions: readonly ProsePart[] | null;
  readonly escalation: EscalationView | null;
  readonly external: ExternalView | null;
  readonly frameworks: readonly string[];
  /** The guidance of its check. */
  readonly guide: { readonly anchor: string; readonly number: number };
}

/** An instant for the page: `iso` for programs, `day` and `time` for people. */
export interface TimeView {
  readonly iso: string;
  readonly day: string;
  readonly time: string;
}

interface SubjectView {
  readonly name: string;
  readonly typeLabel: string;
  readonly arn: string;
  readonly id: string;
  readonly part: string | null;
}

interface EscalationView {
  readonly reaches: string;
  readonly proofLabel: string;
  readonly proofText: string;
  readonly steps: readonly {
    readonly method: string;
    readonly from: string;
    /** What it becomes; null where it remains itself and holds more. */
    readonly to: string | null;
    readonly requests: readonly {
      readonly action: string;
      readonly resource: string;
      readonly grantedBy: readonly { readonly policy: string; readonly statement: string }[];
    }[];
  }[];
}

interface ExternalView {
  readonly principal: string;
  readonly kindLabel: string;
  readonly resource: string;
  readonly actions: readonly string[];
}

const STATE_LABELS: Readonly<Record<FindingState, string>> = {
  new: 'New',
  open: 'Open',
  worsened: 'Worsened',
  reopened: 'Reopened',
  resolved: 'Resolved',
  suppressed: 'Suppressed',
  'not-evaluated': 'Not evaluated',
};

const PROOF_TEXTS: Readonly<Record<Escalation['proof'], string>> = {
  proven: 'Every request was carried out on a copy of the account, as the principal that the attacker is by then.',
  derived:
    'Every request is authorized by the policies of the account; what it changes was worked out, not carried out.',
  conditional: 'The requests are authorized only where the conditions named here hold.',
};

const EXTERNAL_LABELS = {
  public: 'Anybody',
  account: 'Another account',
  organization: 'An organization',
  federated: 'An identity provider',
  service: 'A service',
} as const;

/** The states of a finding, what asks for attention first. */
export const STATES: readonly FindingState[] = [
  'new',
  'worsened',
  'reopened',
  'open',
  'not-evaluated',
  'suppressed',
  'resolved',
];

/** How a state is called on the page. */
export const stateLabel = (state: FindingState): string => STATE_LABELS[state];

/** What a principal or thing is called by people: `alice` of `arn:aws:iam::123456789012:user/team/alice`. */
export const nameOfArn = (arn: string): string => {
  const resource = arn.split(':').slice(5).join(':');
  if (resource === 'root') return 'root user';
  // A path holds visible ASCII alone. A name with other characters, which AWS forbids but a file may have, stays whole.
  return visibleText(resource.replace(/^(?:[!-~]*\/)*/, '') || arn);
};

/** An instant for the page. */
export const timeView = (instant: Instant): TimeView => ({
  iso: instant,
  day: dayInWords(instant),
  time: timeInWords(instant),
});

/** A finding as the page shows it; `accountLabel` is what people call its account. */
export const findingView = (finding: Finding, accountLabel: string, guide: FindingView['guide']): FindingView => {
  const subject = subjectView(finding, accountLabel);
  return {
    anchor: `f-${createHash('sha256').update(finding.key).digest('hex').slice(0, 12)}`,
    severity: finding.severity,
    severityRank: SEVERITIES.indexOf(finding.severity),
    severityLabel: capitalized(finding.severity),
    checkId: visibleText(finding.checkId),
    category: finding.category,
    categoryLabel: CATEGORY_LABELS[finding.category],
    outcome: finding.outcome,
    state: finding.state,
    stateLabel: stateLabel(finding.state),
    accountId: visibleText(finding.accountId),
    accountLabel,
    title: visibleText(finding.title),
    summary: proseOf(finding.summary),
    subject,
    subjectOrder: `${subject.name.toLowerCase()} ${subject.part ?? ''}`,
    firstSeen: timeView(finding.firstSeen),
    lastSeen: timeView(finding.lastSeen),
    evidence: evidenceRows(finding.evidence),
    conditions: finding.conditions && proseOf(finding.conditions.text),
    escalation: finding.escalation ? escalationView(finding.escalation) : null,
    external: finding.external ? externalView(finding.external) : null,
    frameworks: finding.frameworks.map(visibleText),
    guide: { anchor: guide.anchor, number: guide.number },
  };
};

const subjectView = ({ subject }: Finding, accountLabel: string): SubjectView => ({
  name: subject.type === 'Account' ? accountLabel : nameOfArn(subject.arn),
  typeLabel: nameInWords(subject.type),
  arn: visibleText(subject.arn),
  id: visibleText(subject.id),
  part: subject.part === null ? null : visibleText(subject.part),
});

const reached = (arnOrWord: string): string =>
  arnOrWord.startsWith('arn:') ? nameOfArn(arnOrWord) : visibleText(arnOrWord);

const escalationView = ({ reaches, proof, steps }: Escalation): EscalationView => ({
  reaches: reached(reaches),
  proofLabel: capitalized(proof),
  proofText: PROOF_TEXTS[proof],
  steps: steps.map(({ method, from, to, requests }) => ({
    method: visibleText(method),
    from: reached(from),
    to: to === from ? null : reached(to),
    requests: requests.map(({ action, resource, grantedBy }) => ({
      action: visibleText(action),
      resource: visibleText(resource),
      grantedBy: grantedBy.map(({ policy, statement }) => ({
        policy: visibleText(policy),
        // People count from one, `findings.json` from zero.
        statement: `statement ${statement + 1}`,
      })),
    })),
  })),
});

const externalView = ({ principal, kind, resource, actions }: NonNullable<Finding['external']>): ExternalView => ({
  principal: visibleText(principal),
  kindLabel: EXTERNAL_LABELS[kind],
  resource: visibleText(resource),
  actions: actions.map(visibleText),
});
