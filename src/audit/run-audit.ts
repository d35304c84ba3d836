import { type AccountAnalysis, analyzeAccount } from '../analyze/analyze-account.ts';
import type { CheckSettings } from '../analyze/check-settings.ts';
import { crownJewelsOf } from '../analyze/check-settings.ts';
import type { ComplianceFramework } from '../analyze/compliance-framework.ts';
import { findDoorsAmong } from '../analyze/find-doors.ts';
import type { Neighbourhood } from '../analyze/neighbourhood.ts';
import { applySuppressions } from '../finding/apply-suppressions.ts';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { ControlResult } from '../finding/control-result.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { compareFindings } from '../finding/finding-order.ts';
import type { JudgedScope } from '../finding/judged-scope.ts';
import { type OwnerRule, tagsOf, withOwners } from '../finding/owners.ts';
import { runIdAt } from '../finding/run-id.ts';
import type { SuppressionLimits, SuppressionRule } from '../finding/suppression.ts';
import { type TellingAccount, withPeople } from '../finding/with-people.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { ActivitySource } from '../ports/activity-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { readAccounts } from './read-accounts.ts';

/** What one audit needs. */
export interface AuditInput {
  readonly sources: readonly AccountSource[];
  /** Null: the time is when the accounts were read, so that a saved snapshot gives the same report every time. */
  readonly clock: Clock | null;
  readonly reference: () => Promise<ServiceReference>;
  readonly checkSettings: CheckSettings;
  /** Compliance frameworks to evaluate. */
  readonly frameworks: readonly ComplianceFramework[];
  /** Whether the report tells what each principal may do. */
  readonly tellsAccess?: boolean;
  /** Whether the report tells what the controls were judged by, passes too. */
  readonly keepsEvidence?: boolean;
  readonly vigilVersion: string;
  readonly progress: Progress;
  /** What somebody has accepted; absent: no suppression file was given. */
  readonly suppressions?: AuditSuppressions | undefined;
  /** Who answers for findings; absent: nobody was configured. */
  readonly owners?: readonly OwnerRule[] | undefined;
  /** Accounts that are expected and not to be read: closed, or left out by the configuration. */
  readonly unread?: readonly ExpectedAccount[] | undefined;
  /** Names that the audit is limited to; absent or null: it is of all accounts. */
  readonly selection?: readonly string[] | null | undefined;
  /** Accounts read at once; default 1. */
  readonly accountsAtOnce?: number | undefined;
  /** Further accounts of the night, not read here, that may tell who is behind roles of IAM Identity Center. */
  readonly tellers?: readonly TellingAccount[] | undefined;
  /** What the accounts are to each other and to those that are not read here; absent: what is found among these. */
  readonly neighbours?: Neighbourhood | undefined;
}

/** The entries of the suppression files, and for how long a finding may be suppressed. */
export interface AuditSuppressions {
  readonly rules: readonly SuppressionRule[];
  readonly limits: SuppressionLimits;
}

/** What one audit found. */
export interface AuditOutcome {
  readonly report: AuditReport;
  readonly snapshots: readonly AccountSnapshot[];
  /** What each snapshot was made from, in their order. */
  readonly documents: readonly SnapshotDocuments[];
  /** What could be judged in each account, in the order of the report's accounts. */
  readonly judged: readonly JudgedScope[];
  /** How each account stands to each control, account by account. */
  readonly controls: readonly ControlResult[];
  /** Checks that broke, a line each; what they would have found is unknown. */
  readonly diagnostics: readonly string[];
  /** API calls made over all accounts, by action; empty for saved files. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** Those of them that AWS throttled. */
  readonly throttledCalls: ReadonlyMap<string, number>;
  /** Where it can be looked up who changed what, by account. */
  readonly activity: ReadonlyMap<string, ActivitySource>;
  /** Names that the audit was limited to; null: it was of all accounts. */
  readonly selection: readonly string[] | null;
  /** The time that all accounts were judged by; null: each by the time that it was read. */
  readonly judgedAt: Instant | null;
}

/**
 * Runs one audit: reads the accounts, analyzes each, and makes one report of all. An account that its source expects may fail,
 * which the report then tells; the errors are those of the other sources, or of all where not one account could be read.
 */
export const runAudit = async (input: AuditInput): Promise<Result<AuditOutcome, readonly SourceProblem[]>> => {
  const { clock, progress } = input;
  const startedAt = clock?.now();
  const read = await readAccounts(input.sources, progress, input.accountsAtOnce);
  if (!read.ok) return read;
  const { snapshots, documents, apiCalls, throttledCalls, activity } = read.value;
  const expected = [...read.value.expected, ...(input.unread ?? [])];

  progress.phase('analyzing', snapshots.length);
  const reference = await input.reference();
  const judgedAt = clock?.now() ?? null;
  const timeOf = ({ collectedAt }: AccountSnapshot): Instant => judgedAt ?? collectedAt;
  const neighbours =
    input.neighbours ??
    (await findDoorsAmong(snapshots, { reference, crownJewels: crownJewelsOf(input.checkSettings) }, timeOf));
  const analyses: AccountAnalysis[] = [];
  for (const snapshot of snapshots) {
    analyses.push(
      analyzeAccount(snapshot, {
        now: timeOf(snapshot),
        reference,
        settings: input.checkSettings,
        frameworks: input.frameworks,
        neighbours,
        tellsAccess: input.tellsAccess ?? false,
        keepsEvidence: input.keepsEvidence ?? false,
      }),
    );
    progress.step();
  }
  const readAt = latest(snapshots.map(({ collectedAt }) => collectedAt));
  const started = startedAt ?? readAt;
  const finishedAt = clock?.now() ?? readAt;
  const tellers = [...snapshots, ...(input.tellers ?? [])];
  const found = withPeople(analyses.flatMap(({ findings }) => findings).sort(compareFindings), tellers);
  const settled = settle(owned(found, snapshots, input.owners, expected), judgedAt ?? readAt, input);
  const report: AuditReport = {
    schemaVersion: '1.0',
    run: {
      id: runIdAt(started),
      startedAt: started,
      finishedAt,
      vigilVersion: input.vigilVersion,
      referenceDate: reference.dataDate,
      baselineRunId: null,
    },
    accounts: analyses.map(({ account }) => account),
    principals: analyses.flatMap(({ principals }) => principals),
    findings: settled.findings,
    escalationCuts: analyses.flatMap(({ escalationCuts }) => escalationCuts),
    ...(expected.length > 0 && { expected }),
    ...analyzerOf(analyses),
    ...(input.keepsEvidence && {
      controlEvidence: analyses.flatMap(({ controlEvidence }) => controlEvidence ?? []),
    }),
    ...(input.tellsAccess && { access: analyses.flatMap(({ access }) => access ?? []) }),
    ...(settled.suppressions && { suppressions: settled.suppressions }),
  };
  return ok({
    report,
    snapshots,
    documents,
    judged: analyses.map(({ judged }) => judged),
    controls: analyses.flatMap(({ controls }) => controls),
    diagnostics: analyses.flatMap(({ diagnostics }) => diagnostics),
    apiCalls,
    throttledCalls,
    activity,
    selection: input.selection ?? null,
    judgedAt,
  });
};

const owned = (
  findings: readonly Finding[],
  snapshots: readonly AccountSnapshot[],
  owners: readonly OwnerRule[] | undefined,
  expected: readonly ExpectedAccount[],
): readonly Finding[] => {
  if (owners === undefined) return findings;
  const tags = new Map(snapshots.flatMap((one) => [...tagsOf(one)]));
  const names = snapshots.map(({ accountId, alias }) => {
    const listed = expected.filter((account) => account.accountId === accountId).map(({ name }) => name);
    return [accountId, new Set([alias.known ? alias.value : null, ...listed].filter((name) => name !== null))] as const;
  });
  return withOwners(findings, owners, tags, new Map(names));
};

const settle = (
  findings: readonly Finding[],
  now: Instant,
  { suppressions }: AuditInput,
): Pick<AuditReport, 'findings' | 'suppressions'> => {
  if (suppressions === undefined) return { findings };
  const applied = applySuppressions(findings, suppressions.rules, { now, limits: suppressions.limits });
  return { findings: applied.findings, suppressions: applied.statuses };
};

const analyzerOf = (analyses: readonly AccountAnalysis[]): Pick<AuditReport, 'analyzer'> =>
  analyses.every(({ analyzer }) => analyzer === null)
    ? {}
    : { analyzer: analyses.flatMap(({ analyzer }) => analyzer ?? []) };

const latest = (instants: readonly Instant[]): Instant => {
  const [last] = [...instants].sort().reverse();
  if (last === undefined) throw new Error('an audit needs at least one source');
  return last;
};
