import { type AuditNews, rememberAudit } from '../audit/remember-audit.ts';
import type { AuditOutcome } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { AuditOptions } from './audit-options.ts';
import { historyOfAudit } from './history-options.ts';
import { noticeTo } from './notice.ts';
import { openHistory } from './open-history.ts';
import type { Terminal } from './terminal.ts';

/** The history that an audit is remembered in, opened; null: it is not remembered. Asked before anything is read. */
export const openAuditHistory = async (
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<HistoryStore | null, string>> => {
  const place = historyOfAudit(options, config, processEnvironment());
  if (!place.ok) return place;
  if (place.value === null) return ok(null);
  const history = await openHistory(place.value);
  if (history.ok || place.value.isNamed) return history;
  // Nobody asked for a history: where the place that it has by default cannot be written, the audit goes on without.
  noticeTo(terminal, 'audit not remembered')(`${history.error}; this audit is not remembered`);
  return ok(null);
};

/** An audit with the lives of its findings, if it is remembered. */
export interface RememberedAudit {
  readonly outcome: AuditOutcome;
  readonly isRemembered: boolean;
}

/**
 * Remembers an audit, if there is a history, and forgets what is too old by the audit's clock. Where that fails
 * (a full disk), people are told, and have their reports all the same.
 */
export const withHistory = async (
  outcome: AuditOutcome,
  history: HistoryStore | null,
  {
    limits,
    news,
    warn,
  }: {
    /** How much is kept; null: nothing is forgotten now. */
    readonly limits: Pick<Config['history'], 'maxAgeDays' | 'maxRuns'> | null;
    readonly news: AuditNews | null;
    readonly warn: (message: string) => void;
  },
): Promise<RememberedAudit> => {
  if (history === null) return { outcome, isRemembered: false };
  try {
    const remembered = await rememberAudit(outcome, history, news);
    if (limits !== null) await history.retain({ ...limits, now: remembered.report.run.startedAt });
    return { outcome: remembered, isRemembered: true };
  } catch (error) {
    warn(`history: the audit could not be remembered: ${error instanceof Error ? error.message : String(error)}`);
    return { outcome, isRemembered: false };
  }
};
