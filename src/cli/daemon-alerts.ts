import { alertOfFailure } from '../alert-content/alerts-of-report.ts';
import { alertsOfUploads, type UploadNews } from '../alert-content/alerts-of-uploads.ts';
import type { Config } from '../config/config.ts';
import type { Alert } from '../finding/alert.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { RouteStanding } from '../ports/alert-outbox.ts';
import { openableAlertRoutes, sendAlerts } from './alert-routes.ts';
import { deliverWaiting } from './deliver-alerts.ts';
import { noticeTo } from './notice.ts';
import { type HistoryPlace, mayHoldHistory, openHistory } from './open-history.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** What the daemon has to do with alerts between its audits. */
export interface DaemonAlerts {
  /** Tells the routes that something is wrong with the daemon's work; what does not arrive waits in the history. */
  tell(message: string): Promise<void>;
  /** The same of reports that do not arrive where they are to go. */
  tellOfUploads(news: readonly UploadNews[]): Promise<void>;
  /** Delivers what waits, if some of it is due. */
  deliver(): Promise<void>;
  /** Something may have been queued: `deliver` is to look. */
  look(): void;
}

/** Alerts by the routes of the configuration as it is by then, through the outbox of a history. */
export const daemonAlerts = (
  history: HistoryPlace,
  config: () => Config,
  terminal: Pick<Terminal, 'say' | 'notice'>,
): DaemonAlerts => {
  // Other processes queue alerts too, and none of them for longer than this before it is looked for.
  const atLatest = (now: Instant): Instant => addDays(now, LONGEST_LOOK_DAYS);
  let lookAt: Instant | null = null;
  const tellAll = async (alertsFor: (route: string, now: Instant) => readonly Alert[]): Promise<void> => {
    const { routes } = config().alerts;
    if (routes.length === 0) return;
    const now = systemClock.now();
    const opened = await openHistory(history);
    if (!opened.ok) {
      noticeTo(terminal, 'alerts not kept')(opened.error);
      const { routes: open } = await openableAlertRoutes(config());
      await sendAlerts(open, ({ name }) => alertsFor(name, now), terminal);
      return;
    }
    // For all of them: one that lacks its secret has it another day.
    await opened.value.outbox
      .queue(
        routes.flatMap(({ name }) => alertsFor(name, now)),
        now,
      )
      .finally(() => opened.value.close());
    await deliverWaiting(history, config(), { clock: systemClock, terminal });
    lookAt = null;
  };
  return {
    tell: (message) => tellAll((name, now) => [alertOfFailure(message, { name }, now)]),
    tellOfUploads: (news) => tellAll((route, now) => alertsOfUploads(news, route, now)),
    deliver: async () => {
      const now = systemClock.now();
      if (lookAt !== null && now < lookAt) return;
      lookAt = atLatest(now);
      const drained = await deliverWaiting(history, config(), { clock: systemClock, terminal });
      const nextAt = drained?.nextAt ?? null;
      if (nextAt !== null && nextAt < lookAt) lookAt = nextAt;
    },
    look: () => {
      lookAt = null;
    },
  };
};

const LONGEST_LOOK_DAYS = 10 / (24 * 60);

/** How the routes stand that an alert was ever queued for in a history; none where there is no history. */
export const routeStandings = async (history: HistoryPlace): Promise<readonly RouteStanding[]> => {
  if (!mayHoldHistory(history)) return [];
  const opened = await openHistory(history);
  if (!opened.ok) return [];
  return opened.value.outbox.standings().finally(() => opened.value.close());
};
