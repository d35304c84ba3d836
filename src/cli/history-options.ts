import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { type Environment, stateHome } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { InputOptions } from './input-options.ts';

/** The option `--history FILE` or `--no-history`, as commander parses it. */
export interface HistoryOption {
  /** False: remember nothing. */
  readonly history?: string | false;
}

/** Where the history is, and whether somebody named the place. */
export interface HistoryPlace {
  readonly file: string;
  readonly isNamed: boolean;
}

/**
 * Where an audit is to be remembered; null: nowhere. What is read from AWS is remembered unless told otherwise; a saved or
 * emulated account, which may be of any day, only where `--history` says so.
 */
export const historyOfAudit = (
  options: HistoryOption & InputOptions,
  config: Config,
  environment: Environment,
): Result<HistoryPlace | null, string> => {
  if (options.history === false) return ok(null);
  const isLive =
    options.emulated === undefined && options.from === undefined && options.authorizationDetails === undefined;
  return options.history === undefined && !isLive ? ok(null) : historyPlace(options, config, environment);
};

/** Where audits are remembered; null: nothing names a place, and the user has no home. */
export const historyPlace = (
  { history }: HistoryOption,
  config: Config,
  environment: Environment,
): Result<HistoryPlace | null, string> => {
  const named = (history === false ? undefined : history) ?? config.history.file;
  if (named !== undefined) {
    const file = toFile(named);
    return file.ok ? ok({ file: file.value, isNamed: true }) : file;
  }
  const home = stateHome(environment);
  return ok(home === null ? null : { file: `${home}/iam-vigil/history.sqlite`, isNamed: false });
};

const toFile = (place: string): Result<string, string> => {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(place)?.[1]?.toLowerCase();
  if (scheme === undefined) return ok(place);
  // A URL may hold a password, which is not to be shown.
  if (scheme !== 'file') return err(`history: a database at \`${scheme}:\` is not supported yet; name a file`);
  try {
    return ok(fileURLToPath(place));
  } catch {
    return err(`history: \`${place}\` names no file of this machine`);
  }
};
