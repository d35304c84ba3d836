import { isPostgresUrl } from '../../kernel/postgres-url.ts';
import type { Result } from '../../kernel/result.ts';
import type { Progress } from '../../ports/progress.ts';
import { type CopiedRows, type CopyProblem, copyHistory } from '../copy-history.ts';
import type { HistoryDatabase } from '../history-database.ts';
import type { HistorySource } from '../history-source.ts';
import { openPostgresDatabase } from '../postgres-history.ts';
import { openPostgresSource } from '../postgres-source.ts';
import { openSqliteDatabase } from '../sqlite-history.ts';
import { openSqliteSource } from '../sqlite-source.ts';

/** Opens a history to be read alone, by its file or its URL. */
export const sourceAt = (place: string): Promise<Result<HistorySource, string>> =>
  isPostgresUrl(place) ? openPostgresSource({ url: place, password: null }) : openSqliteSource(place);

const targetAt = (place: string): Promise<Result<HistoryDatabase, string>> =>
  isPostgresUrl(place) ? openPostgresDatabase({ url: place, password: null }) : openSqliteDatabase(place);

const silent: Progress = { phase: () => {}, step: () => {} };

/** Copies what is at one place to another; both can be opened. */
export const copyBetween = async (
  from: string,
  to: string,
  progress = silent,
): Promise<Result<CopiedRows, CopyProblem>> => {
  const source = await sourceAt(from);
  if (!source.ok) throw new Error(source.error);
  const target = await targetAt(to);
  if (!target.ok) throw new Error(target.error);
  try {
    return await copyHistory(source.value, target.value, progress);
  } finally {
    await source.value.close();
    await target.value.close();
  }
};
