import type { Finding, FindingState } from '../finding/audit-report.ts';
import { type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';
import type { Instant } from '../kernel/time.ts';
import { type ActorView, actorView } from './actor-view.ts';
import { cutOfFinding } from './cut-of-finding.ts';
import { type EscalationView, escalationView } from './escalation-view.ts';
import type { EvidenceRow } from './evidence-view.ts';
import { EXTERNAL_LABELS } from './external-view.ts';
import { findingAnchor } from './finding-anchor.ts';
import { findingEvidence } from './finding-evidence.ts';
import type { GuideLink } from './guide-view.ts';
import type { MethodTitles } from './method-titles.ts';
import { nameOfArn, nameOfSubject } from './name-of-arn.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { type AcceptedView, acceptedView } from './suppressions-view.ts';
import { piecesOf, visibleText } from './visible-text.ts';
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
  /** When it was seen last; null where that is when it was seen first. */
  readonly lastSeen: TimeView | null;
  readonly evidence: readonly EvidenceRow[];
  readonly conditions: readonly ProsePart[] | null;
  readonly escalation: EscalationView | null;
  /** The change that closes it. */
  readonly cut: readonly ProsePart[] | null;
  readonly external: ExternalView | null;
  readonly frameworks: readonly string[];
  /** Who made the change behind it; empty: it is not known. */
  readonly by: readonly ActorView[];
  /** Who answers for it; null: nobody is named. */
  readonly owner: string | null;
  /** What was accepted, where it is suppressed and by which entry is known. */
  readonly accepted: AcceptedView | null;
  /** The guidance of its check. */
  readonly guide: GuideLink;
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

interface ExternalView {
  readonly principal: readonly string[];
  readonly kindLabel: string;
  readonly resource: readonly string[];
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

/** How a state is called on the page. */
export const stateLabel = (state: FindingState): string => STATE_LABELS[state];

/** An instant for the page. */
export const timeView = (instant: Instant): TimeView => ({
  iso: instant,
  day: dayInWords(instant),
  time: timeInWords(instant),
});

/** What a finding's view takes from the rest of the report. */
interface FindingSurroundings {
  /** What people call its account. */
  readonly accountLabel: string;
  readonly guide: GuideLink;
  readonly methods: MethodTitles;
}

/** A finding as the page shows it. */
export const findingView = (finding: Finding, { accountLabel, guide, methods }: FindingSurroundings): FindingView => {
  const subject = subjectView(finding, accountLabel);
  const cut = cutOfFinding(finding);
  return {
    anchor: findingAnchor(finding.key),
    severity: finding.severity,
    severityRank: SEVERITIES.indexOf(finding.severity),
    severityLabel: finding.outcome === 'unknown' ? 'Unknown' : capitalized(finding.severity),
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
    lastSeen: finding.lastSeen === finding.firstSeen ? null : timeView(finding.lastSeen),
    evidence: findingEvidence(finding, methods),
    conditions: finding.conditions && proseOf(finding.conditions.text),
    escalation: finding.escalation ? escalationView(finding.escalation, methods) : null,
    cut: cut === null ? null : proseOf(cut),
    external: finding.external ? externalView(finding.external) : null,
    frameworks: finding.frameworks.map(visibleText),
    by: (finding.by ?? []).map(actorView),
    owner: ownerLabel(finding),
    accepted: finding.state === 'suppressed' && finding.suppression ? acceptedView(finding.suppression) : null,
    guide,
  };
};

/** Who answers for a finding, as the page names them; null: nobody is named. */
export const ownerLabel = ({ owner = null }: Finding): string | null => (owner === null ? null : visibleText(owner));

const subjectView = (finding: Finding, accountLabel: string): SubjectView => ({
  name: nameOfSubject(finding, accountLabel),
  typeLabel: nameInWords(finding.subject.type),
  arn: visibleText(finding.subject.arn),
  id: visibleText(finding.subject.id),
  part: finding.subject.part === null ? null : partName(finding.subject.part),
});

/** A part that has an ARN is called as a subject would be. */
const partName = (part: string): string => (part.startsWith('arn:') ? nameOfArn(part) : visibleText(part));

const externalView = ({ principal, kind, resource, actions }: NonNullable<Finding['external']>): ExternalView => ({
  principal: piecesOf(principal),
  kindLabel: EXTERNAL_LABELS[kind],
  resource: piecesOf(resource),
  actions: actions.map(visibleText),
});
