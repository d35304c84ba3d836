import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
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
  reference: () => Promise<ServiceReference>,
): Promise<Result<AuditOutcome, E>> => {
  if (!audited.ok || history === null) return audited;
  try {
    return ok(await attributeChanges(await compareAccounts(audited.value, history, reference), history));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const diagnostics = [...audited.value.diagnostics, `what changed since the audit before is not known: ${why}`];
    return ok({ ...audited.value, diagnostics });
  }
};
