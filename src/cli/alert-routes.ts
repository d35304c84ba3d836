import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertRoute } from '../config/alert-route.ts';
import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import type { Alert } from '../finding/alert.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { deliveryNotice } from './delivery-notice.ts';
import { tellNotice } from './notice.ts';
import { openAlertChannel } from './open-alert-channel.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** A route whose channel can be sent to. */
export interface OpenRoute {
  readonly route: AlertRoute;
  readonly channel: AlertChannel;
}

/** Opens the routes of the configuration, or the one that is named. The errors name the routes and hold no secret. */
export const openAlertRoutes = async (
  { alerts, owners }: Pick<Config, 'alerts' | 'owners'>,
  only?: string,
): Promise<Result<readonly OpenRoute[], readonly string[]>> => {
  const wanted = alerts.routes.filter(({ name }) => only === undefined || name === only);
  if (wanted.length === 0) return err([noRoute(alerts.routes, only)]);
  const ownerless = wanted.filter((route) => route.owners.length > 0 && owners.rules.length === 0);
  if (ownerless.length > 0) {
    return err(ownerless.map(({ name }) => `alert route \`${name}\`: has \`owners\`, but \`owners.rules\` names none`));
  }
  const { routes, problems } = await openThose(wanted, alerts.timeoutSeconds);
  return problems.length > 0 ? err(problems) : ok(routes);
};

/** Those routes of the configuration that can be opened, and why not of the others: one that lacks its secret silences none. */
export const openableAlertRoutes = ({ alerts }: Pick<Config, 'alerts'>): Promise<OpenableRoutes> =>
  openThose(alerts.routes, alerts.timeoutSeconds);

interface OpenableRoutes {
  readonly routes: readonly OpenRoute[];
  readonly problems: readonly string[];
}

const openThose = async (wanted: readonly AlertRoute[], timeoutSeconds: number): Promise<OpenableRoutes> => {
  const surroundings = {
    environment: processEnvironment(),
    clock: systemClock,
    wait: async (milliseconds: number): Promise<void> => sleep(milliseconds),
    timeoutMs: timeoutSeconds * 1000,
  };
  const opened = await Promise.all(
    wanted.map(async (route) => ({ route, channel: await openAlertChannel(route, surroundings) })),
  );
  const problems = opened.flatMap(({ route, channel }) =>
    channel.ok ? [] : [`alert route \`${route.name}\`: ${channel.error}`],
  );
  const routes = opened.flatMap(({ route, channel }) => (channel.ok ? [{ route, channel: channel.value }] : []));
  return { routes, problems };
};

const noRoute = (routes: readonly AlertRoute[], only: string | undefined): string => {
  if (routes.length === 0) return 'there is no alert route: name one under `alerts.routes` of the configuration';
  const names = routes.map(({ name }) => `\`${name}\``).join(', ');
  return `there is no alert route \`${only ?? ''}\`: there are ${names}`;
};

/**
 * Sends each route its alerts, the routes side by side, and says of each how it went. A route that fails keeps no other
 * from its alerts. Whether all arrived.
 */
export const sendAlerts = async (
  routes: readonly OpenRoute[],
  alertsFor: (route: AlertRoute) => readonly Alert[],
  terminal: Pick<Terminal, 'say' | 'notice'>,
): Promise<boolean> => {
  const arrived = await Promise.all(
    routes.map(async ({ route, channel }) => {
      let all = true;
      for (const alert of alertsFor(route)) {
        const sent = await channel.send(alert);
        const about = { route: route.name, accountId: alert.account?.id ?? null, auditId: alert.runId };
        all &&= sent.ok;
        tellNotice(
          terminal,
          deliveryNotice(
            sent.ok ? { ...about, kind: 'sent' } : { ...about, kind: 'failed', problem: sent.error, retryAt: null },
          ),
        );
      }
      return all;
    }),
  );
  return arrived.every(Boolean);
};
