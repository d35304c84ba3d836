import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import { readSecret } from './alert-secrets.ts';
import type { HistoryPlace } from './open-history.ts';

/** Opens the queue beside a history, made where there is none. The error is one line, without a password. */
export const openQueue = async (
  { place, password }: HistoryPlace,
  { queue }: Pick<Config, 'queue'>,
  warn: (message: string) => void,
): Promise<Result<JobQueue, string>> => {
  if (!isPostgresUrl(place)) {
    return err('queue: several processes share a PostgreSQL database only: name one as `history.url`');
  }
  const secret = password === null ? ok(null) : await readSecret(password, processEnvironment());
  if (!secret.ok) return err(`history.password: ${secret.error}`);
  const { openJobQueue } = await import('../queue/pg-boss-queue.ts');
  return openJobQueue({ url: place, password: secret.value }, queue, warn);
};
