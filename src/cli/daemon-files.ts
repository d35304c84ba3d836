import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { historyFile, historyPlace } from './history-options.ts';
import type { HistoryPlace } from './open-history.ts';

/** The files by which a daemon is found: one daemon to a history's file, or on a machine to where that would be. */
export interface DaemonFiles {
  readonly history: HistoryPlace;
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
  const history = place.value;
  const beside = isPostgresUrl(history.place) ? historyFile(config, processEnvironment()) : history.place;
  if (beside === null)
    return err("history: there is no home to keep the daemon's files in: name a file as `history.file`");
  return ok({
    history,
    records: `${beside}.daemon.json`,
    lock: `${beside}.daemon.lock`,
    socket: `${beside}.daemon.sock`,
  });
};
