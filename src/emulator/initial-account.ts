import { z } from 'zod';
import { type EmulatedAccounts, parseAccountFile } from '../account/account-file.ts';
import { accountFromDocuments } from '../account/account-from-documents.ts';
import type { Partition } from '../iam/partition.ts';
import { err, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parseSnapshotFiles } from '../snapshot/snapshot-directory.ts';

/** What the emulated accounts begin with. */
export type InitialAccount = z.output<typeof initialAccountSchema>;

/** The same as data. */
export const initialAccountSchema = z.discriminatedUnion('kind', [
  /** The account file, as text; `account-file.md` describes it. `name` names the file in problems. */
  z.object({ kind: z.literal('account-file'), name: z.string(), text: z.string() }),
  /** The files of a snapshot directory: name to text. */
  z.object({ kind: z.literal('snapshot'), name: z.string(), files: z.record(z.string(), z.string()) }),
]);

/** Makes the accounts as of a time, in another partition where one is given. The errors are lines about what is wrong with them. */
export const makeAccounts = (
  initial: InitialAccount,
  now: Instant,
  partition?: Partition,
): Result<EmulatedAccounts, readonly string[]> => {
  if (initial.kind === 'account-file') return parseAccountFile(initial.text, initial.name, { now, partition });
  const documents = parseSnapshotFiles(new Map(Object.entries(initial.files)), { collectedAt: now });
  if (!documents.ok) return err(documents.error.map(({ message }) => `${initial.name}: ${message}`));
  const account = accountFromDocuments(documents.value, { now, partition });
  return account.ok ? account : err(account.error.map((problem) => `${initial.name}: ${problem}`));
};
