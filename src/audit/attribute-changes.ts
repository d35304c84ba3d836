import pLimit from 'p-limit';
import type { AccountChange, AccountComparison } from '../finding/account-change.ts';
import { type Deeds, requestsToLookUp, withActors } from '../finding/attribute.ts';
import type { AccountCoverage, CoverageRow, Finding } from '../finding/audit-report.ts';
import { liveFindings, STATES_TO_TELL } from '../finding/finding-life.ts';
import type { JudgedScope } from '../finding/judged-scope.ts';
import { isJsonObject } from '../kernel/json.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import type { ActivityGap, ActivitySource } from '../ports/activity-source.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Progress } from '../ports/progress.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { AuditOutcome } from './run-audit.ts';

/**
 * Puts into the report of an audit, which was compared with the one before, who made each change and caused each finding that
 * is new or worse, where that can be looked up. An account of which nothing changed is not asked; what could not be read of
 * it is said in its coverage.
 */
export const attributeChanges = async (
  outcome: AuditOutcome,
  history: Pick<HistoryStore, 'findings' | 'snapshot'>,
  progress: Progress,
): Promise<AuditOutcome> => {
  const { report, activity } = outcome;
  const compared = (report.comparisons ?? []).filter(({ accountId }) => activity.has(accountId));
  if (compared.length > 0) progress.phase('who made the changes', compared.length);
  const gaps = new Map<string, readonly ActivityGap[]>();
  const changes = new Map<AccountChange, AccountChange>();
  const findings = new Map<string, Finding>();
  const pastOf = findingsOfRuns(history);
  const ask = async ({ accountId, runId }: AccountComparison): Promise<void> => {
    const source = activity.get(accountId);
    if (source === undefined) return;
    const past = (await pastOf(runId)).filter((finding) => finding.accountId === accountId);
    const deeds = deedsOf(outcome, { accountId, runId, past });
    if (deeds.changes.length === 0 && deeds.findings.length === 0) return;
    const since = readAt(await history.snapshot(runId, accountId));
    if (since === null) return;
    const known = await attributeAccount(outcome, deeds, { accountId, source, since });
    gaps.set(accountId, known.gaps);
    for (const finding of known.findings) findings.set(finding.key, finding);
    for (const [index, change] of deeds.changes.entries()) changes.set(change, known.changes[index] ?? change);
  };
  // What AWS lets one ask a second is counted by account.
  await pLimit(ACCOUNTS_AT_ONCE).map(compared, async (account) => {
    await ask(account);
    progress.step();
  });
  return {
    ...outcome,
    report: {
      ...report,
      accounts: report.accounts.map((account) => withGaps(account, gaps.get(account.accountId) ?? [])),
      findings: report.findings.map((finding) => findings.get(finding.key) ?? finding),
      ...(report.changes && { changes: report.changes.map((change) => changes.get(change) ?? change) }),
    },
  };
};

const ACCOUNTS_AT_ONCE = 8;

/** The findings of each earlier audit, read once. */
const findingsOfRuns = (history: Pick<HistoryStore, 'findings'>): ((runId: string) => Promise<readonly Finding[]>) => {
  const runs = new Map<string, Promise<readonly Finding[]>>();
  return (runId) => {
    const found = runs.get(runId) ?? history.findings(runId);
    runs.set(runId, found);
    return found;
  };
};

/** When an earlier audit began to read an account: what happened before is no news. Null: its files do not tell. */
const readAt = (files: ReadonlyMap<string, string>): Instant | null => {
  const account: unknown = JSON.parse(files.get('account.json') ?? 'null');
  const text = isJsonObject(account) ? account['collectedAt'] : undefined;
  const instant = parseInstant(typeof text === 'string' ? text : '');
  return instant.ok ? instant.value : null;
};

interface PastAccount {
  readonly accountId: string;
  /** The audit that it is compared with. */
  readonly runId: string;
  readonly past: readonly Finding[];
}

const deedsOf = (outcome: AuditOutcome, account: PastAccount): Deeds => ({
  changes: (outcome.report.changes ?? []).filter(({ accountId }) => accountId === account.accountId),
  findings: worseThanBefore(outcome, account),
});

/** Whom to ask of an account, and since when. */
interface AskedAccount {
  readonly accountId: string;
  readonly source: ActivitySource;
  readonly since: Instant;
}

const attributeAccount = async (
  outcome: AuditOutcome,
  deeds: Deeds,
  { accountId, source, since }: AskedAccount,
): Promise<Deeds & { readonly gaps: readonly ActivityGap[] }> => {
  const snapshot = outcome.snapshots.findLast((each) => each.accountId === accountId);
  const requests = snapshot === undefined ? [] : requestsToLookUp(deeds, snapshot);
  if (snapshot === undefined || requests.length === 0) return { ...deeds, gaps: [] };
  const { partition } = snapshot;
  const { events, gaps } = await source.writes({
    accountId,
    partition,
    from: since,
    to: readUntil(snapshot),
    requests,
  });
  return { ...withActors(deeds, snapshot, events), gaps };
};

/** When the last of an account was read: what happened later is not seen yet. */
const readUntil = ({ collectedAt, sources }: AccountSnapshot): Instant =>
  sources.reduce((last, { time }) => (time > last ? time : last), collectedAt);

const NOTHING: JudgedScope = { checks: new Set(), passed: new Set() };

/** The findings that will be told as new, worsened or reopened once they are remembered. */
const worseThanBefore = ({ report }: AuditOutcome, { accountId, runId, past }: PastAccount): readonly Finding[] => {
  const open = new Map(past.filter(({ state }) => state !== 'resolved').map((finding) => [finding.key, finding]));
  const tonight = report.findings.filter((finding) => finding.accountId === accountId);
  const lives = liveFindings({ baselineRunId: runId, open, closed: new Map() }, tonight, NOTHING);
  const worse = new Set(lives.filter(({ state }) => STATES_TO_TELL.has(state)).map(({ key }) => key));
  return tonight.filter(({ key }) => worse.has(key));
};

/** What could not be read of who it was, beside what CloudTrail told of use. */
const withGaps = (account: AccountCoverage, gaps: readonly ActivityGap[]): AccountCoverage => {
  const [first] = gaps;
  if (first === undefined) return account;
  const detail = `who made changes is not known of all: ${gaps.map((gap) => gap.detail).join('; ')}`;
  const before = account.coverage.find(({ source }) => source === 'cloudtrail');
  const row: CoverageRow =
    before === undefined
      ? { source: 'cloudtrail', status: first.reason === 'skipped' ? 'partial' : first.reason, detail, affects: [] }
      : {
          ...before,
          status: before.status === 'read' ? 'partial' : before.status,
          detail: `${before.detail}; ${detail}`,
        };
  const rows =
    before === undefined ? [...account.coverage, row] : account.coverage.map((each) => (each === before ? row : each));
  return { ...account, complete: false, coverage: rows };
};
