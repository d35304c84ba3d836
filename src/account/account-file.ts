import { z } from 'zod';
import type { Partition } from '../iam/partition.ts';
import { isJsonObject } from '../kernel/json.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import type { AccountState } from './account-state.ts';
import type { CloudState } from './cloud-state.ts';
import { buildAccount } from './file/build.ts';
import { cloudWithOrganization } from './file/organization.ts';
import { type OrganizationEntry, organizationSchema } from './file/organization-schema.ts';
import type { Complain, FilePath } from './file/references.ts';
import { type AccountFile, accountFileSchema } from './file/schema.ts';
import { moment } from './file/values.ts';

/** The accounts that an account file or a snapshot tells of, and the one of whom nothing tells another. */
export interface EmulatedAccounts {
  readonly main: AccountState;
  readonly cloud: CloudState;
}

/** When an account file is read, and the partition of its accounts where it is not the file that says so. */
export interface AccountFileReading {
  readonly now: Instant;
  readonly partition?: Partition | undefined;
}

/**
 * Reads the account file, the YAML that `account-file.md` describes: one account, or several under `accounts`, the first
 * of which is the main one, and their organization. Relative times are reckoned from `now`; `fileName` only names the file
 * in problems. The error holds every problem as a line: `file:line:column: place: what is wrong`.
 */
export const parseAccountFile = (
  text: string,
  fileName: string,
  reading: AccountFileReading,
): Result<EmulatedAccounts, readonly string[]> => {
  // One schema for both forms would tell the problems of the form that is not meant.
  const schemaOf = (content: unknown) =>
    isJsonObject(content) && Object.hasOwn(content, 'accounts') ? accountsSchema(reading) : accountSchema(reading);
  return parseYamlFile(text, fileName, schemaOf);
};

/** The schema of a file of one account, which builds it. */
export const accountSchema = (reading: AccountFileReading) =>
  accountFileSchema(reading.now)
    .extend(organizationMember(reading))
    .transform(({ organization, ...file }, context): EmulatedAccounts => {
      const account = buildAccount(inPartition(file, reading), complainer(context, []));
      return inOrganization([account], organization, reading, context);
    });

const accountsSchema = (reading: AccountFileReading) => {
  const account = accountFileSchema(reading.now).transform((file, context) =>
    buildAccount(inPartition(file, reading), complainer(context, [])),
  );
  return z
    .strictObject({ accounts: z.tuple([account], account), ...organizationMember(reading) })
    .transform(({ accounts, organization }, context): EmulatedAccounts => {
      for (const [index, { accountId, partition }] of accounts.entries()) {
        const first = accounts.findIndex((other) => other.accountId === accountId && other.partition === partition);
        if (first === index) continue;
        complainer(context, ['accounts'])([index, 'accountId'], `account ${accountId} stands twice in this file`);
      }
      return inOrganization(accounts, organization, reading, context);
    });
};

const organizationMember = ({ now }: AccountFileReading) => ({
  organization: organizationSchema(moment(now)).nullable().default(null),
});

const inPartition = (file: AccountFile, { partition }: AccountFileReading): AccountFile => ({
  ...file,
  partition: partition ?? file.partition,
});

const inOrganization = (
  accounts: readonly [AccountState, ...(readonly AccountState[])],
  organization: OrganizationEntry | null,
  { now }: AccountFileReading,
  context: z.RefinementCtx,
): EmulatedAccounts => ({
  main: accounts[0],
  cloud: cloudWithOrganization(accounts, organization, now, complainer(context, ['organization'])),
});

const complainer =
  (context: z.RefinementCtx, below: FilePath): Complain =>
  (path, message) =>
    context.addIssue({ code: 'custom', path: [...below, ...path], message });
