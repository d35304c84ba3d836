import { countFindings } from '../finding/finding-counts.ts';
import { parseAccountSummary } from '../finding/stored-account-summary.ts';
import type { Metrics } from '../http/metrics.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { NightStanding } from '../ports/night-store.ts';
import { type HistoryPlace, mayHoldHistory, openHistory } from './open-history.ts';

/** Has the metrics know what the latest audit of each account found, so that a new daemon does not begin with nothing. */
export const recallFindings = async (history: HistoryPlace, metrics: Metrics): Promise<void> => {
  if (!mayHoldHistory(history)) return;
  const opened = await openHistory(history);
  if (!opened.ok) return;
  try {
    // Where workers audit, each account's audit is one by itself: years of them are not to be gone through.
    const nights = await opened.value.nights.latest();
    if (nights.length > 0) await recallNights(nights, opened.value, metrics);
    else await recallRuns(opened.value, metrics);
  } finally {
    await opened.value.close();
  }
};

const recallNights = async (
  nights: readonly Pick<NightStanding, 'id'>[],
  history: HistoryStore,
  metrics: Metrics,
): Promise<void> => {
  for (const { id } of nights) {
    const night = await history.nights.read(id);
    for (const outcome of night?.outcomes.values() ?? []) {
      const summary = outcome.kind === 'audited' ? parseAccountSummary(outcome.summary) : null;
      if (summary?.ok !== true) continue;
      const { accountId, findings, collectedAt } = summary.value;
      metrics.onFindings(accountId, findings, collectedAt);
    }
  }
};

const recallRuns = async (history: HistoryStore, metrics: Metrics): Promise<void> => {
  const known = new Set<string>();
  // The latest first.
  for (const { id, startedAt, accounts } of await history.runs()) {
    const unknown = accounts.filter(({ accountId }) => !known.has(accountId));
    if (unknown.length === 0) continue;
    const findings = await history.findings(id);
    for (const { accountId } of unknown) {
      known.add(accountId);
      const found = findings.filter((finding) => finding.accountId === accountId);
      metrics.onFindings(accountId, countFindings(found), startedAt);
    }
  }
};
