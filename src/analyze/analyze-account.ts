import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AccountCoverage, Finding, PrincipalSummary } from '../finding/audit-report.ts';
import type { ControlEvidence } from '../finding/control-evidence.ts';
import type { ControlResult } from '../finding/control-result.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { type JudgedScope, subjectOfCheck, wholeLists } from '../finding/judged-scope.ts';
import type { PrincipalAccess } from '../finding/principal-access.ts';
import { indexSubjects } from '../finding/subject-index.ts';
import { toFinding } from '../finding/to-finding.ts';
import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { compareWithAnalyzer } from './access-analyzer/compare-findings.ts';
import { type CheckSettings, crownJewelsOf } from './check-settings.ts';
import { type CheckTools, createCheckTools } from './check-tools.ts';
import type { ComplianceFramework } from './compliance-framework.ts';
import { accountCoverage } from './coverage.ts';
import type { Check, SummarizedResult } from './define-check.ts';
import { unknownJewels } from './escalation/crown-jewels.ts';
import { isForCut, withCut, withoutCut } from './escalation/cut-findings.ts';
import { proposeOtherCuts } from './escalation/cut-other-goals.ts';
import { type ProposedCuts, proposeCuts } from './escalation/propose-cuts.ts';
import { evaluateControls } from './evaluate-controls.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { type Neighbourhood, NO_NEIGHBOURS } from './neighbourhood.ts';
import { principalAccess } from './principal-access.ts';
import { allChecks } from './registry.ts';
import { type CheckedResult, type CheckRun, runChecks } from './run-checks.ts';
import { summarizePrincipals } from './summarize-principals.ts';
import { weighImpact } from './weigh-impact.ts';

/** What is to be analyzed with. */
export interface AnalysisContext {
  readonly now: Instant;
  readonly reference: ServiceReference;
  readonly settings: CheckSettings;
  /** Frameworks whose controls are to be evaluated; none unless told. */
  readonly frameworks?: readonly ComplianceFramework[];
  /** What the accounts of the audit are to each other (`findDoors`); nothing unless told. */
  readonly neighbours?: Neighbourhood;
  /** Whether to tell what each principal may do; not unless told. */
  readonly tellsAccess?: boolean;
  /** Whether to keep all that the checks say of the controls, passes too; not unless told. */
  readonly keepsEvidence?: boolean;
}

/** What the checks say of one account. */
export interface AccountAnalysis {
  readonly account: AccountCoverage;
  readonly principals: readonly PrincipalSummary[];
  /** The worst first; one a key. */
  readonly findings: readonly Finding[];
  /** What could be judged: silence about the rest is no good news. */
  readonly judged: JudgedScope;
  /** How the account stands to each control of the frameworks. */
  readonly controls: readonly ControlResult[];
  /** What the controls were judged by, subject by subject; null: nobody asked. */
  readonly controlEvidence: readonly ControlEvidence[] | null;
  /** Few changes that close the escalations, those first that close most. */
  readonly escalationCuts: readonly EscalationCut[];
  /** What the findings of IAM Access Analyzer come to beside ours; null: nobody read them. */
  readonly analyzer: readonly AnalyzerComparison[] | null;
  /** What each user and role may do; null: nobody asked. */
  readonly access: readonly PrincipalAccess[] | null;
  /** Checks that broke, which report nothing, and crown jewels that name nobody, in words. */
  readonly diagnostics: readonly string[];
}

/** Runs the checks on an account and says what is wrong with it, what could not be judged, and who is administrator. */
export const analyzeAccount = (
  snapshot: AccountSnapshot,
  {
    now,
    reference,
    settings,
    frameworks = [],
    neighbours = NO_NEIGHBOURS,
    tellsAccess = false,
    keepsEvidence = false,
  }: AnalysisContext,
): AccountAnalysis => {
  const tools = createCheckTools(snapshot, reference, now, settings.trustedAccounts, neighbours);
  const { results, diagnostics } = runChecks(allChecks, snapshot, { settings, tools });
  const principals = summarizePrincipals(snapshot, tools);
  const ran = new Set(allChecks.map(({ id }) => id).filter((id) => !settings.disabled.has(id)));
  const found = toFindings(snapshot, results, principals, now);
  const cuts = cutsOf(found, snapshot, tools);
  const otherCuts = proposeOtherCuts(found, snapshot, tools, crownJewelsOf(settings));
  return {
    account: accountCoverage(snapshot, results),
    principals,
    findings: found.map((finding) => {
      const cut = isForCut(finding) ? cuts.of.get(finding.subject.arn) : otherCuts.get(finding.key);
      if (cut !== undefined) return withCut(finding, cut);
      return cuts.untried !== null && isForCut(finding) ? withoutCut(finding, cuts.untried) : finding;
    }),
    judged: { ...judgedScope(snapshot, { results, diagnostics }, ran), accounts: neighbours.read },
    escalationCuts: cuts.best,
    controls: evaluateControls(frameworks, { accountId: snapshot.accountId, results, diagnostics, ran }),
    controlEvidence: keepsEvidence ? gatherEvidence(frameworks, snapshot, { results, diagnostics }) : null,
    analyzer: compareWithAnalyzer(snapshot, tools, results),
    access: tellsAccess ? principalAccess(snapshot, tools.access, reference) : null,
    diagnostics: [...diagnostics.map(({ message }) => message), ...jewelDiagnostics(snapshot, settings)],
  };
};

const jewelDiagnostics = (snapshot: AccountSnapshot, settings: CheckSettings): readonly string[] =>
  unknownJewels(snapshot, crownJewelsOf(settings)).map(
    (text) => `crown jewel \`${text}\` names no user or role of account ${snapshot.accountId}`,
  );

const toFindings = (
  snapshot: AccountSnapshot,
  results: readonly CheckedResult[],
  principals: readonly PrincipalSummary[],
  now: Instant,
): readonly Finding[] => {
  const context = { accountId: snapshot.accountId, now, subjects: indexSubjects(snapshot) };
  const findings = results.flatMap(({ check, result }) =>
    isProblem(result) ? [toFinding(check, result, result.summary, context)] : [],
  );
  // A saved file may list an entity twice; the worse finding of two with one key stands.
  const byKey = new Map(
    [...weighImpact(findings, principals)]
      .sort(compareFindings)
      .reverse()
      .map((finding) => [finding.key, finding]),
  );
  return [...byKey.values()].reverse();
};

const cutsOf = (findings: readonly Finding[], account: AccountSnapshot, tools: CheckTools): ProposedCuts => {
  const escalating = new Set(findings.filter(isForCut).map(({ subject }) => subject.arn));
  const open = [...account.users, ...account.roles].flatMap((principal) => {
    const answer = escalating.has(principal.arn) ? tools.escalationOf(principal) : null;
    return answer?.kind === 'found' ? [[principal.arn, answer.paths] as const] : [];
  });
  return proposeCuts(new Map(open), { account, ...tools });
};

const judgedScope = (
  snapshot: AccountSnapshot,
  { results, diagnostics }: CheckRun,
  ran: ReadonlySet<string>,
): JudgedScope => {
  const subjects = indexSubjects(snapshot);
  const broken = new Set([...diagnostics.map(({ checkId }) => checkId), ...untold(results)]);
  const inOrder = results.filter(({ result }) => result.outcome === 'pass');
  return {
    checks: new Set([...ran].filter((id) => !broken.has(id))),
    passed: new Set(
      inOrder.map(({ check, result: { subject } }) =>
        subjectOfCheck(check.id, subjects.get(subject.arn)?.id ?? subject.arn),
      ),
    ),
    whole: wholeLists(snapshot),
  };
};

/**
 * The checks that said nothing of what only the management account and delegated administrators are told: to an account that is
 * not told any more, no news is no good news.
 */
const untold = (results: readonly CheckedResult[]): readonly string[] => {
  const telling = new Set(results.map(({ check }) => check.id));
  return allChecks.filter((check) => isToldToFew(check) && !telling.has(check.id)).map(({ id }) => id);
};

const isToldToFew = ({ resourceType, reads }: Check): boolean =>
  resourceType === 'PermissionSet' || (resourceType === 'Account' && reads.includes('organization'));

const isProblem = (result: SummarizedResult): result is SummarizedResult & { readonly outcome: 'fail' | 'unknown' } =>
  result.outcome !== 'pass';
