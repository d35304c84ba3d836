import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { cutOfFinding } from './cut-of-finding.ts';
import type { EscalationView, GrantView } from './escalation-view.ts';
import type { EvidenceRow } from './evidence-view.ts';
import { filterHref } from './filter-href.ts';
import type { FindingView } from './finding-view.ts';
import type { GuideLink } from './guide-view.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { capitalized, counted, listedInWords } from './words.ts';

/** The worst that could happen, a card for each cause, with its proof and the smallest change that ends it. */
export interface TopRisksView {
  readonly cards: readonly RiskCard[];
  /** What is as bad and has no card; null: nothing. */
  readonly others: { readonly text: string; readonly href: string } | null;
}

interface RiskCard {
  /** The element's id; the same every night for as long as the same finding is the worst of its cause. */
  readonly anchor: string;
  readonly severity: Finding['severity'];
  readonly severityLabel: string;
  readonly title: string;
  /** How many findings the cause has; null: one. */
  readonly count: string | null;
  /** Whom it is about, with links to their findings. */
  readonly subjects: readonly { readonly name: string; readonly accountLabel: string; readonly href: string }[];
  readonly otherSubjects: { readonly text: string; readonly href: string } | null;
  /** How sure it is. */
  readonly proof: { readonly label: string; readonly text: string };
  /** The finding that is proven here, the surest and shortest of the worst of its cause. */
  readonly lead: FindingView;
  /** Its path in short; empty: it is no path. */
  readonly steps: readonly ShortStep[];
  /** Facts that show it, where neither a path nor an access from outside does. */
  readonly facts: readonly EvidenceRow[];
  readonly mend: Mend;
}

/** A step of a path, told in short. */
interface ShortStep extends Pick<EscalationView['steps'][number], 'from' | 'deed' | 'to'> {
  readonly actions: readonly string[];
  /** The statements that grant them, each once. */
  readonly grants: readonly GrantView[];
}

/** The smallest change that ends a risk. */
interface Mend {
  readonly sentences: readonly (readonly ProsePart[])[];
  /** What is known of the change; null: nothing. */
  readonly known: string | null;
  readonly guide: GuideLink;
}

/** Findings of one cause. */
interface Cause {
  readonly findings: readonly [Finding, ...Finding[]];
  /** What closes them together; null: each has a change of its own. */
  readonly cut: EscalationCut | null;
}

const MOST_CARDS = 6;
const SUBJECTS_SHOWN = 6;
const MOST_SENTENCES = 3;
const MOST_GRANTS = 3;
const MOST_FACTS = 3;
const BAD: ReadonlySet<Finding['severity']> = new Set(['critical', 'high', 'medium']);

/** The worst problems by what causes them, the worst first; `viewOf` gives a finding as the page shows it. Null: there is none. */
export const topRisks = (
  { escalationCuts = [] }: Pick<AuditReport, 'escalationCuts'>,
  problems: readonly Finding[],
  viewOf: (finding: Finding) => FindingView | undefined,
): TopRisksView | null => {
  const causes = inTurns(
    causesOf(
      problems.filter(({ severity }) => BAD.has(severity)),
      escalationCuts,
    ),
  );
  const told = causes.slice(0, MOST_CARDS);
  const cards = told.flatMap((cause) => {
    const lead = viewOf(cause.findings[0]);
    return lead === undefined ? [] : [cardOf(cause, lead, viewOf)];
  });
  if (cards.length === 0) return null;
  return { cards, others: othersOf(causes.slice(told.length)) };
};

/** Findings with one cause: those that one change closes, or those of one check. */
const causesOf = (findings: readonly Finding[], cuts: readonly EscalationCut[]): readonly Cause[] => {
  const cutOf = new Map<string, EscalationCut>();
  for (const cut of cuts) for (const arn of cut.closes) if (!cutOf.has(arn)) cutOf.set(arn, cut);
  const causes = new Map<EscalationCut | string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const cut = finding.escalation?.reaches === 'administrator' ? cutOf.get(finding.subject.arn) : undefined;
    const cause = cut ?? finding.checkId;
    const alike = causes.get(cause);
    if (alike === undefined) causes.set(cause, [finding]);
    else alike.push(finding);
  }
  return [...causes].map(([cause, alike]) => ({
    findings: alike.sort(byProof),
    cut: typeof cause === 'string' ? null : cause,
  }));
};

const PROOFS = ['proven', 'derived', 'conditional'] as const;

/** The worst first, of those the surest, of those the shortest path. */
const byProof = (left: Finding, right: Finding): number => {
  const [one, other] = [left, right].map(({ severity, escalation }) => [
    [...BAD].indexOf(severity),
    escalation === undefined ? 0 : PROOFS.indexOf(escalation.proof),
    escalation?.steps.length ?? 0,
  ]);
  const differing = one?.map((rank, index) => rank - (other?.[index] ?? 0)).find((difference) => difference !== 0);
  return differing ?? 0;
};

/** The worst first; of those as bad, one cause of each check before a second of any, so that no check hides the others. */
const inTurns = (causes: readonly Cause[]): readonly Cause[] => {
  const turns = new Map<string, number>();
  const keyed = causes.map((cause) => {
    const [{ checkId, severity }] = cause.findings;
    const kind = `${severity} ${checkId}`;
    const turn = turns.get(kind) ?? 0;
    turns.set(kind, turn + 1);
    return { cause, severity, turn };
  });
  const order = [...BAD];
  return keyed
    .sort((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity) || left.turn - right.turn)
    .map(({ cause }) => cause);
};

const cardOf = (
  { findings, cut }: Cause,
  lead: FindingView,
  viewOf: (finding: Finding) => FindingView | undefined,
): RiskCard => {
  const [worst, ...more] = findings;
  const unshown = findings.length - SUBJECTS_SHOWN;
  const hasRest = unshown > 1;
  return {
    anchor: `risk-${lead.anchor}`,
    severity: worst.severity,
    severityLabel: capitalized(worst.severity),
    title: lead.title,
    count: more.length === 0 ? null : counted(findings.length, 'case'),
    subjects: (hasRest ? findings.slice(0, SUBJECTS_SHOWN) : findings).flatMap((finding) => {
      const view = viewOf(finding);
      return view === undefined
        ? []
        : [{ name: view.subject.name, accountLabel: view.accountLabel, href: `#${view.anchor}` }];
    }),
    otherSubjects: hasRest ? { text: `${counted(unshown, 'more', 'more')}`, href: hrefOf(worst) } : null,
    proof: proofOf(lead),
    lead,
    steps: (lead.escalation?.steps ?? []).map(shortStep),
    facts: lead.escalation === null && lead.external === null ? lead.evidence.filter(isShort).slice(0, MOST_FACTS) : [],
    mend: mendOf(worst, cut, lead.guide),
  };
};

/** Documents and long lists are read in the finding. */
const isShort = ({ value: { block, rows, list } }: EvidenceRow): boolean =>
  block === null && rows === null && (list === null || list.rest === null);

const shortStep = ({ from, deed, to, requests }: EscalationView['steps'][number]): ShortStep => {
  const grants = new Map(requests.flatMap(({ grantedBy }) => grantedBy).map((grant) => [JSON.stringify(grant), grant]));
  return {
    from,
    deed,
    to,
    actions: [...new Set(requests.map(({ action }) => action))],
    grants: [...grants.values()].slice(0, MOST_GRANTS),
  };
};

const hrefOf = ({ checkId }: Finding): string => filterHref({ q: checkId, outcome: 'fail' });

const proofOf = ({ escalation, conditions, category }: FindingView): RiskCard['proof'] => {
  if (escalation !== null) {
    return { label: escalation.proofLabel, text: escalation.proofText };
  }
  if (conditions !== null) return { label: 'Conditional', text: 'Only where the conditions hold.' };
  return category === 'policy' || category === 'external'
    ? { label: 'Derived', text: 'Decided from the policies as they stand; nobody tried it.' }
    : { label: 'Observed', text: 'It stands so in what AWS answered.' };
};

const mendOf = (worst: Finding, cut: EscalationCut | null, guide: GuideLink): Mend => {
  if (cut !== null) {
    const others = cut.sentences.length - MOST_SENTENCES;
    return {
      sentences: [
        ...cut.sentences.slice(0, MOST_SENTENCES),
        ...(others > 0 ? [`And ${counted(others, 'change')} more, in What to cut.`] : []),
      ].map(proseOf),
      known: knownOf(cut),
      guide,
    };
  }
  const own = cutOfFinding(worst);
  const sentences = own === null ? worst.remediation.slice(0, MOST_SENTENCES) : [own];
  return { sentences: sentences.map(proseOf), known: null, guide };
};

const KNOWN_USE = {
  unused: 'Nobody uses what it takes.',
  used: 'Somebody uses what it takes.',
  unknown: 'Whether somebody uses what it takes is not known.',
} as const;

const KNOWN_EFFECT = {
  alone: 'Tried on a copy of the account: no path is left.',
  'with-the-others': 'Tried on a copy of the account, with the other changes of What to cut: no path is left.',
} as const;

const knownOf = ({ verified, usedAccess }: EscalationCut): string =>
  `${KNOWN_EFFECT[verified]} ${KNOWN_USE[usedAccess.status]}`;

const othersOf = (causes: readonly Cause[]): TopRisksView['others'] => {
  const findings = causes.flatMap((cause) => cause.findings);
  const worst = (['critical', 'high'] as const).map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  );
  const told = worst.filter(([, count]) => count > 0);
  if (told.length === 0) return null;
  const words = told.map(([severity, count]) => counted(count, `${severity} one`));
  return {
    text: `Beside these there ${findings.length === 1 ? 'is' : 'are'} ${listedInWords(words, words.length)}`,
    href: filterHref({ severity: told.map(([severity]) => severity).join(','), outcome: 'fail' }),
  };
};
