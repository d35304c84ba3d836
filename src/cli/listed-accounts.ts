import type { Config } from '../config/config.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { err } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import { openAccountsDoor, type Reading } from './planned-accounts.ts';

/** The accounts of the configuration: what reads them, and those that are expected and not to be read. */
export interface ListedAccounts {
  readonly sources: readonly AccountSource[];
  readonly unread: readonly ExpectedAccount[];
  close(): Promise<void>;
}

/**
 * The accounts that the configuration lists, and those of its organization; `selection` limits them to those called so, or in a
 * group called so. Where the organization cannot be listed, that is a source that fails, and the others are read all the same.
 */
export const openListedAccounts = async (
  config: Pick<Config, 'aws' | 'accounts'>,
  reading: Reading,
  selection: readonly string[] | null,
): Promise<ListedAccounts> => {
  const door = await openAccountsDoor(config, reading);
  const { toRead, unread } = await door.plan(selection);
  const sources: AccountSource[] = [];
  for (const account of toRead) {
    const source = await door.open(account);
    if (source.ok) sources.push(source.value);
  }
  // What could not be listed is told as a reading that failed, so that an audit of nothing else has its reason.
  const failed = unread.filter(({ status }) => status === 'failed');
  return {
    sources: [...sources, ...failed.map(failingSource)],
    unread: unread.filter((account) => !failed.includes(account)),
    close: async () => door.close(),
  };
};

const failingSource = ({ accountId, name, group, reason }: ExpectedAccount): AccountSource => ({
  expected: { accountId, name, group },
  collect: async () => err({ kind: 'unreachable', message: reason ?? 'it could not be read' }),
});
