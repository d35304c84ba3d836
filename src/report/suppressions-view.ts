import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type {
  FindingSuppression,
  SuppressionReason,
  SuppressionStatus,
  SuppressionVerdict,
} from '../finding/suppression.ts';
import { suppressionWarnings } from '../finding/suppression-warnings.ts';
import { findingAnchor } from './finding-anchor.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { counted, dayInWords, numberInWords } from './words.ts';

/** The register of suppressions, as the page shows it. */
export interface SuppressionsView {
  /** How many findings are suppressed, by how many entries. */
  readonly count: string;
  readonly warnings: readonly (readonly ProsePart[])[];
  readonly rows: readonly SuppressionRow[];
  /** How many entries stand in `suppressions.csv` only; null: none. */
  readonly others: string | null;
}

interface SuppressionRow {
  readonly statusLabel: string;
  /** Holds for something: what does not is set off. */
  readonly holds: boolean;
  readonly check: string;
  readonly target: string;
  readonly accepted: AcceptedView;
  readonly findings: readonly FindingLink[];
  /** How many more findings it is about; null: none. */
  readonly moreFindings: string | null;
}

interface FindingLink {
  readonly href: string;
  readonly summary: readonly ProsePart[];
  /** What keeps it from being suppressed; null: it is. */
  readonly openSince: string | null;
}

/** What somebody has accepted, why, and until when. */
export interface AcceptedView {
  readonly reason: string;
  readonly justification: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string | null;
  readonly expires: string;
  readonly place: string;
}

/** More nobody reads on a page. */
const MOST_ROWS = 200;
const MOST_FINDINGS = 10;

const REASONS: Readonly<Record<SuppressionReason, string>> = {
  'accepted-risk': 'Accepted risk',
  'false-positive': 'False positive',
  'compensating-control': 'Compensating control',
  intended: 'Intended',
  'in-remediation': 'In remediation',
};

const VERDICTS: Readonly<Record<SuppressionVerdict, string | null>> = {
  suppressed: null,
  expired: 'expired',
  'evidence-changed': 'its evidence has changed',
  'too-long': 'the suppression reaches too far',
};

/** Shows the entries of the suppression files and what they come to; null: there is none. */
export const suppressionsView = ({ suppressions = [], findings }: AuditReport): SuppressionsView | null => {
  if (suppressions.length === 0) return null;
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  const suppressed = findings.filter(({ state }) => state === 'suppressed').length;
  const others = suppressions.length - MOST_ROWS;
  return {
    count: `${counted(suppressed, 'finding')} by ${counted(suppressions.length, 'entry', 'entries')}`,
    warnings: suppressionWarnings(suppressions).slice(0, MOST_ROWS).map(proseOf),
    rows: suppressions.slice(0, MOST_ROWS).map((status) => suppressionRow(status, byKey)),
    others: others > 0 ? counted(others, 'further entry', 'further entries') : null,
  };
};

const suppressionRow = ({ rule, matches }: SuppressionStatus, byKey: ReadonlyMap<string, Finding>): SuppressionRow => {
  const held = matches.filter(({ verdict }) => verdict === 'suppressed').length;
  const more = matches.length - MOST_FINDINGS;
  return {
    statusLabel:
      matches.length === 0
        ? 'Matches nothing'
        : held === matches.length
          ? 'Holds'
          : held > 0
            ? 'Holds in part'
            : 'Does not hold',
    holds: held > 0,
    check: visibleText(rule.check),
    target: [rule.principal, rule.resource, rule.part]
      .flatMap((name) => (name === null ? [] : [visibleText(name)]))
      .join(' · '),
    accepted: acceptedView(rule),
    findings: matches.slice(0, MOST_FINDINGS).map(({ key, verdict }) => ({
      href: `#${findingAnchor(key)}`,
      summary: proseOf(byKey.get(key)?.summary ?? key),
      openSince: VERDICTS[verdict],
    })),
    moreFindings: more > 0 ? numberInWords(more) : null,
  };
};

/** What somebody has accepted, as the page shows it. */
export const acceptedView = (suppression: FindingSuppression): AcceptedView => ({
  reason: REASONS[suppression.reason],
  justification: visibleText(suppression.justification),
  owner: visibleText(suppression.owner),
  approver: visibleText(suppression.approver),
  ticket: suppression.ticket === null ? null : visibleText(suppression.ticket),
  expires: dayInWords(suppression.expires),
  place: visibleText(`${suppression.file}:${suppression.line}`),
});
