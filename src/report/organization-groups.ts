import type { AccountSummary } from '../finding/organization-night.ts';
import type { AccountLink, LinkOf } from './organization-accounts-view.ts';
import { numberInWords } from './words.ts';

/** Things that are the same in several accounts, but for the account. */
export interface AcrossAccounts<Thing> {
  readonly first: Thing;
  /** The account of the first. */
  readonly account: AccountSummary;
  /** Ids of the accounts that have it, in the order of the report. */
  readonly accountIds: readonly string[];
}

/** Puts together what is the same in many accounts; in the order of the first of each. `sameness`: what makes two the same. */
export const acrossAccounts = <Thing>(
  accounts: readonly AccountSummary[],
  thingsOf: (account: AccountSummary) => readonly Thing[],
  sameness: (thing: Thing, account: AccountSummary) => readonly string[],
): readonly AcrossAccounts<Thing>[] => {
  const groups = new Map<string, { first: Thing; account: AccountSummary; accountIds: string[] }>();
  for (const account of accounts) {
    for (const thing of thingsOf(account)) {
      // An account of its own is the same as another's in the account of that.
      const key = JSON.stringify(sameness(thing, account)).replaceAll(account.accountId, 'ACCOUNT');
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { first: thing, account, accountIds: [account.accountId] });
      else if (known.accountIds.at(-1) !== account.accountId) known.accountIds.push(account.accountId);
    }
  }
  return [...groups.values()];
};

/** Orders what is in more accounts first; of as many, the sort leaves those of the riskier account first. */
export const byAccounts = (left: AcrossAccounts<unknown>, right: AcrossAccounts<unknown>): number =>
  right.accountIds.length - left.accountIds.length;

/** Some accounts as a page names them. */
export interface AccountNames {
  readonly links: readonly AccountLink[];
  /** How many more there are; null: none. */
  readonly others: string | null;
}

/** Names some accounts, at most as many as said. */
export const namesOf = (accountIds: readonly string[], linkOf: LinkOf, most: number): AccountNames => {
  const shown = accountIds.length <= most + 1 ? accountIds.length : most;
  return {
    links: accountIds.slice(0, shown).map(linkOf),
    others: shown === accountIds.length ? null : `${numberInWords(accountIds.length - shown)} more`,
  };
};
