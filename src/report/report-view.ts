import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { type AccountsView, accountsView } from './accounts-view.ts';
import { type AnalyzerView, analyzerView } from './analyzer-view.ts';
import { type ChangesView, changesView } from './changes-view.ts';
import type { CheckText } from './check-text.ts';
import { type FrameworkView, frameworkViews } from './controls-view.ts';
import { type AccountView, accountLabel, accountView, type GapView, gapViews } from './coverage-view.ts';
import { type CredentialView, credentialViews } from './credentials-view.ts';
import { type CutsView, cutsView } from './cuts-view.ts';
import { type GraphView, graphViews } from './escalation-graph-view.ts';
import { type ExpectedView, expectedView } from './expected-view.ts';
import { type ExternalView, externalView } from './external-view.ts';
import { type FilterView, filterView } from './filter-view.ts';
import { groupsOf } from './finding-groups.ts';
import { type FindingView, findingView, type TimeView, timeView } from './finding-view.ts';
import { type FoldedNote, foldedNote, wholeAndFolded } from './folded-rows.ts';
import { type GuideView, guidesOf } from './guide-view.ts';
import { type KeyPoint, keyPoints } from './key-points.ts';
import type { MethodTitles } from './method-titles.ts';
import { type PopulationsView, populationsView } from './populations-view.ts';
import { type PrincipalView, principalViews } from './principal-view.ts';
import { inReportOrder } from './report-order.ts';
import { runInWords } from './run-in-words.ts';
import { type SummaryView, summaryView } from './summary-view.ts';
import { type SuppressionsView, suppressionsView } from './suppressions-view.ts';
import { type TopRisksView, topRisks } from './top-risks.ts';
import { type UnusedView, unusedView } from './unused-view.ts';
import { verdictOf } from './verdict.ts';
import { visibleText } from './visible-text.ts';
import { counted, listedInWords } from './words.ts';

/** Everything that the HTML report shows, in its words and its order; the templates only place it. */
export interface ReportView {
  /** What the report is about: an account's alias or id, or how many accounts. */
  readonly subject: string;
  readonly severalAccounts: boolean;
  /** The accounts by what people call them, in words. */
  readonly accountNames: string;
  readonly accounts: readonly AccountView[];
  /** The accounts with what each comes to; null where there is but one. */
  readonly accountTable: AccountsView | null;
  /** Null: the configuration lists no accounts. */
  readonly expected: ExpectedView | null;
  readonly complete: boolean;
  readonly run: RunView;
  readonly gaps: readonly GapView[];
  readonly points: readonly KeyPoint[];
  /** Null: nothing is bad enough. */
  readonly risks: TopRisksView | null;
  /** The report in a few sentences. */
  readonly verdict: string;
  readonly summary: SummaryView;
  readonly filter: FilterView;
  readonly findingCount: string;
  readonly groups: readonly GroupView[];
  readonly principals: readonly PrincipalView[];
  /** Those beyond what the page shows whole. */
  readonly otherPrincipals: readonly PrincipalView[];
  readonly otherPrincipalsNote: FoldedNote | null;
  readonly principalCount: string;
  /** Null: there is no earlier audit to compare with. */
  readonly changes: ChangesView | null;
  /** Null: nobody can become somebody else. */
  readonly escalation: EscalationSection | null;
  /** Null: there is nothing of Access Analyzer to show. */
  readonly analyzer: AnalyzerView | null;
  /** Null: no suppression file has an entry. */
  readonly suppressions: SuppressionsView | null;
  /** Null: nobody from outside gets in, as far as it is known. */
  readonly external: ExternalView | null;
  /** Null: everything is in use, as far as it is known. */
  readonly unused: UnusedView | null;
  /** The credential report; the rest is carried folded up. */
  readonly credentials: readonly CredentialView[];
  readonly otherCredentials: readonly CredentialView[];
  readonly otherCredentialsNote: FoldedNote | null;
  readonly credentialCount: string;
  readonly frameworks: readonly FrameworkView[];
  /** Null: there is no account summary to compare with. */
  readonly populations: PopulationsView | null;
  readonly guides: readonly GuideView[];
}

/** The paths of escalation as pictures, and what to cut. */
interface EscalationSection {
  readonly graphs: readonly GraphView[];
  readonly cuts: CutsView | null;
}

const ACCOUNTS_NAMED = 6;

interface RunView {
  readonly id: string;
  readonly finishedAt: TimeView;
  readonly vigilVersion: string;
  readonly referenceDate: string;
  /** The audit it is compared with, by its time where its id is one; null for a first audit. */
  readonly baseline: string | null;
}

/** Findings that stand together. */
export interface GroupView {
  readonly id: string;
  readonly title: string;
  readonly explanation: string | null;
  readonly count: string;
  readonly findings: readonly FindingView[];
  /** Those beyond what the page shows whole. */
  readonly rest: readonly FindingView[];
  readonly restNote: FoldedNote | null;
}

/** What the program knows beside a report; what is not among it is told by its id or by the findings alone. */
export interface ReportTexts {
  readonly checks: readonly CheckText[];
  readonly methods: MethodTitles;
  /** Titles of compliance frameworks by id. */
  readonly frameworks?: ReadonlyMap<string, string>;
}

/** Turns a report into what its HTML page shows. */
export const reportView = (unordered: AuditReport, { checks, methods, frameworks }: ReportTexts): ReportView => {
  const report = inReportOrder(unordered);
  const accounts = report.accounts.map(accountView);
  const expected = expectedView(report);
  const groups = groupsOf(report.findings);
  const guides = guidesOf(report.findings, new Map(checks.map((text) => [text.checkId, text])));
  const labels = new Map(report.accounts.map((account) => [account.accountId, accountLabel(account)]));
  const viewed = new Map(
    [...guides.byFinding].map(([finding, guide]) => [
      finding,
      findingView(finding, {
        accountLabel: labels.get(finding.accountId) ?? visibleText(finding.accountId),
        guide,
        methods,
      }),
    ]),
  );
  const group = (id: string, title: string, explanation: string | null, findings: readonly Finding[]): GroupView => {
    const [whole, rest] = wholeAndFolded(findings.flatMap((finding) => viewed.get(finding) ?? []));
    return {
      id,
      title,
      explanation,
      count: counted(findings.length, 'finding'),
      findings: whole,
      rest,
      restNote: foldedNote(findings.length, 'finding', 'findings.csv'),
    };
  };
  const principals = principalViews(report);
  const [wholePrincipals, otherPrincipals] = wholeAndFolded(principals);
  const credentials = credentialViews(report.credentialReport ?? [], report.run.finishedAt);
  const [wholeCredentials, otherCredentials] = wholeAndFolded(credentials);
  const [only, ...others] = accounts;
  return {
    subject: only !== undefined && others.length === 0 ? only.label : counted(accounts.length, 'account'),
    severalAccounts: others.length > 0,
    accountNames: listedInWords(
      accounts.map(({ label }) => label),
      ACCOUNTS_NAMED,
    ),
    accounts,
    accountTable: accountsView(report),
    expected,
    complete: accounts.every(({ complete }) => complete) && (expected?.missing ?? null) === null,
    run: runView(report),
    gaps: gapViews(accounts),
    points: keyPoints(report, groups),
    risks: topRisks(report, groups.problems, (finding) => viewed.get(finding)),
    verdict: verdictOf(report, groups),
    summary: summaryView(groups),
    filter: filterView(report.findings, accounts),
    findingCount: counted(report.findings.length, 'finding'),
    groups: [
      group('problems', 'Problems', null, groups.problems),
      group(
        'unjudged',
        'Could not be judged',
        'The data for these could not be read: each may be in order, or not.',
        groups.unjudged,
      ),
      group('settled', 'Resolved and suppressed', null, groups.settled),
    ].filter(({ findings }) => findings.length > 0),
    principals: wholePrincipals,
    otherPrincipals,
    otherPrincipalsNote: foldedNote(principals.length, 'principal', 'principals.csv'),
    changes: changesView(report),
    escalation: escalationSection(report, methods),
    analyzer: analyzerView(report),
    suppressions: suppressionsView(report),
    principalCount: counted(principals.length, 'principal'),
    external: externalView(groups.problems),
    unused: unusedView(report.findings, report.run.finishedAt, labels),
    credentials: wholeCredentials,
    otherCredentials,
    otherCredentialsNote: foldedNote(credentials.length, 'user', 'credential-report.csv'),
    credentialCount: counted(credentials.length, 'user'),
    populations: populationsView(report),
    frameworks: frameworkViews(report.controls ?? [], frameworks),
    guides: guides.all,
  };
};

const escalationSection = (report: AuditReport, methods: MethodTitles): EscalationSection | null => {
  const graphs = graphViews(report, methods);
  return graphs.length === 0 ? null : { graphs, cuts: cutsView(report) };
};

const runView = ({ run }: AuditReport): RunView => ({
  id: visibleText(run.id),
  finishedAt: timeView(run.finishedAt),
  vigilVersion: visibleText(run.vigilVersion),
  referenceDate: visibleText(run.referenceDate),
  baseline: run.baselineRunId === null ? null : `Audit of ${runInWords(run.baselineRunId)}`,
});
