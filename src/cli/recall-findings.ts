import { countFindings } from '../finding/finding-counts.ts';
import type { Metrics } from '../http/metrics.ts';
import { type HistoryPlace, mayHoldHistory, openHistory } from './open-history.ts';

/** Has the metrics know what the latest audit of each account found, so that a new daemon does not begin with nothing. */
export const recallFindings = async (history: HistoryPlace, metrics: Metrics): Promise<void> => {
  if (!mayHoldHistory(history)) return;
  const opened = await openHistory(history);
  if (!opened.ok) return;
  try {
    const known = new Set<string>();
    // The latest first.
    for (const { id, startedAt, accounts } of await opened.value.runs()) {
      const unknown = accounts.filter(({ accountId }) => !known.has(accountId));
      if (unknown.length === 0) continue;
      const findings = await opened.value.findings(id);
      for (const { accountId } of unknown) {
        known.add(accountId);
        const found = findings.filter((finding) => finding.accountId === accountId);
        metrics.onFindings(accountId, countFindings(found), startedAt);
      }
    }
  } finally {
    await opened.value.close();
  }
};
