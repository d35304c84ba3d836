import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { RouteStanding } from '../ports/alert-outbox.ts';
import { openAuditAlerts } from './audit-alerts.ts';
import { deliverWaiting } from './deliver-alerts.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** What the daemon has to do with alerts between its audits. */
export interface DaemonAlerts {
  /** Tells the routes that something is wrong with the daemon's work; what does not arrive waits in the history. */
  tell(message: string): Promise<void>;
  /** Delivers what waits, if some of it is due. */
  deliver(): Promise<void>;
  /** Something may have been queued: `deliver` is to look. */
  look(): void;
}

/** Alerts by the routes of the configuration as it is by then, through the outbox of a history. */
export const daemonAlerts = (history: string, config: () => Config, say: (line: string) => void): DaemonAlerts => {
  const terminal: Terminal = {
    print: () => {},
    say,
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  };
  // Other processes queue alerts too, and none of them for longer than this before it is looked for.
  const atLatest = (now: Instant): Instant => addDays(now, LONGEST_LOOK_DAYS);
  let lookAt: Instant | null = null;
  return {
    tell: async (message) => {
      if (config().alerts.routes.length === 0) return;
      const alerts = await openAuditAlerts({ alert: true }, config(), terminal);
      if (!alerts.ok) return alerts.error.forEach(say);
      const { openSqliteHistory } = await import('../store/sqlite-history.ts');
      const opened = await openSqliteHistory(history);
      const store = opened.ok ? opened.value : null;
      try {
        await alerts.value.ofFailure([message], store?.outbox ?? null);
        lookAt = null;
      } finally {
        await store?.close();
      }
    },
    deliver: async () => {
      const now = systemClock.now();
      if (lookAt !== null && now < lookAt) return;
      lookAt = atLatest(now);
      const drained = await deliverWaiting(history, config(), { clock: systemClock, terminal });
      if (!drained.ok) return drained.error.forEach(say);
      const nextAt = drained.value?.nextAt ?? null;
      if (nextAt !== null && nextAt < lookAt) lookAt = nextAt;
    },
    look: () => {
      lookAt = null;
    },
  };
};

const LONGEST_LOOK_DAYS = 10 / (24 * 60);

/** How the routes stand that an alert was ever queued for in a history; none where there is no history. */
export const routeStandings = async (history: string): Promise<readonly RouteStanding[]> => {
  if (!existsSync(history)) return [];
  const { openSqliteHistory } = await import('../store/sqlite-history.ts');
  const opened = await openSqliteHistory(history);
  if (!opened.ok) return [];
  return opened.value.outbox.standings().finally(() => opened.value.close());
};
