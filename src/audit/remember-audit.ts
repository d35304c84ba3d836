import type { AuditReport } from '../finding/audit-report.ts';
import { liveFindings } from '../finding/finding-life.ts';
import { compareFindings } from '../finding/finding-order.ts';
import type { JudgedScope } from '../finding/judged-scope.ts';
import type { News, Told } from '../finding/told.ts';
import type { AccountToRecord, HistoryStore, LivedRun } from '../ports/history-store.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { comparedWithPast } from './expected-accounts.ts';
import type { AuditOutcome } from './run-audit.ts';

const NOTHING: JudgedScope = { checks: new Set(), passed: new Set() };

/** What the routes are to be told of an audit that is remembered, its findings with their states, from what they were told before. */
export type AuditNews = (remembered: {
  readonly report: AuditReport;
  /** The accounts that no earlier audit is known of. */
  readonly firstSeen: ReadonlySet<string>;
  readonly told: readonly Told[];
}) => News;

/**
 * Remembers an audit, and gives its findings the states and times that follow from the audits before. What the routes are to be
 * told is queued with it; null: nobody is.
 */
export const rememberAudit = async (
  outcome: AuditOutcome,
  history: HistoryStore,
  news: AuditNews | null = null,
): Promise<AuditOutcome> => {
  const { report, documents } = outcome;
  const scopes = new Map(report.accounts.map(({ accountId }, index) => [accountId, outcome.judged[index] ?? NOTHING]));
  // An account that a directory holds twice is remembered as the later of its snapshots.
  const accounts = new Map<string, AccountToRecord>();
  for (const [index, account] of report.accounts.entries()) {
    const document = documents[index];
    const found = report.findings.filter(({ accountId }) => accountId === account.accountId);
    const findings = [...new Map(found.map((finding) => [finding.key, finding])).values()];
    const files = document === undefined ? new Map<string, string>() : printSnapshotFiles(document);
    accounts.set(account.accountId, { account, findings, files });
  }
  const expected =
    report.expected &&
    comparedWithPast(report.expected, {
      startedAt: report.run.startedAt,
      selection: outcome.selection,
      runs: await history.runs(),
    });
  const reportOf = ({ runId, baselineRunId, findings }: LivedRun): AuditReport => ({
    ...report,
    run: { ...report.run, id: runId, baselineRunId },
    findings: [...findings].sort(compareFindings),
    ...(expected && { expected }),
  });
  const lived = await history.record(
    { run: report.run, accounts: [...accounts.values()], expected },
    ({ account, findings }, past) => liveFindings(past, findings, scopes.get(account.accountId) ?? NOTHING),
    news === null ? undefined : (run, told) => news({ report: reportOf(run), firstSeen: run.firstSeen, told }),
  );
  return { ...outcome, report: reportOf(lived) };
};
