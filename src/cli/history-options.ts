import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { type Environment, stateHome } from '../config/environment.ts';
import { isPostgresUrl, parsePostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { InputOptions } from './input-options.ts';
import type { HistoryPlace } from './open-history.ts';

/** The option `--history PLACE` or `--no-history`, as commander parses it. */
export interface HistoryOption {
  /** False: remember nothing. */
  readonly history?: string | false;
}

/** Where the history is, and whether somebody named the place. */
export interface NamedHistory extends HistoryPlace {
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
): Result<NamedHistory | null, string> => {
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
): Result<NamedHistory | null, string> => {
  const { url, password = null } = config.history;
  const named = (history === false ? undefined : history) ?? url ?? config.history.file;
  if (named !== undefined) {
    const place = toPlace(named);
    return place.ok ? ok({ place: place.value, password, isNamed: true }) : place;
  }
  const file = historyFile(config, environment);
  return ok(file === null ? null : { place: file, password, isNamed: false });
};

/** The history's file where nothing else is named; null: the user has no home. */
export const historyFile = (config: Config, environment: Environment): string | null => {
  const home = stateHome(environment);
  return config.history.file ?? (home === null ? null : `${home}/iam-vigil/history.sqlite`);
};

const toPlace = (place: string): Result<string, string> => {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(place)?.[1]?.toLowerCase();
  if (scheme === undefined) return ok(place);
  // A URL may hold a password, which is not to be shown.
  if (isPostgresUrl(place)) {
    const parsed = parsePostgresUrl(place);
    return parsed.ok ? ok(place) : err(`history: the URL of the database: ${parsed.error}`);
  }
  if (scheme !== 'file')
    return err(`history: a database at \`${scheme}:\` is not supported; name a file or a \`postgres:\` URL`);
  try {
    return ok(fileURLToPath(place));
  } catch {
    return err(`history: \`${place}\` names no file of this machine`);
  }
};
