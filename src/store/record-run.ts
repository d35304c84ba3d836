import type { Kysely } from 'kysely';
import type { Finding, FindingState } from '../finding/audit-report.ts';
import type { PastFindings } from '../finding/finding-life.ts';
import type { News, Told } from '../finding/told.ts';
import type { AccountToRecord, LivedRun, RunToRecord } from '../ports/history-store.ts';

import { chunksOf } from './chunks.ts';
import { hashOf, putDocuments, removeOrphans } from './documents.ts';
import { forgetRuns } from './forget-runs.ts';
import { pastOf } from './past-findings.ts';
import { printFinding } from './stored-finding.ts';
import type { Tables } from './tables.ts';
import { tellRoutes, toldBefore } from './told-routes.ts';

/** Remembers one audit, within a writer's transaction. */
export const recordRun = async (
  db: Kysely<Tables>,
  { run, accounts, expected }: RunToRecord,
  lives: (account: AccountToRecord, past: PastFindings) => readonly Finding[],
  news?: (lived: LivedRun, told: readonly Told[]) => News,
): Promise<LivedRun> => {
  const accountIds = accounts.map(({ account }) => account.accountId);
  const runId = await freeId(db, run.id, accountIds);
  const { documents: replaced } = await forgetRuns(db, [runId]);
  const lived: {
    readonly account: AccountToRecord;
    readonly past: PastFindings;
    readonly findings: readonly Finding[];
  }[] = [];
  for (const account of accounts) {
    const keys = account.findings.map(({ key }) => key);
    const past = await pastOf(db, { accountId: account.account.accountId, startedAt: run.startedAt, keys });
    lived.push({ account, past, findings: lives(account, past) });
  }
  const baselineRunId = latest(lived.map(({ past }) => past.baselineRunId));
  await db
    .insertInto('runs')
    .values({
      id: runId,
      started_at: run.startedAt,
      finished_at: run.finishedAt,
      vigil_version: run.vigilVersion,
      reference_date: run.referenceDate,
      baseline_run_id: baselineRunId,
      expected: expected === undefined ? null : JSON.stringify(expected),
    })
    .execute();
  for (const one of lived) await recordAccount(db, runId, one.account, one.findings);
  const findings = lived.flatMap((account) => account.findings);
  await recordStates(db, runId, findings);
  await removeOrphans(db, replaced);
  const firstSeen = lived
    .filter(({ past }) => past.baselineRunId === null)
    .map(({ account }) => account.account.accountId);
  const livedRun: LivedRun = { runId, baselineRunId, firstSeen: new Set(firstSeen), findings };
  if (news !== undefined) {
    const others = (expected ?? []).flatMap(({ accountId }) => accountId ?? []);
    await tellRoutes(db, news(livedRun, await toldBefore(db, [...new Set([...accountIds, ...others])])));
  }
  return livedRun;
};

/** The id of the run, with a number where audits of other accounts began in the same second. */
const freeId = async (db: Kysely<Tables>, id: string, accountIds: readonly string[]): Promise<string> => {
  const same = [...accountIds].sort().join();
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    const rows = await db.selectFrom('run_accounts').select('account_id').where('run_id', '=', candidate).execute();
    const taken = rows.map(({ account_id }) => account_id).sort();
    if (taken.length === 0 || taken.join() === same) return candidate;
  }
};

const recordAccount = async (
  db: Kysely<Tables>,
  runId: string,
  { account: { accountId, alias, complete }, files }: AccountToRecord,
  findings: readonly Finding[],
): Promise<void> => {
  await db
    .insertInto('run_accounts')
    .values({ run_id: runId, account_id: accountId, alias, complete: complete ? 1 : 0 })
    .execute();
  const texts = new Map<string, string>();
  const stored = (text: string): string => {
    const hash = hashOf(text);
    texts.set(hash, text);
    return hash;
  };
  const snapshotRows = [...files].map(([file, text]) => ({
    run_id: runId,
    account_id: accountId,
    file,
    document_hash: stored(text),
  }));
  const findingRows = findings.map((finding) => ({
    run_id: runId,
    key: finding.key,
    account_id: accountId,
    state: finding.state,
    first_seen: finding.firstSeen,
    last_seen: finding.lastSeen,
    document_hash: stored(printFinding(finding)),
  }));
  await putDocuments(db, texts);
  for (const rows of chunksOf(snapshotRows)) await db.insertInto('snapshots').values(rows).execute();
  for (const rows of chunksOf(findingRows)) await db.insertInto('findings').values(rows).execute();
};

const recordStates = async (db: Kysely<Tables>, runId: string, findings: readonly Finding[]): Promise<void> => {
  const counts = new Map<FindingState, number>();
  for (const { state } of findings) counts.set(state, (counts.get(state) ?? 0) + 1);
  const rows = [...counts].map(([state, count]) => ({ run_id: runId, state, findings: count }));
  if (rows.length > 0) await db.insertInto('run_states').values(rows).execute();
};

// Ids of audits begin with their time.
const latest = (ids: readonly (string | null)[]): string | null =>
  [...ids]
    .filter((id) => id !== null)
    .sort()
    .at(-1) ?? null;
