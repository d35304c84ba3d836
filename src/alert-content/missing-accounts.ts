import type { AlertNotice } from '../finding/alert.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { counted, listedInWords } from '../report/words.ts';
import { quoted, truncated } from './defused.ts';

/** What is told of accounts that are missing: of one all that is known, of several each reason once, with the accounts that have it. */
export const missingNotices = (accounts: readonly ExpectedAccount[]): readonly AlertNotice[] => {
  const groups = groupsOf(accounts);
  const shown = groups.length > MOST_REASONS + 1 ? groups.slice(0, MOST_REASONS) : groups;
  const rest = groups.slice(shown.length);
  const others = rest.flatMap((group) => group.accounts);
  const texts = [
    ...(groups.length < 2
      ? []
      : [`${counted(accounts.length, 'account')} are missing, for ${counted(groups.length, 'reason')}.`]),
    ...shown.map(groupInWords),
    ...(rest.length === 0
      ? []
      : [`${counted(others.length, 'more account')} for ${counted(rest.length, 'other reason')}: ${namesOf(others)}.`]),
  ];
  return texts.map((text) => ({ kind: 'account-missing', text }));
};

/** What is told of accounts that were missing and were audited again. */
export const backNotices = (accounts: readonly ExpectedAccount[]): readonly AlertNotice[] => {
  const [first, ...others] = accounts;
  if (first === undefined) return [];
  const who =
    others.length === 0 ? quoted(nameOf(first)) : `${counted(accounts.length, 'account')} (${namesOf(accounts)})`;
  return [{ kind: 'account-back', text: `${who} ${others.length === 0 ? 'was' : 'were'} audited again.` }];
};

const MOST_REASONS = 4;
const MOST_NAMES = 4;
const MOST_IN_NAME = 60;
const MOST_IN_REASON = 300;

/** Accounts that are missing for the same reason. */
interface SharedReason {
  readonly isGone: boolean;
  /** In words that fit each of them; null: none is known. */
  readonly reason: string | null;
  readonly accounts: ExpectedAccount[];
}

/** Each reason once; those that most accounts have first. */
const groupsOf = (accounts: readonly ExpectedAccount[]): readonly SharedReason[] => {
  const groups = new Map<string, SharedReason>();
  for (const account of accounts) {
    const isGone = account.status === 'vanished';
    const reason = sharedReason(account);
    const key = JSON.stringify([isGone, reason]);
    const group = groups.get(key) ?? { isGone, reason, accounts: [] };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups.values()].sort((left, right) => right.accounts.length - left.accounts.length);
};

// A role that is broken everywhere is refused with the ARN that it has in each account.
const sharedReason = ({ accountId, name, reason }: ExpectedAccount): string | null => {
  const unnamed = name === null ? reason : (reason?.replaceAll(` (${name})`, '') ?? null);
  return accountId === null ? unnamed : (unnamed?.replaceAll(accountId, 'ACCOUNT') ?? null);
};

const groupInWords = ({ isGone, reason, accounts }: SharedReason): string => {
  const [first, ...others] = accounts;
  if (first !== undefined && others.length === 0) return accountInWords(first);
  const what = isGone ? 'are no longer among the accounts that are audited' : 'could not be audited';
  const unread = accounts.filter(({ lastRead }) => lastRead === null).length;
  const never =
    unread === 0 ? '' : `; no audit is known that read ${unread === accounts.length ? 'any' : String(unread)} of them`;
  return (
    `${counted(accounts.length, 'account')} (${namesOf(accounts)}) ${what}${never}` +
    `${reason === null ? '' : `: ${truncated(reason, MOST_IN_REASON)}`}.`
  );
};

const accountInWords = (account: ExpectedAccount): string => {
  const { status, reason, lastRead } = account;
  const what = status === 'vanished' ? 'is no longer among the accounts that are audited' : 'could not be audited';
  const since =
    lastRead === null ? 'no audit is known that read it' : `the last audit that read it is ${lastRead.runId}`;
  return `${quoted(nameOf(account))} ${what}${reason === null ? '' : `: ${reason}`}; ${since}.`;
};

const nameOf = ({ name, accountId, group }: ExpectedAccount): string => name ?? accountId ?? group ?? 'an account';

const namesOf = (accounts: readonly ExpectedAccount[]): string =>
  listedInWords(
    accounts.map((account) => quoted(truncated(nameOf(account), MOST_IN_NAME))),
    MOST_NAMES,
  );
