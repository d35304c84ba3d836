import { type AccountAnalysis, analyzeAccount } from '../analyze/analyze-account.ts';
import type { CheckSettings } from '../analyze/check-settings.ts';
import type { ComplianceFramework } from '../analyze/compliance-framework.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import type { ControlResult } from '../finding/control-result.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
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
  readonly vigilVersion: string;
  readonly progress: Progress;
}

/** What one audit found. */
export interface AuditOutcome {
  readonly report: AuditReport;
  readonly snapshots: readonly AccountSnapshot[];
  /** How each account stands to each control, account by account. */
  readonly controls: readonly ControlResult[];
  /** Checks that broke, a line each; what they would have found is unknown. */
  readonly diagnostics: readonly string[];
  /** API calls made over all accounts, by action; empty for saved files. */
  readonly apiCalls: ReadonlyMap<string, number>;
}

/**
 * Runs one audit: reads the accounts one after the other, analyzes each, and makes one report of all.
 * The errors are those of the sources; an audit of several accounts needs each to be readable.
 */
export const runAudit = async (input: AuditInput): Promise<Result<AuditOutcome, readonly SourceProblem[]>> => {
  const { clock, progress } = input;
  const startedAt = clock?.now();
  const read = await readAccounts(input.sources, progress);
  if (!read.ok) return read;
  const { snapshots, apiCalls } = read.value;

  progress.phase('analyzing', snapshots.length);
  const reference = await input.reference();
  const analyses: AccountAnalysis[] = [];
  for (const snapshot of snapshots) {
    const now = clock?.now() ?? snapshot.collectedAt;
    analyses.push(
      analyzeAccount(snapshot, { now, reference, settings: input.checkSettings, frameworks: input.frameworks }),
    );
    progress.step();
  }
  const readAt = latest(snapshots.map(({ collectedAt }) => collectedAt));
  const started = startedAt ?? readAt;
  const report: AuditReport = {
    schemaVersion: '1.0',
    run: {
      id: started.replaceAll(/[-:]/g, ''),
      startedAt: started,
      finishedAt: clock?.now() ?? readAt,
      vigilVersion: input.vigilVersion,
      referenceDate: reference.dataDate,
      baselineRunId: null,
    },
    accounts: analyses.map(({ account }) => account),
    principals: analyses.flatMap(({ principals }) => principals),
    findings: analyses.flatMap(({ findings }) => findings).sort(compareFindings),
    escalationCuts: analyses.flatMap(({ escalationCuts }) => escalationCuts),
    ...analyzerOf(analyses),
  };
  return ok({
    report,
    snapshots,
    controls: analyses.flatMap(({ controls }) => controls),
    diagnostics: analyses.flatMap(({ diagnostics }) => diagnostics),
    apiCalls,
  });
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
