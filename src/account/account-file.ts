import { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import type { AccountState } from './account-state.ts';
import { buildAccount } from './file/build.ts';
import { accountFileSchema } from './file/schema.ts';

/**
 * Reads the account file, the YAML that `account-file.md` describes. Relative times are reckoned from `now`; `fileName`
 * only names the file in problems. The error holds every problem as a line: `file:line:column: place: what is wrong`.
 */
export const parseAccountFile = (
  text: string,
  fileName: string,
  now: Instant,
): Result<AccountState, readonly string[]> => parseYamlFile(text, fileName, accountSchema(now));

/** The accounts of an emulator; the first is its main one. */
export type Accounts = readonly [AccountState, ...(readonly AccountState[])];

/** Reads an account file that may hold several accounts, under `accounts`. */
export const parseAccountsFile = (
  text: string,
  fileName: string,
  now: Instant,
): Result<Accounts, readonly string[]> => {
  // One schema for both forms would tell the problems of the form that is not meant.
  if (/^\s*\{?\s*["']?accounts["']?\s*:/m.test(text)) {
    return parseYamlFile(text, fileName, accountsSchema(accountSchema(now)));
  }
  const account = parseAccountFile(text, fileName, now);
  return account.ok ? ok([account.value]) : account;
};

const accountSchema = (now: Instant) =>
  accountFileSchema(now).transform(
    (file, context): AccountState =>
      buildAccount(file, (path, message) => context.addIssue({ code: 'custom', path: [...path], message })),
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
