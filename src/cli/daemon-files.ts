import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { historyPlace } from './history-options.ts';

/** The files by which a daemon is found: one daemon to a history. */
export interface DaemonFiles {
  readonly history: string;
  /** What is known of the groups' runs. */
  readonly records: string;
  /** Had by the daemon that runs. */
  readonly lock: string;
  /** Where the daemon listens. */
  readonly socket: string;
}

/** Where the files of the daemon are that the options and the configuration name. */
export const daemonFiles = (options: { readonly history?: string }, config: Config): Result<DaemonFiles, string> => {
  const place = historyPlace(options, config, processEnvironment());
  if (!place.ok) return place;
  if (place.value === null) return err('history: there is no home to keep it in: name a file as `history.file`');
  const { file } = place.value;
  return ok({
    history: file,
    records: `${file}.daemon.json`,
    lock: `${file}.daemon.lock`,
    socket: `${file}.daemon.sock`,
  });
};
