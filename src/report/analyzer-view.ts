import { AGREEMENTS, type AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { nameOfArn } from './name-of-arn.ts';
import { piecesOf, visibleText } from './visible-text.ts';
import { counted, numberInWords, uncapitalizedName } from './words.ts';

/** The findings of IAM Access Analyzer beside Vigil's, as the page shows them. */
export interface AnalyzerView {
  /** How many each tells alone, and how many both do. */
  readonly count: string;
  /** What only one of them tells. */
  readonly rows: readonly AnalyzerRow[];
  /** What both tell, which needs no look. */
  readonly agreed: readonly AnalyzerRow[];
  readonly agreedLabel: string;
  /** How many rows stand in `access-analyzer.csv` only; null: none. */
  readonly others: string | null;
}

interface AnalyzerRow {
  readonly toldBy: string;
  readonly type: string;
  readonly name: string;
  readonly arn: readonly string[];
  readonly principal: readonly string[] | null;
  readonly vigil: string;
  readonly accessAnalyzer: string;
}

/** Thousands of rows nobody reads on a page. */
const MOST_ROWS = 200;

const TOLD_BY = { 'only-access-analyzer': 'Access Analyzer alone', 'only-vigil': 'Vigil alone', same: 'Both' } as const;
const ANALYZER_SAYS = { active: 'Active finding', archived: 'Archived finding', none: 'No finding' } as const;
const OF_EXTERNAL = {
  told: 'The policy lets it in',
  'not-so': 'The policy as it was read does not let it in',
  unknown: 'Could not be judged',
  'not-judged': 'The resource was not read',
} as const;
const OF_UNUSED = {
  told: 'Unused',
  'not-so': 'Used, or too young to tell',
  unknown: 'Could not be judged',
  'not-judged': 'Not judged',
} as const;

/** Shows what Access Analyzer and Vigil tell, what only one of them tells first; null: neither tells anything, or nobody asked. */
export const analyzerView = ({ analyzer = [] }: AuditReport): AnalyzerView | null => {
  if (analyzer.length === 0) return null;
  const sorted = AGREEMENTS.flatMap((agreement) => analyzer.filter((row) => row.agreement === agreement));
  const countOf = (agreement: AnalyzerComparison['agreement']): string =>
    numberInWords(sorted.filter((row) => row.agreement === agreement).length);
  const shown = sorted.slice(0, MOST_ROWS);
  const agreed = shown.filter(({ agreement }) => agreement === 'same');
  const others = sorted.length - MOST_ROWS;
  return {
    count: `${countOf('only-access-analyzer')} told by Access Analyzer alone, ${countOf('only-vigil')} by Vigil alone, ${countOf('same')} by both`,
    rows: shown.filter(({ agreement }) => agreement !== 'same').map(rowView),
    agreed: agreed.map(rowView),
    agreedLabel: counted(agreed.length, 'row that both tell', 'rows that both tell'),
    others: others > 0 ? counted(others, 'more row') : null,
  };
};

const rowView = (row: AnalyzerComparison): AnalyzerRow => ({
  toldBy: TOLD_BY[row.agreement],
  type: typeInWords(row.findingType),
  name: nameOfArn(row.resource),
  arn: piecesOf(row.resource),
  principal: row.principal === null ? null : piecesOf(row.principal),
  vigil: (row.findingType === 'ExternalAccess' ? OF_EXTERNAL : OF_UNUSED)[row.vigil],
  accessAnalyzer: `${ANALYZER_SAYS[row.accessAnalyzer]}${row.unusedAccessDays === null ? '' : `, counts from ${counted(row.unusedAccessDays, 'day')}`}`,
});

/** `UnusedIAMUserAccessKey` is `Unused IAM user access key`. */
const typeInWords = (findingType: string): string => {
  const words = uncapitalizedName(visibleText(findingType));
  return words.charAt(0).toUpperCase() + words.slice(1);
};
