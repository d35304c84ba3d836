import { type ExpectedAccount, isSelected } from '../finding/expected-account.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { SourceProblem } from '../ports/account-source.ts';
import type { RecordedRun } from '../ports/history-store.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';

type AccountRef = Pick<ExpectedAccount, 'accountId' | 'name' | 'group'>;

/** What messages call an account. */
export const accountName = ({ accountId, name }: AccountRef): string =>
  accountId === null ? (name ?? 'an account') : `account ${accountId}${name === null ? '' : ` (${name})`}`;

/** What became of an account when it was read. `again`: another entry had reached it before. */
export const outcomeOf = (
  expected: AccountRef,
  account: Result<{ readonly snapshot: AccountSnapshot }, readonly SourceProblem[]>,
  again: boolean,
): ExpectedAccount => {
  const unknown = { lastRead: null, droppedOut: false };
  if (!account.ok) {
    const reason = account.error.map(({ message }) => message).join('; ');
    return { ...expected, status: 'failed', reason, ...unknown };
  }
  const { accountId } = account.value.snapshot;
  return again
    ? { ...expected, accountId, status: 'skipped', reason: 'another entry reaches the same account', ...unknown }
    : { ...expected, accountId, status: 'collected', reason: null, ...unknown };
};

/** An earlier audit, as far as it tells of accounts. */
export type PastRun = Pick<RecordedRun, 'id' | 'startedAt' | 'accounts' | 'expected'>;

/** What an audit is compared with. */
interface Past {
  readonly startedAt: Instant;
  /** Names that the audit was limited to; null: it was of all accounts. */
  readonly selection: readonly string[] | null;
  readonly runs: readonly PastRun[];
}

/**
 * The accounts of an audit by what earlier audits knew: when each that was not read was last, whether it dropped out since the
 * audit before, and at the end those that were expected then and are not any more.
 */
export const comparedWithPast = (
  expected: readonly ExpectedAccount[],
  { startedAt, selection, runs }: Past,
): readonly ExpectedAccount[] => {
  const past = runs.filter((run) => run.startedAt < startedAt).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const known = new Set(expected.map(({ accountId }) => accountId));
  const earlier = new Set(past.flatMap((run) => run.expected.flatMap(({ accountId }) => accountId ?? [])));
  // Where a list could not be read, who is absent from it has not left.
  const isListWhole = expected.every(({ accountId, status }) => accountId !== null || status !== 'failed');
  const gone = [...earlier]
    .filter((accountId) => !known.has(accountId))
    .flatMap((accountId) => lastTold(accountId, past) ?? [])
    .filter(({ status }) => status === 'collected' || status === 'failed')
    .filter((account) => isSelected(account, selection))
    .map((account): ExpectedAccount => ({ ...account, ...(isListWhole ? VANISHED : UNLISTED) }));
  return [...expected, ...gone].map((account) => {
    const { accountId, status } = account;
    if (status === 'collected' || accountId === null) return account;
    const droppedOut = status !== 'skipped' && lastTold(accountId, past)?.status === 'collected';
    return { ...account, lastRead: lastReadOf(accountId, past), droppedOut };
  });
};

const VANISHED = {
  status: 'vanished',
  reason:
    'it is no longer in the configuration, nor among the accounts of the organization; what was found in it is not resolved by that',
} as const;

const UNLISTED = {
  status: 'failed',
  reason: 'it was expected before; who is expected now could not be told in full, see what else failed',
} as const;

const lastReadOf = (accountId: string, past: readonly PastRun[]): ExpectedAccount['lastRead'] => {
  const run = past.find(({ accounts }) => accounts.some((account) => account.accountId === accountId));
  return run === undefined ? null : { runId: run.id, startedAt: run.startedAt };
};

const lastTold = (accountId: string, past: readonly PastRun[]): ExpectedAccount | undefined => {
  for (const { expected } of past) {
    const told = expected.find((account) => account.accountId === accountId);
    if (told !== undefined) return told;
  }
  return undefined;
};
