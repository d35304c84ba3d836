import { randomUUID } from 'node:crypto';
import type { AlertRoute } from '../config/alert-route.ts';
import type { Config } from '../config/config.ts';
import { digestTime, timeOfDay } from '../config/route-times.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { DeliveryTimes, QuietHours } from '../outbox/delivery-times.ts';
import { type Drained, drainOutbox } from '../outbox/drain-outbox.ts';
import type { DeliveryEvent } from '../outbox/route-delivery.ts';
import type { AlertOutbox } from '../ports/alert-outbox.ts';
import type { Clock } from '../ports/clock.ts';
import { timeInWords } from '../report/words.ts';
import { type OpenRoute, openAlertRoutes } from './alert-routes.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * Delivers what is due of the alerts that wait in the history, once, and says how it went: after each audit, and by the daemon
 * whenever `nextAt` has come.
 */
export const deliverAlerts = (
  outbox: AlertOutbox,
  routes: readonly OpenRoute[],
  { alerts }: Pick<Config, 'alerts'>,
  { clock, terminal }: { readonly clock: Clock; readonly terminal: Pick<Terminal, 'say'> },
): Promise<Drained> =>
  drainOutbox({
    outbox,
    routes: routes.map(({ route, channel }) => ({ name: route.name, times: timesOf(route), channel })),
    clock,
    patience: alerts,
    random: Math.random,
    holder: randomUUID(),
    leaseSeconds: longestSendSeconds(alerts.timeoutSeconds),
    tell: (event) => terminal.say(`vigil: alert route ${event.route}: ${printable(eventInWords(event))}`),
  });

/** Delivers what is due of the alerts that wait in a history, which is opened for it; null where no route is configured. */
export const deliverWaiting = async (
  file: string,
  config: Config,
  surroundings: { readonly clock: Clock; readonly terminal: Pick<Terminal, 'say'> },
): Promise<Result<Drained | null, readonly string[]>> => {
  if (config.alerts.routes.length === 0) return ok(null);
  const routes = await openAlertRoutes(config);
  if (!routes.ok) return routes;
  const { openSqliteHistory } = await import('../store/sqlite-history.ts');
  const history = await openSqliteHistory(file);
  if (!history.ok) return err([history.error]);
  try {
    return ok(await deliverAlerts(history.value.outbox, routes.value, config, surroundings));
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

// A channel tries four times, a mailer takes up to three silences a try, and it waits up to a minute between.
const longestSendSeconds = (timeoutSeconds: number): number => 4 * 3 * timeoutSeconds + 3 * 60 + 60;

const eventInWords = (event: DeliveryEvent): string => {
  switch (event.kind) {
    case 'sent':
      return `sent${about(event.accountId)}`;
    case 'failed': {
      const { message, attempts } = event.problem;
      const tries = attempts === 1 ? 'once' : `${String(attempts)} times`;
      const kept = event.retryAt === null ? '' : `; it is kept, and tried again from ${timeInWords(event.retryAt)}`;
      return `not sent${about(event.accountId)}: ${message}, tried ${tries}${kept}`;
    }
    case 'waits':
      return `${event.count === 1 ? '1 message waits' : `${String(event.count)} messages wait`} until ${timeInWords(event.until)}, since it failed before`;
    case 'given-up':
      return `${event.count === 1 ? '1 alert is' : `${String(event.count)} alerts are`} given up, ${
        event.why === 'age' ? 'having waited too long' : 'since the route takes others'
      }`;
    case 'dead':
      return `takes no alerts since ${timeInWords(event.since)}: ${event.problem}; ${
        event.toldTo === null ? 'no other route works that could be told' : `route ${event.toldTo} is told`
      }`;
    case 'back':
      return 'takes alerts again';
    case 'busy':
      return 'another process delivers to it';
  }
};

const about = (accountId: string | null): string => (accountId === null ? '' : ` about account ${accountId}`);
