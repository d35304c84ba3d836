import type { Kysely } from 'kysely';
import type { Finding } from '../finding/audit-report.ts';
import type { PastFindings } from '../finding/finding-life.ts';
import { chunksOf } from './chunks.ts';
import { documentText } from './documents.ts';
import { auditBefore } from './past-snapshot.ts';
import { parseFinding } from './stored-finding.ts';
import type { Tables } from './tables.ts';

/** The findings of an audit, of one account or of all. */
export const findingsOfRun = async (
  db: Kysely<Tables>,
  runId: string,
  accountId: string | null = null,
): Promise<readonly Finding[]> => {
  const rows = withDocuments(db).where('findings.run_id', '=', runId).orderBy('findings.key');
  const asked = accountId === null ? rows : rows.where('findings.account_id', '=', accountId);
  return (await asked.execute()).map(toFinding);
};

/** What is known of an account from the audits that began before `startedAt`, as far as tonight's keys ask for it. */
export const pastOf = async (
  db: Kysely<Tables>,
  {
    accountId,
    startedAt,
    keys,
  }: { readonly accountId: string; readonly startedAt: string; readonly keys: readonly string[] },
): Promise<PastFindings> => {
  const baselineRunId = await auditBefore(db, accountId, startedAt);
  if (baselineRunId === null) return { baselineRunId, open: new Map(), closed: new Map() };
  const present = (await findingsOfRun(db, baselineRunId, accountId)).filter(({ state }) => state !== 'resolved');
  const open = new Map(present.map((finding) => [finding.key, finding]));
  const closed = new Map<string, Finding>();
  for (const wanted of chunksOf(keys.filter((key) => !open.has(key)))) {
    for (const row of await latestBefore(db, wanted, startedAt)) {
      const finding = toFinding(row);
      closed.set(finding.key, finding);
    }
  }
  return { baselineRunId, open, closed };
};

const withDocuments = (db: Kysely<Tables>) =>
  db
    .selectFrom('findings')
    .innerJoin('documents', 'documents.hash', 'findings.document_hash')
    .select(['findings.state', 'findings.first_seen', 'findings.last_seen', 'documents.body']);

/** Findings as the latest audit that began before has them. */
const latestBefore = (db: Kysely<Tables>, keys: readonly string[], startedAt: string) =>
  db
    .with('earlier', (from) =>
      from
        .selectFrom('findings')
        .innerJoin('runs', 'runs.id', 'findings.run_id')
        .where('findings.key', 'in', keys)
        .where('runs.started_at', '<', startedAt)
        .select(({ fn }) => [
          'findings.state',
          'findings.first_seen',
          'findings.last_seen',
          'findings.document_hash',
          fn
            .agg<number>('row_number')
            .over((over) =>
              over.partitionBy('findings.key').orderBy('runs.started_at', 'desc').orderBy('runs.id', 'desc'),
            )
            .as('place'),
        ]),
    )
    .selectFrom('earlier')
    .innerJoin('documents', 'documents.hash', 'earlier.document_hash')
    .where('earlier.place', '=', 1)
    .select(['earlier.state', 'earlier.first_seen', 'earlier.last_seen', 'documents.body'])
    .execute();

const toFinding = ({
  body,
  ...life
}: Pick<Tables['findings'], 'state' | 'first_seen' | 'last_seen'> & Pick<Tables['documents'], 'body'>): Finding =>
  parseFinding(documentText(body), life);
