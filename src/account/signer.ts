import type { AccountState } from './account-state.ts';
import type { AccountPlace, Caller } from './call.ts';
import type { CloudState } from './cloud-state.ts';

/** Whose access key it is. */
export interface Signer {
  readonly account: AccountPlace;
  readonly caller: Caller;
}

/**
 * Whose an access key is: a user's or the root user's who has it; the root user's of the account whose id it is; made-up
 * ones are the root user's of the account at `otherwise`. Keys of sessions are none of these.
 */
export const signerOf = (cloud: CloudState, accessKeyId: string, otherwise: AccountPlace): Signer => {
  const { partition } = otherwise;
  for (const account of cloud.accounts.values()) {
    if (account.partition !== partition) continue;
    const caller = callerIn(account, accessKeyId);
    if (caller !== null) return { account: placeOf(account), caller };
  }
  const named = [...cloud.accounts.values()].find(
    (account) => account.accountId === accessKeyId && account.partition === partition,
  );
  return { account: named === undefined ? otherwise : placeOf(named), caller: { kind: 'root' } };
};

const callerIn = ({ indexes, root }: AccountState, accessKeyId: string): Caller | null => {
  const owner = indexes.accessKeyOwners.get(accessKeyId);
  if (owner !== undefined) return { kind: 'user', nameKey: owner };
  return root.accessKeys.some((key) => key.accessKeyId === accessKeyId) ? { kind: 'root' } : null;
};

const placeOf = ({ accountId, partition }: AccountState): AccountPlace => ({ accountId, partition });
