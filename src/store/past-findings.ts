import type { Kysely } from 'kysely';
import type { Finding } from '../finding/audit-report.ts';
import type { PastFindings } from '../finding/finding-life.ts';
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
  const rows = withDocuments(db).where('findings.run_id', '=', runId);
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
  for (const key of keys.filter((wanted) => !open.has(wanted))) {
    const earlier = await withDocuments(db)
      .innerJoin('runs', 'runs.id', 'findings.run_id')
      .where('findings.key', '=', key)
      .where('runs.started_at', '<', startedAt)
      .orderBy('runs.started_at', 'desc')
      .executeTakeFirst();
    if (earlier !== undefined) closed.set(key, toFinding(earlier));
  }
  return { baselineRunId, open, closed };
};

const withDocuments = (db: Kysely<Tables>) =>
  db
    .selectFrom('findings')
    .innerJoin('documents', 'documents.hash', 'findings.document_hash')
    .select(['findings.state', 'findings.first_seen', 'findings.last_seen', 'documents.body']);

const toFinding = ({
  body,
  ...life
}: Pick<Tables['findings'], 'state' | 'first_seen' | 'last_seen'> & Pick<Tables['documents'], 'body'>): Finding =>
  parseFinding(documentText(body), life);
