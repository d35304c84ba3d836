import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Progress } from '../ports/progress.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import { attributeChanges } from './attribute-changes.ts';
import { compareAccounts } from './compare-accounts.ts';
import type { AuditOutcome } from './run-audit.ts';

/**
 * An audit with what changed since the one before and who did it, if there is a history. To be called while the accounts can
 * still be asked. A history that cannot be read is a diagnostic, and the audit goes on without.
 */
export const compareWithPast = async <E>(
  audited: Result<AuditOutcome, E>,
  history: HistoryStore | null,
  { reference, progress }: { readonly reference: () => Promise<ServiceReference>; readonly progress: Progress },
): Promise<Result<AuditOutcome, E>> => {
  if (!audited.ok || history === null) return audited;
  let outcome = audited.value;
  try {
    outcome = await compareAccounts(outcome, history, reference);
    return ok(await attributeChanges(outcome, history, progress));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const diagnostics = [...outcome.diagnostics, `not all is known of what changed since the audit before: ${why}`];
    return ok({ ...outcome, diagnostics });
  }
};
