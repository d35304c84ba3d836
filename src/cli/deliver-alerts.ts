import { randomUUID } from 'node:crypto';
import type { AlertRoute } from '../config/alert-route.ts';
import type { Config } from '../config/config.ts';
import { digestTime, timeOfDay } from '../config/route-times.ts';
import type { DeliveryTimes, QuietHours } from '../outbox/delivery-times.ts';
import { type Drained, drainOutbox } from '../outbox/drain-outbox.ts';
import type { AlertOutbox } from '../ports/alert-outbox.ts';
import type { Clock } from '../ports/clock.ts';
import { type OpenRoute, openableAlertRoutes } from './alert-routes.ts';
import { deliveryNotice } from './delivery-notice.ts';
import { hasReports } from './enclose-reports.ts';
import { noticeTo, tellNotice } from './notice.ts';
import { type HistoryPlace, openHistory } from './open-history.ts';
import type { Terminal } from './terminal.ts';

/**
 * Delivers what is due of the alerts that wait in the history, once, and says how it went: after each audit, and by the daemon
 * whenever `nextAt` has come.
 */
export const deliverAlerts = (
  outbox: AlertOutbox,
  routes: readonly OpenRoute[],
  { alerts }: Pick<Config, 'alerts'>,
  { clock, terminal }: { readonly clock: Clock; readonly terminal: Pick<Terminal, 'say' | 'notice'> },
): Promise<Drained> =>
  drainOutbox({
    outbox,
    routes: routes.map(({ route, channel }) => ({ name: route.name, times: timesOf(route), channel })),
    clock,
    patience: alerts,
    random: Math.random,
    holder: randomUUID(),
    leaseSeconds: longestSendSeconds(alerts),
    isReady: (queued) => hasReports(queued, clock.now()),
    tell: (event) => tellNotice(terminal, deliveryNotice(event)),
  });

/**
 * Delivers what is due of the alerts that wait in a history, which is opened for it, by the routes that can be opened; null: there
 * is nothing to deliver by or from, which is told.
 */
export const deliverWaiting = async (
  place: HistoryPlace,
  config: Config,
  surroundings: { readonly clock: Clock; readonly terminal: Pick<Terminal, 'say' | 'notice'> },
): Promise<Drained | null> => {
  if (config.alerts.routes.length === 0) return null;
  const { routes, problems } = await openableAlertRoutes(config);
  const { terminal } = surroundings;
  for (const problem of problems) noticeTo(terminal, 'alert route closed')(problem);
  if (routes.length === 0) return null;
  const history = await openHistory(place);
  if (!history.ok) {
    noticeTo(terminal, 'alerts not delivered')(history.error);
    return null;
  }
  try {
    return await deliverAlerts(history.value.outbox, routes, config, surroundings);
  } finally {
    await history.value.close();
  }
};

const timesOf = ({ digest, quietHours, timeZone }: AlertRoute): DeliveryTimes => ({
  digest: digest === undefined ? null : digestTime(digest),
  quietHours: quietHours === undefined ? null : quietTimes(quietHours),
  timeZone,
});

const quietTimes = ({ from, to, exceptCritical }: NonNullable<AlertRoute['quietHours']>): QuietHours | null => {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return start === null || end === null ? null : { from: start, to: end, exceptCritical };
};

// A channel tries four times and waits up to a minute between; a mailer takes up to three silences a try, ten seconds more for each
// MB that is attached, and a try more for a mail that is refused with its attachments.
const longestSendSeconds = ({ timeoutSeconds, routes }: Config['alerts']): number => {
  const megabytes = routes.map((route) =>
    route.channel === 'email' && route.attach.length > 0 ? route.attachLimitMegabytes : 0,
  );
  return 5 * (3 * timeoutSeconds + 10 * Math.max(0, ...megabytes)) + 4 * 60;
};
