import { z } from 'zod';
import type { Partition } from '../iam/partition.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import type { AccountState } from './account-state.ts';
import { buildAccount } from './file/build.ts';
import { accountFileSchema } from './file/schema.ts';

/** The accounts of an emulator; the first is its main one. */
export type Accounts = readonly [AccountState, ...(readonly AccountState[])];

/** When an account file is read, and the partition of its accounts where it is not the file that says so. */
export interface AccountFileReading {
  readonly now: Instant;
  readonly partition?: Partition | undefined;
}

/**
 * Reads the account file, the YAML that `account-file.md` describes: one account, or several under `accounts`. Relative
 * times are reckoned from `now`; `fileName` only names the file in problems. The error holds every problem as a line:
 * `file:line:column: place: what is wrong`.
 */
export const parseAccountFile = (
  text: string,
  fileName: string,
  reading: AccountFileReading,
): Result<Accounts, readonly string[]> => {
  const account = accountSchema(reading);
  // One schema for both forms would tell the problems of the form that is not meant.
  if (/^\s*\{?\s*["']?accounts["']?\s*:/m.test(text)) return parseYamlFile(text, fileName, accountsSchema(account));
  const parsed = parseYamlFile(text, fileName, account);
  return parsed.ok ? ok([parsed.value]) : parsed;
};

/** The schema of one account, which builds it. */
export const accountSchema = ({ now, partition }: AccountFileReading) =>
  accountFileSchema(now).transform(
    (file, context): AccountState =>
      buildAccount({ ...file, partition: partition ?? file.partition }, (path, message) =>
        context.addIssue({ code: 'custom', path: [...path], message }),
      ),
  );

const accountsSchema = (account: ReturnType<typeof accountSchema>) =>
  z.strictObject({ accounts: z.tuple([account], account) }).transform(({ accounts }, context): Accounts => {
    for (const [index, { accountId, partition }] of accounts.entries()) {
      const first = accounts.findIndex((other) => other.accountId === accountId && other.partition === partition);
      if (first === index) continue;
      const message = `account ${accountId} stands twice in this file`;
      context.addIssue({ code: 'custom', path: ['accounts', index, 'accountId'], message });
    }
    return accounts;
  });
