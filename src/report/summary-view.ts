import type { Finding } from '../finding/audit-report.ts';
import { CATEGORIES, type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';
import { filterHref } from './filter-href.ts';
import type { FindingGroups } from './finding-groups.ts';
import { CATEGORY_LABELS, capitalized, numberInWords } from './words.ts';

/** How many problems there are, by severity and by category. */
export interface SummaryView {
  /** Null where there is none. */
  readonly total: string | null;
  /** How many things could not be judged; null for none. */
  readonly unjudged: string | null;
  readonly severities: readonly SeverityCount[];
  readonly categories: readonly CategoryCounts[];
}

interface CountCell {
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly count: string;
  /** Shows what was counted; null where there is nothing. */
  readonly href: string | null;
}

interface SeverityCount extends CountCell {
  /** Place and length of its part of the bar of all severities, in percent. */
  readonly barStart: string;
  readonly barLength: string;
}

interface CategoryCounts {
  readonly label: string;
  readonly total: string;
  readonly href: string | null;
  readonly cells: readonly CountCell[];
}

/** Counts the problems of a report. */
export const summaryView = ({ problems, unjudged }: FindingGroups): SummaryView => ({
  total: problems.length === 0 ? null : numberInWords(problems.length),
  unjudged: unjudged.length === 0 ? null : numberInWords(unjudged.length),
  severities: severityCounts(problems),
  categories: CATEGORIES.map((category) => categoryCounts(category, problems)),
});

const severityCounts = (problems: readonly Finding[]): readonly SeverityCount[] => {
  const percent = (count: number): string => ((count * 100) / Math.max(1, problems.length)).toFixed(2);
  const countOf = (severity: Severity): number => problems.filter((finding) => finding.severity === severity).length;
  return SEVERITIES.map((severity, index) => {
    const before = SEVERITIES.slice(0, index).reduce((sum, worse) => sum + countOf(worse), 0);
    const count = countOf(severity);
    return {
      ...countCell(severity, count, { outcome: 'fail', severity }),
      barStart: percent(before),
      barLength: percent(count),
    };
  });
};

const categoryCounts = (category: Category, problems: readonly Finding[]): CategoryCounts => {
  const ofCategory = problems.filter((finding) => finding.category === category);
  return {
    label: CATEGORY_LABELS[category],
    total: numberInWords(ofCategory.length),
    href: ofCategory.length === 0 ? null : filterHref({ outcome: 'fail', category }),
    cells: SEVERITIES.map((severity) =>
      countCell(severity, ofCategory.filter((finding) => finding.severity === severity).length, {
        outcome: 'fail',
        category,
        severity,
      }),
    ),
  };
};

const countCell = (severity: Severity, count: number, filter: Readonly<Record<string, string>>): CountCell => ({
  severity,
  severityLabel: capitalized(severity),
  count: numberInWords(count),
  href: count === 0 ? null : filterHref(filter),
});
