import { existsSync } from 'node:fs';
import type { SecretReference } from '../config/alert-route.ts';
import { processEnvironment } from '../config/environment.ts';
import { isPostgresUrl, shownPostgresUrl } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { readSecret } from './alert-secrets.ts';

/** Where a history is. */
export interface HistoryPlace {
  /** A file, or the URL of a PostgreSQL database, which may hold a password. */
  readonly place: string;
  /** Where the password of the database is found; null: in the URL, or the server asks for none. */
  readonly password: SecretReference | null;
}

/** Opens the history, made where there is none. The error is one line, without a password. */
export const openHistory = async (history: HistoryPlace): Promise<Result<HistoryStore, string>> => {
  if (!isPostgresUrl(history.place)) {
    const { openSqliteHistory } = await import('../store/sqlite-history.ts');
    return openSqliteHistory(history.place);
  }
  const access = await databaseAccess(history);
  if (!access.ok) return access;
  const { openPostgresHistory } = await import('../store/postgres-history.ts');
  return openPostgresHistory(access.value);
};

/** How to reach the database of a history, with the password that its reference leads to. */
export const databaseAccess = async ({
  place,
  password,
}: HistoryPlace): Promise<Result<{ readonly url: string; readonly password: Secret | null }, string>> => {
  const secret = password === null ? ok(null) : await readSecret(password, processEnvironment());
  return secret.ok ? ok({ url: place, password: secret.value }) : err(`history.password: ${secret.error}`);
};

/** Whether there may be a history: no file is made only to be read. */
export const mayHoldHistory = ({ place }: HistoryPlace): boolean => isPostgresUrl(place) || existsSync(place);

/** The place as people may see it. */
export const shownHistory = ({ place }: HistoryPlace): string =>
  isPostgresUrl(place) ? shownPostgresUrl(place) : place;
