import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { err, type Result } from '../kernel/result.ts';
import type { Progress } from '../ports/progress.ts';
import { counted } from '../report/words.ts';
import { type CopiedRows, type CopyProblem, copyHistory } from '../store/copy-history.ts';
import type { HistoryDatabase } from '../store/history-database.ts';
import type { HistorySource } from '../store/history-source.ts';
import { openPostgresDatabase } from '../store/postgres-history.ts';
import { openPostgresSource } from '../store/postgres-source.ts';
import { takeProcessLock } from '../store/process-lock.ts';
import { openSqliteDatabase } from '../store/sqlite-history.ts';
import { openSqliteSource } from '../store/sqlite-source.ts';
import { configOf } from './command-config.ts';
import type { CopyHistoryOptions } from './copy-history-options.ts';
import { type CopyPlaces, copyPlaces } from './copy-history-places.ts';
import { daemonFiles } from './daemon-files.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { databaseAccess, type HistoryPlace, shownHistory } from './open-history.ts';
import { refuse } from './refuse.ts';
import type { Terminal } from './terminal.ts';

/** Copies one history into another place, and says what it copied. */
export const runCopyHistoryCommand = async (options: CopyHistoryOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const places = copyPlaces(options, config.value);
  if (!places.ok) return refuse(terminal, [places.error], EXIT.usage);
  const copied = await whileNoDaemonRuns(places.value.from, config.value, () =>
    copyBetween(places.value, terminal.progress),
  );
  terminal.progress.phase('');
  if (!copied.ok) return refuse(terminal, [copied.error], EXIT.usage);
  terminal.print(summaryOf(copied.value, places.value));
  return EXIT.done;
};

/** Holds off a daemon of this machine: what it remembers and tells meanwhile would not be copied. */
const whileNoDaemonRuns = async <T>(
  from: HistoryPlace,
  config: Config,
  copy: () => Promise<Result<T, string>>,
): Promise<Result<T, string>> => {
  const files = daemonFiles({ history: from.place }, config);
  if (!files.ok || !existsSync(files.value.lock)) return copy();
  const lock = await takeProcessLock(files.value.lock);
  if (!lock.ok) return lock;
  const daemon = lock.value;
  if (daemon === null) return err(`history: a daemon keeps \`${shownHistory(from)}\`: end it first`);
  return copy().finally(() => daemon.release());
};

const copyBetween = async ({ from, to }: CopyPlaces, progress: Progress): Promise<Result<CopiedRows, string>> => {
  const source = await openSource(from);
  if (!source.ok) return source;
  try {
    const target = await openTarget(to);
    if (!target.ok) return target;
    const copied = await copyHistory(source.value, target.value, progress).finally(() => target.value.close());
    return copied.ok ? copied : err(problemInWords(copied.error, to));
  } finally {
    await source.value.close();
  }
};

const openSource = async (from: HistoryPlace): Promise<Result<HistorySource, string>> => {
  if (!isPostgresUrl(from.place)) return openSqliteSource(from.place);
  const access = await databaseAccess(from);
  return access.ok ? openPostgresSource(access.value) : access;
};

const openTarget = async (to: HistoryPlace): Promise<Result<HistoryDatabase, string>> => {
  if (!isPostgresUrl(to.place)) return openSqliteDatabase(to.place);
  const access = await databaseAccess(to);
  return access.ok ? openPostgresDatabase(access.value) : access;
};

const problemInWords = (problem: CopyProblem, to: HistoryPlace): string => {
  if (problem.kind === 'failed') return `history: nothing was copied: ${problem.reason}`;
  const other = isPostgresUrl(to.place)
    ? 'name another database, or, if what it remembers may go, `DROP SCHEMA vigil CASCADE` there first'
    : 'name another file';
  return `history: \`${shownHistory(to)}\` remembers something already, and histories are not merged: ${other}`;
};

const summaryOf = (copied: CopiedRows, { from, to }: CopyPlaces): string => {
  const countOf = (table: string, word: string): string => counted(copied.get(table) ?? 0, word);
  const parts = [countOf('runs', 'audit'), countOf('findings', 'finding'), countOf('nights', 'night')];
  const rows = [...copied.values()].reduce((sum, count) => sum + count, 0);
  return (
    `Copied ${parts.join(', ')} and ${countOf('alerts', 'alert')}, with all that belongs to them (${counted(rows, 'row')} ` +
    `of ${counted(copied.size, 'table')}), from \`${shownHistory(from)}\` to \`${shownHistory(to)}\``
  );
};
