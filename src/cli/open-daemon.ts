import { setTimeout as later, clearTimeout as notLater } from 'node:timers';
import type { Config } from '../config/config.ts';
import { Daemon, type DaemonParts } from '../daemon/daemon.ts';
import { recordFile } from '../daemon/state-file.ts';
import type { Logger } from '../ports/logger.ts';
import { startCronTimer } from '../schedule/cron-timer.ts';
import { openAuditProcesses } from './audit-processes.ts';
import { daemonAlerts } from './daemon-alerts.ts';
import type { DaemonFiles } from './daemon-files.ts';
import type { DaemonOptions } from './daemon-options.ts';
import type { ReadSettings } from './daemon-settings.ts';
import { daemonUploads } from './daemon-uploads.ts';
import { noticeTo } from './notice.ts';
import { queueNight } from './queue-night.ts';
import { systemClock } from './system-clock.ts';
import type { Notice, Terminal } from './terminal.ts';

/** A daemon with all that it stands on, and the way to give it a new configuration. */
export interface OpenDaemon {
  readonly daemon: Daemon;
  /** The configuration as it is by now. */
  readonly config: () => Config;
  reload(read: ReadSettings): void;
}

/** A daemon on this machine's clock and files, which has not started. */
export const openDaemon = (
  {
    options,
    files,
    log,
    onNotice,
    onEnd,
  }: {
    readonly options: DaemonOptions;
    readonly files: DaemonFiles;
    readonly log: Logger;
    /** Is told of what is in the way, and of alerts; `group`: the one whose run it is about, null: none. */
    readonly onNotice: (notice: Notice, group: string | null) => void;
    readonly onEnd: DaemonParts['onEnd'];
  },
  { config: initial, settings }: ReadSettings,
): OpenDaemon => {
  let config = initial;
  const terminal: Pick<Terminal, 'say' | 'notice'> = { say: () => {}, notice: (notice) => onNotice(notice, null) };
  const alerts = daemonAlerts(files.history, () => config, terminal);
  const upload = daemonUploads(() => config, terminal, { tell: alerts.tellOfUploads });
  const processes = openAuditProcesses();
  const daemon = new Daemon(
    {
      clock: systemClock,
      timers: { after: (milliseconds, call) => startTimer(milliseconds, call) },
      startTimer: startCronTimer,
      random: Math.random,
      log,
      records: recordFile(files.records, log),
      perform: (group, run) => {
        const { name, accounts } = group;
        const { history } = files;
        if (!config.queue.enabled) {
          const order = { kind: 'group', accounts, options, config, history: history.place } as const;
          return processes.perform(order, { ...run, onNotice: (notice) => onNotice(notice, name) });
        }
        const terminal = { say: () => {}, notice: (notice: Notice) => onNotice(notice, name) };
        const warn = noticeTo(terminal, 'queue hampered');
        return queueNight(group, run, { config, history, warn });
      },
      tell: alerts.tell,
      chores: async () => {
        upload();
        await alerts.deliver();
      },
      onEnd: (ended) => {
        alerts.look();
        onEnd(ended);
      },
    },
    settings,
  );
  return {
    daemon,
    config: () => config,
    reload: (read) => {
      config = read.config;
      daemon.reload(read.settings);
    },
  };
};

const startTimer = (milliseconds: number, call: () => void): (() => void) => {
  const timer = later(call, milliseconds);
  return () => notLater(timer);
};
