import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CopyHistoryOptions } from './copy-history-options.ts';
import { historyPlace } from './history-options.ts';
import { type HistoryPlace, mayHoldHistory, shownHistory } from './open-history.ts';

/** A history to copy, and where to: one of them is a file, the other a database. */
export interface CopyPlaces {
  readonly from: HistoryPlace;
  readonly to: HistoryPlace;
}

/** The two places that the options and the configuration name. */
export const copyPlaces = ({ from, to }: CopyHistoryOptions, config: Config): Result<CopyPlaces, string> => {
  const source = placeOf(from, config);
  if (!source.ok) return source;
  const target = placeOf(to, config);
  if (!target.ok) return target;
  const places = { from: source.value, to: target.value };
  const problem = problemOf(places);
  return problem === null ? ok(places) : err(`history: ${problem}`);
};

const placeOf = (named: string | undefined, config: Config): Result<HistoryPlace, string> => {
  const place = historyPlace(named === undefined ? {} : { history: named }, config, processEnvironment());
  if (!place.ok) return place;
  return place.value === null ? err('history: there is no home to keep one in: name both places') : ok(place.value);
};

const problemOf = ({ from, to }: CopyPlaces): string | null => {
  const [source, target] = [shownHistory(from), shownHistory(to)];
  if (source === target)
    return `\`${source}\` cannot be copied to itself: name the other place as \`--from\` or \`--to\``;
  if (isPostgresUrl(from.place) && isPostgresUrl(to.place)) {
    return `\`${source}\` and \`${target}\` are both databases: \`pg_dump --schema=vigil\` copies one into another`;
  }
  if (!isPostgresUrl(from.place) && !isPostgresUrl(to.place)) {
    return `\`${source}\` and \`${target}\` are both files: copy the file while nothing uses it, or name a database`;
  }
  return mayHoldHistory(from) ? null : `there is no \`${source}\``;
};
