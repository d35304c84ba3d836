import type { Kysely } from 'kysely';
import { chunksOf } from './chunks.ts';
import type { Tables } from './tables.ts';

/** Removes audits with all that is theirs. Gives those that there were, and the documents that they referred to. */
export const forgetRuns = async (
  db: Kysely<Tables>,
  runIds: readonly string[],
): Promise<{ readonly runIds: ReadonlySet<string>; readonly documents: ReadonlySet<string> }> => {
  const removed = new Set<string>();
  const documents = new Set<string>();
  for (const ids of chunksOf(runIds)) {
    const ofFindings = db.selectFrom('findings').select('document_hash').where('run_id', 'in', ids);
    const ofSnapshots = db.selectFrom('snapshots').select('document_hash').where('run_id', 'in', ids);
    for (const { document_hash } of await ofFindings.union(ofSnapshots).execute()) documents.add(document_hash);
    const rows = await db.deleteFrom('runs').where('id', 'in', ids).returning('id').execute();
    for (const { id } of rows) removed.add(id);
  }
  return { runIds: removed, documents };
};
