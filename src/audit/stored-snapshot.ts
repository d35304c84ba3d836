import { err, ok, type Result } from '../kernel/result.ts';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../snapshot/assemble-snapshot.ts';
import { parseSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';

/** What a snapshot was made from, of its files as the history keeps them. The error is the first problem. */
export const storedDocuments = (files: ReadonlyMap<string, string>): Result<SnapshotDocuments, string> => {
  const documents = parseSnapshotFiles(files);
  return documents.ok ? documents : firstOf(documents.error);
};

/** A snapshot of its files as the history keeps them. The error is the first problem. */
export const storedSnapshot = (files: ReadonlyMap<string, string>): Result<AccountSnapshot, string> => {
  const documents = storedDocuments(files);
  if (!documents.ok) return documents;
  const snapshot = assembleSnapshot(documents.value, createPolicyInterner());
  return snapshot.ok ? ok(snapshot.value) : firstOf(snapshot.error);
};

const firstOf = ([first]: readonly { readonly message: string }[]): Result<never, string> =>
  err(first?.message ?? 'it is empty');
