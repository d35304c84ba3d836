import type { Severity } from '../finding/check-result.ts';
import type { OrganizationReport } from '../finding/organization-night.ts';
import { type TimeView, timeView } from './finding-view.ts';
import type { KeyPoint } from './key-points.ts';
import { type AccountRiskTable, accountRiskTable, linksOf, type PageOf } from './organization-accounts-view.ts';
import {
  type FrameworkText,
  type OrganizationFrameworkView,
  organizationFrameworks,
} from './organization-controls-view.ts';
import { type OrganizationCoverageView, organizationCoverage } from './organization-coverage-view.ts';
import {
  pathsView,
  problemsView,
  type SharedFindingView,
  type SharedPathView,
  type ShownRows,
} from './organization-findings-view.ts';
import { type OrganizationNewsView, organizationNews } from './organization-news-view.ts';
import { organizationPoints } from './organization-points.ts';
import { type OrganizationTotals, totalsOf } from './organization-totals.ts';
import { organizationVerdict } from './organization-verdict.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, numberInWords } from './words.ts';

/** Everything that the page about an organization shows, in its words and its order. */
export interface OrganizationView {
  /** The group of accounts, or what stands for it. */
  readonly subject: string;
  readonly nightId: string;
  readonly startedAt: TimeView;
  readonly finishedAt: TimeView;
  /** Null: nobody set one. */
  readonly deadline: TimeView | null;
  readonly deadlinePassed: boolean;
  readonly vigilVersion: string;
  readonly verdict: string;
  readonly points: readonly KeyPoint[];
  readonly severities: readonly SeverityShare[];
  /** What could not be judged; null: nothing. */
  readonly unjudged: string | null;
  readonly coverage: OrganizationCoverageView;
  /** Null: no account was audited before. */
  readonly news: OrganizationNewsView | null;
  /** Null: nobody can become administrator, as far as it is known. */
  readonly paths: ShownRows<SharedPathView> | null;
  /** Null: there is no other problem. */
  readonly problems: ShownRows<SharedFindingView> | null;
  readonly accountCount: string;
  readonly accounts: AccountRiskTable;
  readonly frameworks: readonly OrganizationFrameworkView[];
}

/** How many problems of a severity there are, and its part of the bar of all, in percent. */
interface SeverityShare {
  readonly severity: Severity;
  readonly label: string;
  readonly count: string;
  readonly isZero: boolean;
  readonly barStart: string;
  readonly barLength: string;
}

/** What the page knows beside the report. */
export interface OrganizationTexts {
  readonly frameworks: readonly FrameworkText[];
  readonly pageOf: PageOf;
}

/** Turns a report about an organization into what its page shows. */
export const organizationView = (
  report: OrganizationReport,
  { frameworks, pageOf }: OrganizationTexts,
): OrganizationView => {
  const { night, accounts } = report;
  const linkOf = linksOf(report, pageOf);
  const totals = totalsOf(accounts);
  return {
    subject: night.group === null ? 'All accounts' : visibleText(night.group),
    nightId: visibleText(night.id),
    startedAt: timeView(night.startedAt),
    finishedAt: timeView(night.finishedAt),
    deadline: night.deadline === null ? null : timeView(night.deadline),
    deadlinePassed: night.deadlinePassed,
    vigilVersion: visibleText(report.vigilVersion),
    verdict: organizationVerdict(report, totals),
    points: organizationPoints(accounts, totals, linkOf),
    severities: severityShares(totals),
    unjudged: totals.unjudged === 0 ? null : numberInWords(totals.unjudged),
    coverage: organizationCoverage(report, linkOf),
    news: organizationNews(accounts, linkOf),
    paths: pathsView(accounts, linkOf),
    problems: problemsView(accounts, linkOf),
    accountCount: counted(accounts.length, 'account'),
    accounts: accountRiskTable(accounts, linkOf),
    frameworks: organizationFrameworks(accounts, frameworks, linkOf),
  };
};

const severityShares = ({ severities, problems }: OrganizationTotals): readonly SeverityShare[] => {
  const percent = (count: number): string => ((count * 100) / Math.max(1, problems)).toFixed(2);
  return severities.map(({ severity, count }, index) => ({
    severity,
    label: capitalized(severity),
    count: numberInWords(count),
    isZero: count === 0,
    barStart: percent(severities.slice(0, index).reduce((sum, worse) => sum + worse.count, 0)),
    barLength: percent(count),
  }));
};
