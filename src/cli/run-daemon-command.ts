import { isDeepStrictEqual } from 'node:util';
import { serveControl } from '../http/control-server.ts';
import { createMetrics } from '../http/metrics.ts';
import { jsonLogger } from '../log/json-logger.ts';
import type { Logger } from '../ports/logger.ts';
import { takeProcessLock } from '../store/process-lock.ts';
import { openDaemonDoor } from './daemon-door.ts';
import { type DaemonFiles, daemonFiles } from './daemon-files.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { type ReadSettings, readDaemonSettings } from './daemon-settings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type OpenDaemon, openDaemon } from './open-daemon.ts';
import { shownHistory } from './open-history.ts';
import { vigilVersion } from './package-files.ts';
import { catchSignals, type Signals } from './process-signals.ts';
import { refuse } from './refuse.ts';
import { systemClock } from './system-clock.ts';
import type { Notice, Terminal } from './terminal.ts';

/** Audits on schedule until it is told to stop. */
export const runDaemonCommand = async (options: DaemonOptions, terminal: Terminal): Promise<ExitCode> => {
  // Before anything else: whoever starts a daemon may signal it at once.
  const signals = catchSignals();
  const read = await readDaemonSettings(options);
  if (!read.ok) return refuse(terminal, read.error, EXIT.usage);
  const files = daemonFiles(options, read.value.config);
  if (!files.ok) return refuse(terminal, [files.error], EXIT.usage);
  const lock = await takeProcessLock(files.value.lock);
  if (!lock.ok) return refuse(terminal, [lock.error], EXIT.usage);
  if (lock.value === null)
    return refuse(terminal, [`another daemon keeps the history \`${shownHistory(files.value.history)}\``], EXIT.usage);
  try {
    return await keepDaemon(options, { read: read.value, files: files.value, signals }, terminal);
  } finally {
    lock.value.release();
  }
};

/** Keeps a daemon from its start to its end. */
const keepDaemon = async (
  options: DaemonOptions,
  { read, files, signals }: { readonly read: ReadSettings; readonly files: DaemonFiles; readonly signals: Signals },
  terminal: Terminal,
): Promise<ExitCode> => {
  const log = jsonLogger();
  const version = vigilVersion();
  const startedAt = systemClock.now();
  const metrics = createMetrics(version);
  const onNotice = ({ level, message, fields }: Notice, group: string | null): void =>
    log[level](message, { ...(group !== null && { group }), ...fields });
  const opened = openDaemon({ options, files, log, onNotice, onEnd: metrics.onEnd }, read);
  const { daemon, config } = opened;
  const control = await serveControl(files.socket, {
    status: () => ({ version, processId: process.pid, startedAt, groups: daemon.status() }),
    request: (group) => daemon.request(group),
  });
  if (!control.ok) return refuse(terminal, [control.error], EXIT.usage);
  let isReady = false;
  const door = await openDaemonDoor({ daemon, metrics, config, history: files.history, isReady: () => isReady });
  if (!door.ok) {
    await control.value.close();
    return refuse(terminal, [door.error], EXIT.usage);
  }
  log.info('daemon starts', {
    version,
    processId: process.pid,
    history: shownHistory(files.history),
    port: door.value?.port ?? null,
  });
  signals.onReload(() => reload(opened, options, log));
  // A promise that nobody waits for any more, of an audit that broke, is no reason to end.
  process.on('unhandledRejection', (reason) => log.error('a promise broke', { reason: String(reason) }));
  daemon.start();
  isReady = true;
  const signal = await signals.stop;
  isReady = false;
  const { stopSeconds } = config().daemon;
  log.info('daemon stops', { signal, secondsToFinish: stopSeconds });
  const isDone = await daemon.stop(stopSeconds * 1000);
  await Promise.all([control.value.close(), door.value?.close()]);
  log.info('daemon stopped', { abandoned: !isDone });
  return EXIT.done;
};

/** Takes the configuration anew where it is valid, and says why not where it is not. */
const reload = async ({ reload: take, config }: OpenDaemon, options: DaemonOptions, log: Logger): Promise<void> => {
  const read = await readDaemonSettings(options);
  if (!read.ok) {
    log.error('configuration refused, the old one is kept', { reasons: read.error });
    return;
  }
  const { history, http } = config();
  const { history: newHistory, http: newHttp } = read.value.config;
  const isElsewhere = history.file !== newHistory.file || history.url !== newHistory.url;
  if (isElsewhere || !isDeepStrictEqual([history.password, http], [newHistory.password, newHttp]))
    log.warn('a new place of the history or http counts from the next start on');
  take(read.value);
  log.info('configuration reloaded');
};
