import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { CheckText } from './check-text.ts';
import { type AccountView, accountLabel, accountView, type GapView, gapViews } from './coverage-view.ts';
import { type FilterView, filterView } from './filter-view.ts';
import { groupsOf } from './finding-groups.ts';
import { type FindingView, findingView, type TimeView, timeView } from './finding-view.ts';
import { type GuideView, guidesOf } from './guide-view.ts';
import { type KeyPoint, keyPoints } from './key-points.ts';
import { type PrincipalView, principalViews } from './principal-view.ts';
import { inReportOrder } from './report-order.ts';
import { type SummaryView, summaryView } from './summary-view.ts';
import { visibleText } from './visible-text.ts';
import { counted } from './words.ts';

/** Everything that the HTML report shows, in its words and its order; the templates only place it. */
export interface ReportView {
  /** What the report is about: an account's alias or id, or how many accounts. */
  readonly subject: string;
  readonly severalAccounts: boolean;
  readonly accounts: readonly AccountView[];
  readonly complete: boolean;
  readonly run: RunView;
  readonly gaps: readonly GapView[];
  readonly points: readonly KeyPoint[];
  readonly summary: SummaryView;
  readonly filter: FilterView;
  readonly findingCount: string;
  readonly groups: readonly GroupView[];
  readonly principals: readonly PrincipalView[];
  readonly principalCount: string;
  readonly guides: readonly GuideView[];
}

interface RunView {
  readonly id: string;
  readonly finishedAt: TimeView;
  readonly vigilVersion: string;
  readonly referenceDate: string;
  readonly baselineRunId: string | null;
}

interface GroupView {
  readonly id: string;
  readonly title: string;
  readonly explanation: string | null;
  readonly count: string;
  readonly findings: readonly FindingView[];
}

/** Turns a report into what its HTML page shows. Texts of a check that is not among `texts` come from its findings. */
export const reportView = (unordered: AuditReport, texts: readonly CheckText[]): ReportView => {
  const report = inReportOrder(unordered);
  const accounts = report.accounts.map(accountView);
  const groups = groupsOf(report.findings);
  const guides = guidesOf(report.findings, new Map(texts.map((text) => [text.checkId, text])));
  const labels = new Map(report.accounts.map((account) => [account.accountId, accountLabel(account)]));
  const viewed = new Map(
    [...guides.byFinding].map(([finding, guide]) => [
      finding,
      findingView(finding, labels.get(finding.accountId) ?? visibleText(finding.accountId), guide),
    ]),
  );
  const group = (id: string, title: string, explanation: string | null, findings: readonly Finding[]): GroupView => ({
    id,
    title,
    explanation,
    count: counted(findings.length, 'finding'),
    findings: findings.flatMap((finding) => viewed.get(finding) ?? []),
  });
  const principals = principalViews(report);
  const [only, ...others] = accounts;
  return {
    subject: only !== undefined && others.length === 0 ? only.label : counted(accounts.length, 'account'),
    severalAccounts: others.length > 0,
    accounts,
    complete: accounts.every(({ complete }) => complete),
    run: runView(report),
    gaps: gapViews(accounts),
    points: keyPoints(report, groups),
    summary: summaryView(groups.problems),
    filter: filterView(report.findings, accounts),
    findingCount: counted(report.findings.length, 'finding'),
    groups: [
      group('problems', 'Problems', null, groups.problems),
      group(
        'unjudged',
        'Could not be judged',
        'The data for these could not be read: each may be in order, or not. The severity is that of the problem, if there is one.',
        groups.unjudged,
      ),
      group('settled', 'Resolved and suppressed', null, groups.settled),
    ].filter(({ findings }) => findings.length > 0),
    principals,
    principalCount: counted(principals.length, 'principal'),
    guides: guides.all,
  };
};

const runView = ({ run }: AuditReport): RunView => ({
  id: visibleText(run.id),
  finishedAt: timeView(run.finishedAt),
  vigilVersion: visibleText(run.vigilVersion),
  referenceDate: visibleText(run.referenceDate),
  baselineRunId: run.baselineRunId === null ? null : visibleText(run.baselineRunId),
});
