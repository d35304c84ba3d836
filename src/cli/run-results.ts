import type { AuditedAccount, RunResult } from '../daemon/run-result.ts';
import type { AccountCoverage, AuditReport } from '../finding/audit-report.ts';
import { countFindings } from '../finding/finding-counts.ts';
import { noticeTo } from './notice.ts';
import type { PerformedAudit } from './perform-audit.ts';
import type { Terminal } from './terminal.ts';

/** A run that nothing came of, for a reason that another configuration mends. */
export const failedRun = (messages: readonly string[]): RunResult => ({ kind: 'failed', messages, cause: 'usage' });

/** What is told of what another process did. */
export const doneBefore = (auditId: string): Extract<RunResult, { kind: 'done' }> => {
  const none = new Map<string, number>();
  return { kind: 'done', auditId, accounts: [], alerted: true, apiCalls: none, throttledCalls: none, files: [] };
};

/** What is told of an audit that was done; checks that broke are told at once. */
export const toDoneRun = ({ outcome, files, alerted }: PerformedAudit, terminal: Terminal): RunResult => {
  const { report, apiCalls, throttledCalls, diagnostics } = outcome;
  const tell = noticeTo(terminal, 'check failed', { auditId: report.run.id });
  for (const diagnostic of diagnostics) tell(diagnostic);
  const accounts = report.accounts.map((account) => auditedAccount(account, report));
  return { kind: 'done', auditId: report.run.id, accounts, alerted, apiCalls, throttledCalls, files };
};

const auditedAccount = (
  { accountId, collectedAt, complete, coverage }: AccountCoverage,
  { findings }: AuditReport,
): AuditedAccount => ({
  accountId,
  collectedAt,
  complete,
  gaps: coverage.filter(({ status }) => status !== 'read').length,
  findings: countFindings(findings.filter((finding) => finding.accountId === accountId)),
});
