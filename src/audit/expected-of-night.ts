import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { Night, NightStore } from '../ports/night-store.ts';
import { comparedWithPast, type PastRun } from './expected-accounts.ts';

/**
 * What became of the accounts of a night, and what is known of those that are missing: when each was audited last, whether it
 * dropped out since the night before, and who was expected then and is not any more.
 */
export const expectedOfNight = async (
  night: Night,
  nights: Pick<NightStore, 'before' | 'lastAudits'>,
): Promise<readonly ExpectedAccount[]> => {
  const expected = [...outcomesOf(night), ...night.unread];
  const before = await nights.before(night);
  const told = before?.end?.expected ?? [];
  const ids = [...expected, ...told].flatMap(({ accountId, status }) =>
    status === 'collected' ? [] : (accountId ?? []),
  );
  const lastAudits = await nights.lastAudits([...new Set([...ids, ...idsOf(told)])], night.startedAt);
  const past: readonly PastRun[] = [
    ...(before === null ? [] : [{ id: before.id, startedAt: before.startedAt, accounts: [], expected: told }]),
    ...[...lastAudits].map(([accountId, { runId, startedAt }]) => ({
      id: runId,
      startedAt,
      accounts: [{ accountId, alias: null, complete: true }],
      expected: [],
    })),
  ];
  return comparedWithPast(expected, { startedAt: night.startedAt, selection: null, runs: past });
};

const idsOf = (accounts: readonly ExpectedAccount[]): readonly string[] =>
  accounts.flatMap(({ accountId }) => accountId ?? []);

/** What became of each account that was to be audited. Two entries may have reached the same one. */
const outcomesOf = ({ accounts, outcomes, deadline }: Night): readonly ExpectedAccount[] => {
  const seen = new Set<string>();
  return accounts.map(({ key, accountId, name, group }): ExpectedAccount => {
    const outcome = outcomes.get(key);
    const account = { accountId, name, group, lastRead: null, droppedOut: false };
    if (outcome === undefined) {
      const reason = `its audit had not ended by ${deadline}, the deadline of the night`;
      return { ...account, status: 'failed', reason };
    }
    if (outcome.kind === 'failed') return { ...account, status: 'failed', reason: outcome.reason };
    const known = { ...account, accountId: outcome.accountId };
    if (seen.has(outcome.accountId)) {
      return { ...known, status: 'skipped', reason: 'another entry reaches the same account' };
    }
    seen.add(outcome.accountId);
    return { ...known, status: 'collected', reason: null };
  });
};
