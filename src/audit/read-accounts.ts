import pLimit from 'p-limit';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { ActivitySource } from '../ports/activity-source.ts';
import type { Progress } from '../ports/progress.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../snapshot/assemble-snapshot.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { accountName, outcomeOf } from './expected-accounts.ts';

/** Accounts as read, in the order of their sources. */
export interface ReadAccounts {
  readonly snapshots: readonly AccountSnapshot[];
  /** What each snapshot was made from. */
  readonly documents: readonly SnapshotDocuments[];
  /** API calls made over all accounts, by action; empty for saved files. */
  readonly apiCalls: ReadonlyMap<string, number>;
  /** Those of them that AWS throttled. */
  readonly throttledCalls: ReadonlyMap<string, number>;
  /** What became of each account that a source said to be expected. */
  readonly expected: readonly ExpectedAccount[];
  /** Where it can be looked up who changed what, by account. */
  readonly activity: ReadonlyMap<string, ActivitySource>;
}

/**
 * Reads accounts, `atOnce` of them at a time. An account that its source expects may fail: the others are read all the same. The
 * errors are those of the other sources, each of which must be readable, or those of all where not one account was read.
 */
export const readAccounts = async (
  sources: readonly AccountSource[],
  progress: Progress,
  atOnce = 1,
): Promise<Result<ReadAccounts, readonly SourceProblem[]>> => {
  const read = await readEach(sources, progress, atOnce);
  const needed = read.flatMap(({ source, account }) =>
    source.expected === undefined && !account.ok ? account.error : [],
  );
  if (needed.length > 0) return err(needed);
  const accounts = new Map<string, ReadAccount>();
  const again = new Set<AccountRead>();
  for (const one of read) {
    if (!one.account.ok) continue;
    const { accountId } = one.account.value.snapshot;
    // A list may reach one account in two ways; what a directory holds twice is told as it is.
    if (one.source.expected !== undefined && accounts.has(accountId)) again.add(one);
    else accounts.set(one.source.expected === undefined ? `${accounts.size}` : accountId, one.account.value);
  }
  if (accounts.size === 0) return err(read.flatMap(problemsOf));
  return ok({
    snapshots: [...accounts.values()].map(({ snapshot }) => snapshot),
    documents: [...accounts.values()].map(({ documents }) => documents),
    apiCalls: summed(read.map(({ calls }) => calls)),
    throttledCalls: summed(read.map(({ throttled }) => throttled)),
    expected: read.flatMap((one) =>
      one.source.expected === undefined ? [] : [outcomeOf(one.source.expected, one.account, again.has(one))],
    ),
    activity: new Map(
      read.flatMap(({ source: { activity }, account }) =>
        account.ok && activity !== undefined ? [[account.value.snapshot.accountId, activity]] : [],
      ),
    ),
  });
};

interface ReadAccount {
  readonly snapshot: AccountSnapshot;
  readonly documents: SnapshotDocuments;
}

interface AccountRead {
  readonly source: AccountSource;
  readonly account: Result<ReadAccount, readonly SourceProblem[]>;
  readonly calls: Calls;
  readonly throttled: Calls;
}

/** How often an action was called. */
type Calls = ReadonlyMap<string, number>;

const summed = (all: readonly Calls[]): Calls => {
  const sum = new Map<string, number>();
  for (const [action, count] of all.flatMap((calls) => [...calls])) sum.set(action, (sum.get(action) ?? 0) + count);
  return sum;
};

const NO_CALLS: Pick<AccountRead, 'calls' | 'throttled'> = { calls: new Map(), throttled: new Map() };

const QUIET: Progress = { phase: () => {}, step: () => {} };

const readEach = async (
  sources: readonly AccountSource[],
  progress: Progress,
  atOnce: number,
): Promise<readonly AccountRead[]> => {
  const intern = createPolicyInterner();
  if (atOnce === 1 || sources.length === 1) {
    const read: AccountRead[] = [];
    for (const source of sources) read.push(await readOne(source, intern, progress));
    return read;
  }
  // The phases of accounts that are read at once would overwrite each other.
  progress.phase('accounts', sources.length);
  return pLimit(atOnce).map(sources, async (source) => {
    const one = await readOne(source, intern, QUIET);
    progress.step();
    return one;
  });
};

const readOne = async (
  source: AccountSource,
  intern: ReturnType<typeof createPolicyInterner>,
  progress: Progress,
): Promise<AccountRead> => {
  try {
    const account = await source.collect(progress);
    if (!account.ok) return { source, account: err([account.error]), ...NO_CALLS };
    const { documents, apiCalls: calls, throttledCalls: throttled = new Map() } = account.value;
    const snapshot = assembleSnapshot(documents, intern);
    if (snapshot.ok) return { source, account: ok({ snapshot: snapshot.value, documents }), calls, throttled };
    const problems = snapshot.error.map(({ message }) => ({ kind: 'input' as const, message }));
    return { source, account: err(problems), calls, throttled };
  } catch (error) {
    if (source.expected === undefined) throw error;
    // One account that breaks is no reason to know nothing of all others.
    const message = `could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return { source, account: err([{ kind: 'unreachable', message }]), ...NO_CALLS };
  }
};

const problemsOf = ({ source: { expected }, account }: AccountRead): readonly SourceProblem[] =>
  account.ok || expected === undefined
    ? []
    : account.error.map(({ message }) => ({
        kind: 'unreachable',
        message: `${accountName(expected)}: ${message}`,
      }));
