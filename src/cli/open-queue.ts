import type { Config } from '../config/config.ts';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { err, type Result } from '../kernel/result.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import { databaseAccess, type HistoryPlace } from './open-history.ts';

/** Opens the queue beside a history, made where there is none. The error is one line, without a password. */
export const openQueue = async (
  history: HistoryPlace,
  { queue }: Pick<Config, 'queue'>,
  warn: (message: string) => void,
): Promise<Result<JobQueue, string>> => {
  if (!isPostgresUrl(history.place)) {
    return err('queue: several processes share a PostgreSQL database only: name one as `history.url`');
  }
  const access = await databaseAccess(history);
  if (!access.ok) return access;
  const { openJobQueue } = await import('../queue/pg-boss-queue.ts');
  return openJobQueue(access.value, queue, warn);
};
