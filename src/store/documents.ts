import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { chunksOf } from './chunks.ts';
import type { Tables } from './tables.ts';

/** What a text is stored by. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Stores texts by their hashes, each once, however often it is given. */
export const putDocuments = async (db: Kysely<Tables>, texts: ReadonlyMap<string, string>): Promise<void> => {
  for (const hashes of chunksOf([...texts.keys()].sort())) {
    const rows = await db.selectFrom('documents').select('hash').where('hash', 'in', hashes).execute();
    const known = new Set(rows.map(({ hash }) => hash));
    const missing = hashes.filter((hash) => !known.has(hash));
    if (missing.length === 0) continue;
    await db
      .insertInto('documents')
      .values(missing.map((hash) => ({ hash, body: deflateRawSync(texts.get(hash) ?? '') })))
      .execute();
  }
};

/** The text of a stored document. */
export const documentText = (body: Uint8Array): string => inflateRawSync(body).toString('utf8');

/** Removes those documents that nothing refers to any more. */
export const removeOrphans = async (db: Kysely<Tables>, candidates: ReadonlySet<string>): Promise<void> => {
  for (const hashes of chunksOf([...candidates].sort())) {
    await db
      .deleteFrom('documents')
      .where('hash', 'in', hashes)
      .where(({ not, exists, selectFrom, and }) =>
        and([
          not(exists(selectFrom('findings').select('key').whereRef('findings.document_hash', '=', 'documents.hash'))),
          not(
            exists(selectFrom('snapshots').select('file').whereRef('snapshots.document_hash', '=', 'documents.hash')),
          ),
        ]),
      )
      .execute();
  }
};
