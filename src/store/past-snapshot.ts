import type { Kysely } from 'kysely';
import { documentText } from './documents.ts';
import type { Tables } from './tables.ts';

/** The latest audit of an account that began before, and is not the one called so; null: there is none. */
export const auditBefore = async (
  db: Kysely<Tables>,
  accountId: string,
  before: string,
  except = '',
): Promise<string | null> => {
  const row = await db
    .selectFrom('runs')
    .innerJoin('run_accounts', 'run_accounts.run_id', 'runs.id')
    .select('runs.id')
    .where('run_accounts.account_id', '=', accountId)
    .where('runs.started_at', '<', before)
    .where('runs.id', '!=', except)
    .orderBy('runs.started_at', 'desc')
    .orderBy('runs.id', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
};

/** The files of an account's snapshot as one audit read them: name to text. */
export const snapshotFiles = async (
  db: Kysely<Tables>,
  runId: string,
  accountId: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('snapshots')
    .innerJoin('documents', 'documents.hash', 'snapshots.document_hash')
    .select(['snapshots.file', 'documents.body'])
    .where('snapshots.run_id', '=', runId)
    .where('snapshots.account_id', '=', accountId)
    .orderBy('snapshots.file')
    .execute();
  return new Map(rows.map(({ file, body }) => [file, documentText(body)]));
};
