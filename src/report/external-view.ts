import type { Finding } from '../finding/audit-report.ts';
import type { ExternalAccess } from '../finding/check-result.ts';
import { findingAnchor } from './finding-anchor.ts';
import { nameOfArn } from './name-of-arn.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { piecesOf, visibleText } from './visible-text.ts';
import { capitalized, counted, listedInWords } from './words.ts';

/** Who gets in from outside, as a table. */
export interface ExternalView {
  readonly count: string;
  readonly rows: readonly ExternalRow[];
  /** How many are not shown; null: all are. */
  readonly others: string | null;
}

interface ExternalRow {
  readonly who: readonly string[];
  readonly kindLabel: string;
  readonly resourceName: string;
  readonly resource: readonly string[];
  readonly actions: string;
  readonly conditions: readonly ProsePart[] | null;
  readonly severity: string;
  readonly severityLabel: string;
  readonly href: string;
}

const ROWS_SHOWN = 200;
const ACTIONS_SHOWN = 4;

/** How the kinds of those who get in are called. */
export const EXTERNAL_LABELS: Readonly<Record<ExternalAccess['kind'], string>> = {
  public: 'Anybody',
  account: 'Another account',
  organization: 'An organization',
  federated: 'An identity provider',
  service: 'A service',
};

/** Who gets in from outside by findings in their order; null: nobody does, as far as it is known. */
export const externalView = (findings: readonly Finding[]): ExternalView | null => {
  const rows = findings.flatMap((finding) =>
    finding.external === undefined ? [] : [rowOf(finding, finding.external)],
  );
  if (rows.length === 0) return null;
  return {
    count: counted(rows.length, 'access', 'accesses'),
    rows: rows.slice(0, ROWS_SHOWN),
    others: rows.length > ROWS_SHOWN ? counted(rows.length - ROWS_SHOWN, 'more access', 'more accesses') : null,
  };
};

const rowOf = (finding: Finding, { principal, kind, resource, actions }: ExternalAccess): ExternalRow => ({
  who: piecesOf(principal),
  kindLabel: EXTERNAL_LABELS[kind],
  resourceName: nameOfArn(resource),
  resource: piecesOf(resource),
  actions: listedInWords(actions.map(visibleText), ACTIONS_SHOWN),
  conditions: finding.conditions && proseOf(finding.conditions.text),
  severity: finding.severity,
  severityLabel: capitalized(finding.severity),
  href: `#${findingAnchor(finding.key)}`,
});
