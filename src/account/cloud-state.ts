import type { AccountState } from './account-state.ts';
import type { AccountPlace } from './call.ts';
import { OrderedMap } from './ordered-map.ts';
import type { OrganizationState } from './organization-state.ts';

/** Everything that one emulator holds: the accounts of all partitions. Immutable. */
export interface CloudState {
  /** By `accountKey`. */
  readonly accounts: OrderedMap<AccountState>;
  /** By id. */
  readonly organizations: OrderedMap<OrganizationState>;
  /** `accountKey` to the id of the organization that the account is in. */
  readonly memberships: OrderedMap<string>;
}

/** What stands for an account in the cloud's map. */
export const accountKey = ({ partition, accountId }: AccountPlace): string => `${partition}:${accountId}`;

/** A cloud of some accounts. */
export const cloudOf = (...accounts: readonly AccountState[]): CloudState => ({
  accounts: OrderedMap.from(accounts.map((account) => [accountKey(account), account])),
  organizations: OrderedMap.empty(),
  memberships: OrderedMap.empty(),
});

/** The cloud with an account added or replaced. */
export const withAccount = (cloud: CloudState, account: AccountState): CloudState => ({
  ...cloud,
  accounts: cloud.accounts.set(accountKey(account), account),
});

/** The account at a place; a place that the cloud does not hold is a bug of the caller's. */
export const accountAt = ({ accounts }: CloudState, place: AccountPlace): AccountState => {
  const account = accounts.get(accountKey(place));
  if (account === undefined) throw new Error(`the cloud holds no account ${accountKey(place)}`);
  return account;
};
