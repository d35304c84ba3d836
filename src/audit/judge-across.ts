import { crownJewelsOf } from '../analyze/check-settings.ts';
import { findDoors, reachedThrough } from '../analyze/find-doors.ts';
import type { Neighbourhood } from '../analyze/neighbourhood.ts';
import { type OpenAccount, openAccount } from '../analyze/open-account.ts';
import type { Finding, RunInfo } from '../finding/audit-report.ts';
import { STATES_TO_TELL } from '../finding/finding-life.ts';
import { hangsOnOthers } from '../finding/judged-scope.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import { ANSWER_FILES } from '../snapshot/snapshot-files.ts';
import { type AuditInput, type AuditOutcome, runAudit } from './run-audit.ts';
import { storedDocuments, storedSnapshot } from './stored-snapshot.ts';

/** An account that was audited by itself, among others whose audits belong together. */
export interface AuditedAlone {
  readonly accountId: string;
  /** The audit that the history remembers it by. */
  readonly run: Pick<RunInfo, 'id' | 'startedAt' | 'finishedAt'>;
  /** How the configuration knows it; absent: not at all. */
  readonly expected?: AccountSource['expected'];
}

/** What accounts are judged again with: what they were judged with before. */
export type JudgingInput = Omit<AuditInput, 'sources' | 'unread' | 'clock' | 'neighbours' | 'accountsAtOnce'>;

/** An account that was judged again. */
export interface JudgedAcross<Account extends AuditedAlone> {
  readonly account: Account;
  /** Its audit as it would have been beside the others, of the same id and times; the error says why nobody can tell. */
  readonly outcome: Result<AuditOutcome, string>;
}

/**
 * Judges accounts that were audited each by itself as what they are to each other, from their snapshots in the history: those into
 * which or out of which nobody gets, now or before, stay as they are, and the others come one after the other, as if all had been
 * audited together. Of a finding that is new or worse it stays known who caused it. One account is held at a time, and beside it only
 * what may be passed between accounts.
 */
export async function* judgeAcross<Account extends AuditedAlone>(
  accounts: readonly Account[],
  history: Pick<HistoryStore, 'snapshot' | 'findings'>,
  input: JudgingInput,
): AsyncGenerator<JudgedAcross<Account>> {
  if (accounts.length < 2) return;
  const reference = await input.reference();
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  input.progress.phase('doors between accounts', accounts.length);
  const open = async (accountId: string): Promise<OpenAccount | null> => {
    input.progress.step();
    const account = byId.get(accountId);
    return account === undefined ? null : openStored(account, history, reference);
  };
  const neighbours = await findDoors(byId.keys(), open, { reference, crownJewels: crownJewelsOf(input.checkSettings) });
  const reached = reachedThrough(neighbours.doors, byId.keys());
  input.progress.phase('judging across accounts', accounts.length);
  for (const account of accounts) {
    const stored = (await history.findings(account.run.id)).filter((each) => each.accountId === account.accountId);
    if (reached.has(account.accountId) || stored.some(hangsOnOthers)) {
      yield { account, outcome: await judgedAgain(account, stored, history, { ...input, neighbours }) };
    }
    input.progress.step();
  }
}

const openStored = async (
  { accountId, run }: AuditedAlone,
  history: Pick<HistoryStore, 'snapshot'>,
  reference: ServiceReference,
): Promise<OpenAccount | null> => {
  const files = await history.snapshot(run.id, accountId);
  const snapshot = storedSnapshot(new Map([...files].filter(([file]) => !OF_USE.has(file))));
  return snapshot.ok ? openAccount(snapshot.value, reference, run.finishedAt) : null;
};

/** What was used opens no door, and takes longer to read than all the rest. */
const OF_USE: ReadonlySet<string> = new Set(
  ANSWER_FILES.filter(({ member }) => member === 'lastAccessed' || member === 'cloudTrail').map(({ file }) => file),
);

const judgedAgain = async (
  { accountId, run, expected }: AuditedAlone,
  stored: readonly Finding[],
  history: Pick<HistoryStore, 'snapshot'>,
  input: JudgingInput & { readonly neighbours: Neighbourhood },
): Promise<Result<AuditOutcome, string>> => {
  const documents = storedDocuments(await history.snapshot(run.id, accountId));
  if (!documents.ok) return err(`the snapshot of account ${accountId} cannot be read: ${documents.error}`);
  const collected = ok({ documents: documents.value, apiCalls: new Map<string, number>() });
  const clock: Clock = { now: () => run.finishedAt };
  const source: AccountSource = { ...(expected && { expected }), collect: async () => collected };
  const audited = await runAudit({ ...input, sources: [source], clock, progress: QUIET });
  if (!audited.ok) return err(audited.error.map(({ message }) => message).join('; '));
  const { report } = audited.value;
  return ok({
    ...audited.value,
    report: { ...report, run: { ...report.run, ...run }, findings: withKnownActors(report.findings, stored) },
  });
};

/** Who caused what can be looked up only while the account can be asked. What is as it was has it from the audit before. */
const withKnownActors = (findings: readonly Finding[], stored: readonly Finding[]): readonly Finding[] => {
  const told = stored.filter(({ state }) => STATES_TO_TELL.has(state));
  const actors = new Map(told.flatMap(({ key, by }) => (by === undefined ? [] : [[key, by] as const])));
  return findings.map((finding) => {
    const by = actors.get(finding.key);
    return by === undefined ? finding : { ...finding, by };
  });
};

const QUIET = { phase: () => {}, step: () => {} };
