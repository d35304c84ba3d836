import { FINDING_STATES } from '../finding/audit-report.ts';
import { EXPECTED_STATUSES } from '../finding/expected-account.ts';
import { ok } from '../kernel/result.ts';
import type { RecordedRun, RemovedRun } from '../ports/history-store.ts';
import type { ExitCode } from './exit-codes.ts';
import { readHistory } from './read-history.ts';
import type { RememberedOptions } from './remembered-options.ts';
import { printable, type Terminal } from './terminal.ts';

/** Lists the audits that are remembered, and says how many are not any more. */
export const runRunsCommand = (options: RememberedOptions, terminal: Terminal): Promise<ExitCode> =>
  readHistory(options, terminal, async (history) => {
    const runs = await history.runs();
    const removed = await history.removals();
    return ok(
      options.json ? [JSON.stringify({ runs, removed }, null, 2)] : [...runs.map(runLine), ...removedLines(removed)],
    );
  });

const runLine = ({ id, accounts, expected, states, baselineRunId }: RecordedRun): string => {
  const named = accounts.map(
    ({ accountId, alias, complete }) =>
      `${accountId}${alias === null ? '' : ` (${printable(alias)})`}${complete ? '' : ', incomplete'}`,
  );
  const counts = FINDING_STATES.flatMap((state) => {
    const count = states[state] ?? 0;
    return count === 0 ? [] : [`${count} ${state.replace('-', ' ')}`];
  });
  const since = baselineRunId === null ? 'a baseline' : `since ${baselineRunId}`;
  const unread = EXPECTED_STATUSES.flatMap((status) => {
    const number = expected.filter((account) => account.status === status).length;
    return number === 0 || status === 'collected' ? [] : [`${number} ${status}`];
  });
  const missing = unread.length === 0 ? '' : ` (not read: ${unread.join(', ')})`;
  return `${id}  ${named.join('; ')}${missing}  ${counts.join(', ') || 'nothing found'}; ${since}`;
};

const removedLines = (removed: readonly RemovedRun[]): readonly string[] => {
  const [latest] = removed;
  if (latest === undefined) return [];
  const number = removed.length === 1 ? '1 earlier audit was' : `${removed.length} earlier audits were`;
  return [`${number} removed for age or number, the last at ${latest.removedAt}`];
};
