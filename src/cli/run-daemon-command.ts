import type { Config } from '../config/config.ts';
import { askStatus } from '../http/control-client.ts';
import { serveControl } from '../http/control-server.ts';
import { jsonLogger } from '../log/json-logger.ts';
import type { Logger } from '../ports/logger.ts';
import { daemonFiles } from './daemon-files.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { readDaemonSettings } from './daemon-settings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type OpenDaemon, openDaemon } from './open-daemon.ts';
import { vigilVersion } from './package-files.ts';
import { refuse } from './refuse.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** Audits on schedule until it is told to stop. */
export const runDaemonCommand = async (options: DaemonOptions, terminal: Terminal): Promise<ExitCode> => {
  // Before anything else: whoever starts a daemon may signal it at once.
  const signals = catchSignals();
  const read = await readDaemonSettings(options);
  if (!read.ok) return refuse(terminal, read.error, EXIT.usage);
  const files = daemonFiles(options, read.value.config);
  if (!files.ok) return refuse(terminal, [files.error], EXIT.usage);
  const { socket, history } = files.value;
  const inPlace = await askStatus(socket);
  if (inPlace.kind !== 'nobody')
    return refuse(terminal, [`another daemon keeps the history \`${history}\``], EXIT.usage);

  const log = jsonLogger();
  const startedAt = systemClock.now();
  const opened = openDaemon({ options, files: files.value, log, onEnd: () => {} }, read.value);
  const { daemon } = opened;
  const control = await serveControl(socket, {
    status: () => ({ version: vigilVersion(), processId: process.pid, startedAt, groups: daemon.status() }),
    request: (group) => daemon.request(group),
  });
  if (!control.ok) return refuse(terminal, [control.error], EXIT.usage);
  log.info('daemon starts', { version: vigilVersion(), processId: process.pid, history });
  daemon.start();
  let { config } = read.value;
  signals.onReload(async () => {
    config = (await reload(opened, options, { log, config })) ?? config;
  });
  // A promise that nobody waits for any more, of an audit that broke, is no reason to end.
  process.on('unhandledRejection', (reason) => log.error('a promise broke', { reason: String(reason) }));
  const signal = await signals.stop;
  log.info('daemon stops', { signal, secondsToFinish: config.daemon.stopSeconds });
  const isDone = await daemon.stop(config.daemon.stopSeconds * 1000);
  await control.value.close();
  log.info('daemon stopped', { abandoned: !isDone });
  return EXIT.done;
};

/** Takes the configuration anew where it is valid, and says why not where it is not. */
const reload = async (
  { reload: take }: OpenDaemon,
  options: DaemonOptions,
  { log, config }: { readonly log: Logger; readonly config: Config },
): Promise<Config | null> => {
  const read = await readDaemonSettings(options);
  if (!read.ok) {
    log.error('configuration refused, the old one is kept', { reasons: read.error });
    return null;
  }
  if (JSON.stringify(read.value.config.history) !== JSON.stringify(config.history))
    log.warn('a new place of the history counts from the next start on');
  take(read.value);
  log.info('configuration reloaded');
  return read.value.config;
};

/** The signals of a process that is to end well. */
interface Signals {
  /** The first SIGTERM or SIGINT. A second one ends the process at once. */
  readonly stop: Promise<NodeJS.Signals>;
  /** What SIGHUP does from now on; until then it does nothing. */
  onReload(reload: () => Promise<void>): void;
}

const catchSignals = (): Signals => {
  let reloading: () => Promise<void> = async () => {};
  process.on('SIGHUP', () => void reloading());
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    const first = (signal: NodeJS.Signals): void => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.removeListener(name, first);
      resolve(signal);
    };
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, first);
  });
  return {
    stop,
    onReload: (reload) => {
      reloading = reload;
    },
  };
};
