import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Begins a transaction as a writer. SQLite then waits for whoever writes, and what is read afterwards is the latest; a
 * transaction that reads first fails where another process writes before it does.
 */
export const takeLock = async (db: Kysely<Tables>): Promise<void> => {
  await db.deleteFrom('documents').where('hash', '=', '').execute();
};

/** Stores a text once, however often it is given, and gives its hash. */
export const putDocument = async (db: Kysely<Tables>, text: string): Promise<string> => {
  const hash = createHash('sha256').update(text).digest('hex');
  const known = await db.selectFrom('documents').select('hash').where('hash', '=', hash).executeTakeFirst();
  if (known === undefined)
    await db
      .insertInto('documents')
      .values({ hash, body: deflateRawSync(text) })
      .execute();
  return hash;
};

/** The text of a stored document. */
export const documentText = (body: Uint8Array): string => inflateRawSync(body).toString('utf8');

/** Removes what nothing refers to any more. */
export const removeOrphans = async (db: Kysely<Tables>): Promise<void> => {
  await db
    .deleteFrom('documents')
    .where(({ not, exists, selectFrom, and }) =>
      and([
        not(exists(selectFrom('findings').select('key').whereRef('findings.document_hash', '=', 'documents.hash'))),
        not(exists(selectFrom('snapshots').select('file').whereRef('snapshots.document_hash', '=', 'documents.hash'))),
      ]),
    )
    .execute();
};
