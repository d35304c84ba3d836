import { processEnvironment } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, RecordedRun, RemovedRun } from '../ports/history-store.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { historyPlace } from './history-options.ts';
import { mayHoldHistory, openHistory, shownHistory } from './open-history.ts';
import { refuse } from './refuse.ts';
import type { RememberedOptions } from './remembered-options.ts';
import type { Terminal } from './terminal.ts';

/** Opens the history that the options name, lets `use` tell from it, and closes it. Makes no history where there is none. */
export const readHistory = async (
  options: RememberedOptions,
  terminal: Terminal,
  use: (history: HistoryStore) => Promise<Result<readonly string[], string>>,
): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const place = historyPlace(options, config.value, processEnvironment());
  if (!place.ok) return refuse(terminal, [place.error], EXIT.usage);
  if (place.value === null || !mayHoldHistory(place.value)) {
    const where = place.value === null ? '' : `: there is no \`${shownHistory(place.value)}\``;
    return refuse(terminal, [`history: no audit is remembered yet${where}`], EXIT.usage);
  }
  const history = await openHistory(place.value);
  if (!history.ok) return refuse(terminal, [history.error], EXIT.usage);
  const told = await use(history.value).finally(() => history.value.close());
  if (!told.ok) return refuse(terminal, [told.error], EXIT.usage);
  for (const line of told.value) terminal.print(line);
  return EXIT.done;
};

/** The audit that an id, or its beginning, names. Of one that was removed the error says so. */
export const namedRun = async (
  history: Pick<HistoryStore, 'removals'>,
  runs: readonly RecordedRun[],
  name: string,
): Promise<Result<RecordedRun, string>> => {
  const exact = runs.find(({ id }) => id === name);
  const [run, ...others] = exact === undefined ? runs.filter(({ id }) => id.startsWith(name)) : [exact];
  if (run === undefined) return err(missingRun(await history.removals(), name));
  if (others.length > 0)
    return err(`\`${name}\` is how the ids of ${others.length + 1} audits begin; name one of them`);
  return ok(run);
};

const missingRun = (removed: readonly RemovedRun[], name: string): string => {
  const run = removed.find(({ runId }) => runId.startsWith(name));
  if (run === undefined) return `no audit \`${name}\` is remembered; \`vigil runs\` lists those that are`;
  const limit = run.reason === 'age' ? 'history.maxAgeDays' : 'history.maxRuns';
  return `audit \`${run.runId}\` was removed at ${run.removedAt}, by \`${limit}\`; \`vigil runs\` lists those that are remembered`;
};
