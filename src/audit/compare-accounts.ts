import { type AccountChanges, accountChanges } from '../analyze/account-changes.ts';
import type { AccountChange, AccountComparison } from '../finding/account-change.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, PreviousSnapshot } from '../ports/history-store.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { AuditOutcome } from './run-audit.ts';
import { storedSnapshot } from './stored-snapshot.ts';

/**
 * Puts into an audit's report what changed of each account since the latest audit before that the history knows: nothing where
 * that is the first. An earlier snapshot that cannot be read is a diagnostic, and its account is not compared.
 */
export const compareAccounts = async (
  outcome: AuditOutcome,
  history: Pick<HistoryStore, 'previous'>,
  reference: () => Promise<ServiceReference>,
): Promise<AuditOutcome> => {
  const changes: AccountChange[] = [];
  const comparisons: AccountComparison[] = [];
  const diagnostics: string[] = [];
  // An account that a directory holds twice is remembered as the later of its snapshots.
  const snapshots = new Map(outcome.snapshots.map((snapshot) => [snapshot.accountId, snapshot]));
  for (const [accountId, after] of snapshots) {
    const { startedAt, id } = outcome.report.run;
    // An earlier try of the same audit is no audit before it.
    const previous = await history.previous(accountId, startedAt, id);
    if (previous === null) continue;
    const { runId } = previous;
    const found = compared(previous.files, after, await reference());
    if (!found.ok) {
      diagnostics.push(`account ${accountId}: what changed since audit ${runId} is not known: ${found.error}`);
      continue;
    }
    for (const change of found.value.changes) changes.push(change);
    comparisons.push({ accountId, runId, notCompared: found.value.notCompared });
  }
  return {
    ...outcome,
    report: comparisons.length === 0 ? outcome.report : { ...outcome.report, changes, comparisons },
    diagnostics: [...outcome.diagnostics, ...diagnostics],
  };
};

const compared = (
  files: PreviousSnapshot['files'],
  after: AccountSnapshot,
  reference: ServiceReference,
): Result<AccountChanges, string> => {
  const before = storedSnapshot(files);
  if (!before.ok) return err(`its snapshot cannot be read: ${before.error}`);
  try {
    return ok(accountChanges(before.value, after, { reference, now: after.collectedAt }));
  } catch (error) {
    // A bug in this must not cost the audit.
    return err(error instanceof Error ? error.message : String(error));
  }
};

/** What changed between two snapshots of an account that the history keeps, by their files. The error says why nobody can tell. */
export const compareRemembered = (
  before: PreviousSnapshot['files'],
  after: PreviousSnapshot['files'],
  reference: ServiceReference,
): Result<AccountChanges, string> => {
  const later = storedSnapshot(after);
  return later.ok ? compared(before, later.value, reference) : err(`its snapshot cannot be read: ${later.error}`);
};
