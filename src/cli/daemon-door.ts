import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { Listening } from '../http/control-server.ts';
import type { Metrics } from '../http/metrics.ts';
import { openSideDoor } from '../http/side-door.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { readSecret } from './alert-secrets.ts';
import { routeStandings } from './daemon-alerts.ts';
import type { HistoryPlace } from './open-history.ts';
import { recallFindings } from './recall-findings.ts';
import { systemClock } from './system-clock.ts';
import { uploadStandings } from './upload-nights.ts';

/** What the daemon's web server shows of it. */
export interface DaemonToShow {
  readonly daemon: Daemon;
  readonly metrics: Metrics;
  readonly isReady: () => boolean;
  readonly config: () => Config;
  readonly history: HistoryPlace;
}

/** Opens the daemon's web server; null: the configuration asks for none. */
export const openDaemonDoor = async ({
  daemon,
  metrics,
  isReady,
  config,
  history,
}: DaemonToShow): Promise<Result<(Listening & { readonly port: number }) | null, string>> => {
  const { port, host, token: reference } = config().http;
  if (port === undefined) return ok(null);
  const token = reference === undefined ? ok(null) : await readSecret(reference, processEnvironment());
  if (!token.ok) return err(`http.token: ${token.error}`);
  // What cannot be read of the past is no reason not to start.
  await recallFindings(history, metrics).catch(() => {});
  return openSideDoor(
    { host, port, token: token.value },
    {
      isReady,
      metrics: async () =>
        metrics.read({
          groups: daemon.status(),
          routes: await routeStandings(history),
          destinations: await uploadStandings(config(), systemClock.now()),
        }),
      reports: () => config().report.directory,
    },
  );
};
