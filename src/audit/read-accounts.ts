import { err, ok, type Result } from '../kernel/result.ts';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { Progress } from '../ports/progress.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../snapshot/assemble-snapshot.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';

/** Accounts as read. */
export interface ReadAccounts {
  readonly snapshots: readonly AccountSnapshot[];
  /** What each snapshot was made from. */
  readonly documents: readonly SnapshotDocuments[];
  /** API calls made over all accounts, by action; empty for saved files. */
  readonly apiCalls: ReadonlyMap<string, number>;
}

/** Reads accounts one after the other. The errors are those of the sources: each account must be readable. */
export const readAccounts = async (
  sources: readonly AccountSource[],
  progress: Progress,
): Promise<Result<ReadAccounts, readonly SourceProblem[]>> => {
  const intern = createPolicyInterner();
  const snapshots: AccountSnapshot[] = [];
  const documents: SnapshotDocuments[] = [];
  const apiCalls = new Map<string, number>();
  const problems: SourceProblem[] = [];
  for (const source of sources) {
    const account = await source.collect(progress);
    if (!account.ok) {
      problems.push(account.error);
      continue;
    }
    const snapshot = assembleSnapshot(account.value.documents, intern);
    if (snapshot.ok) {
      snapshots.push(snapshot.value);
      documents.push(account.value.documents);
    } else problems.push(...snapshot.error.map(({ message }) => ({ kind: 'input' as const, message })));
    for (const [action, calls] of account.value.apiCalls) apiCalls.set(action, (apiCalls.get(action) ?? 0) + calls);
  }
  return problems.length > 0 ? err(problems) : ok({ snapshots, documents, apiCalls });
};
