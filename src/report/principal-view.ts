import type { AuditReport, Finding, PrincipalSummary } from '../finding/audit-report.ts';
import type { Severity } from '../finding/check-result.ts';
import type { PrincipalAccess } from '../finding/principal-access.ts';
import { compareText } from '../kernel/compare-text.ts';
import { filterHref } from './filter-href.ts';
import { findingAnchor, principalAnchor } from './finding-anchor.ts';
import { nameOfArn } from './name-of-arn.ts';
import { type PrincipalAccessView, principalAccessView } from './principal-access-view.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted } from './words.ts';

/** A principal as the page shows it. */
export interface PrincipalView {
  /** The element's id, the same every night. */
  readonly anchor: string;
  readonly name: string;
  readonly nameOrder: string;
  readonly arn: string;
  readonly typeLabel: string;
  readonly administrator: PrincipalSummary['administrator'];
  readonly escalates: PrincipalSummary['escalates'];
  readonly administratorLabel: string;
  readonly escalatesLabel: string;
  /** 0 for what is most powerful, so that a column sorts by it. */
  readonly administratorRank: number;
  readonly escalatesRank: number;
  readonly findingCount: number;
  /** The count with leading zeros, so that it sorts as text. */
  readonly findingOrder: string;
  /** Shows the principal's findings. */
  readonly href: string;
  /** Null: nobody worked it out. */
  readonly access: PrincipalAccessView | null;
  /** Its findings, the worst first. */
  readonly findings: readonly PrincipalFindingView[];
  /** How many findings are not shown; null: all are. */
  readonly otherFindings: string | null;
  /** Paths by which others become it. */
  readonly reachedBy: readonly PrincipalFindingView[];
  readonly otherPaths: string | null;
}

/** A finding where a principal is told of. */
interface PrincipalFindingView {
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly text: readonly ProsePart[];
  readonly href: string;
}

const FINDINGS_SHOWN = 12;

const RANKS = { yes: 0, conditional: 1, no: 2 } as const;
const ANSWERS = { yes: 'Yes', conditional: 'Conditional', no: 'No' } as const;

/** The principals of a report, the most powerful first. */
export const principalViews = ({ principals, findings, access = [] }: AuditReport): readonly PrincipalView[] => {
  const own = byArn(findings, ({ subject }) => [subject.arn]);
  const reaching = byArn(findings, principalsReached);
  const accessOf = new Map(access.map((each) => [each.arn, each]));
  return principals
    .map((principal) =>
      principalView(principal, {
        findings: own.get(principal.arn) ?? [],
        paths: reaching.get(principal.arn) ?? [],
        access: accessOf.get(principal.arn),
      }),
    )
    .sort(
      (left, right) =>
        left.administratorRank - right.administratorRank ||
        left.escalatesRank - right.escalatesRank ||
        compareText(left.nameOrder, right.nameOrder),
    );
};

/** Whom the path of a finding passes through or ends at. */
const principalsReached = ({ escalation, subject, state }: Finding): readonly string[] => {
  if (escalation === undefined || state === 'resolved') return [];
  const reached = new Set([escalation.reaches, ...escalation.steps.map(({ to }) => to)]);
  return [...reached].filter((arn) => arn !== subject.arn);
};

const byArn = (
  findings: readonly Finding[],
  arnsOf: (finding: Finding) => readonly string[],
): ReadonlyMap<string, readonly Finding[]> => {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const arn of arnsOf(finding)) {
      const list = found.get(arn);
      if (list === undefined) found.set(arn, [finding]);
      else list.push(finding);
    }
  }
  return found;
};

interface KnownOfPrincipal {
  readonly findings: readonly Finding[];
  readonly paths: readonly Finding[];
  readonly access: PrincipalAccess | undefined;
}

const principalView = (
  { arn, type, administrator, escalates }: PrincipalSummary,
  { findings, paths, access }: KnownOfPrincipal,
): PrincipalView => ({
  anchor: principalAnchor(arn),
  name: nameOfArn(arn),
  nameOrder: nameOfArn(arn).toLowerCase(),
  arn: visibleText(arn),
  typeLabel: type === 'root' ? 'Root user' : capitalized(type),
  administrator,
  escalates,
  administratorLabel: ANSWERS[administrator],
  escalatesLabel: ANSWERS[escalates],
  administratorRank: RANKS[administrator],
  escalatesRank: RANKS[escalates],
  findingCount: findings.length,
  findingOrder: String(findings.length).padStart(9, '0'),
  href: filterHref({ q: visibleText(arn) }),
  access: access === undefined ? null : principalAccessView(access),
  findings: findings.slice(0, FINDINGS_SHOWN).map(findingLink),
  otherFindings: moreThan(FINDINGS_SHOWN, findings.length, 'more finding'),
  reachedBy: paths.slice(0, FINDINGS_SHOWN).map(findingLink),
  otherPaths: moreThan(FINDINGS_SHOWN, paths.length, 'more path'),
});

const findingLink = ({ key, severity, outcome, summary }: Finding): PrincipalFindingView => ({
  severity,
  severityLabel: outcome === 'unknown' ? 'Unknown' : capitalized(severity),
  text: proseOf(summary),
  href: `#${findingAnchor(key)}`,
});

const moreThan = (shown: number, count: number, noun: string): string | null =>
  count > shown ? counted(count - shown, noun) : null;
