import { sampleAlert } from '../alert-content/sample-alert.ts';
import type { AlertOptions } from './alert-options.ts';
import { openAlertRoutes, sendAlerts } from './alert-routes.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { refuse } from './refuse.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** Sends a sample alert to a route. */
export const runAlertCommand = async (options: AlertOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const routes = await openAlertRoutes(config.value, options.test);
  if (!routes.ok) return refuse(terminal, routes.error, EXIT.usage);
  const now = systemClock.now();
  const link = config.value.alerts.reportUrl ?? null;
  const arrived = await sendAlerts(routes.value, ({ name }) => [sampleAlert(name, now, link)], terminal);
  return arrived ? EXIT.done : EXIT.notAlerted;
};
