import type { AlertNotice } from '../finding/alert.ts';
import { type ExpectedAccount, isMissing } from '../finding/expected-account.ts';
import { GONE, type Told } from '../finding/told.ts';
import { backNotices, missingNotices } from './missing-accounts.ts';
import { type RouteMemory, recall, toldNow } from './route-memory.ts';

/** What there is to tell of accounts that were to be audited. */
export interface ExpectedNews {
  /** The accounts that it is about. */
  readonly accounts: readonly ExpectedAccount[];
  readonly notices: readonly AlertNotice[];
  readonly told: readonly Told[];
}

const MISSING = 'missing';
/** It was told with others, which are one incident where incidents are opened. */
const MISSING_TOGETHER = 'missing with others';

/**
 * What became of the accounts that were to be read: which are missing, each once, and which are back. A route that is told what some
 * owner answers for hears of those alone that it knows something of, and of those that were never read.
 */
export const newsOfExpected = (expected: readonly ExpectedAccount[], memory: RouteMemory): ExpectedNews => {
  if (!memory.route.gaps) return { accounts: [], notices: [], told: [] };
  const changes = expected.flatMap((account) => changeOf(account, memory));
  const missing = changes.filter(({ account }) => isMissing(account)).map(({ account }) => account);
  const back = changes.map(({ account }) => account).filter(({ status }) => status === 'collected');
  const isTogether = missing.length + back.length > 1;
  const told = changes.map(({ account, key }) => {
    const stance = isTogether && account.accountId !== null ? MISSING_TOGETHER : MISSING;
    // Of an account that nobody could read no finding is known either, which is why it is remembered as being of none.
    return toldNow(memory, { accountId: '', key, stance: isMissing(account) ? stance : GONE });
  });
  const wereTogether = changes.some(({ before }) => before === MISSING_TOGETHER);
  const notices = [...missingNotices(missing), ...backNotices(back)];
  return {
    accounts: [...missing, ...back],
    notices: wereTogether && !areSomeTogether(told, memory) ? [...notices, ALL_BACK] : notices,
    told,
  };
};

const ALL_BACK: AlertNotice = {
  kind: 'all-back',
  text: 'None of the accounts that went missing together is missing any more.',
};

interface ExpectedChange {
  readonly account: ExpectedAccount;
  readonly key: string;
  /** How the route knew it; `gone` where it knew nothing. */
  readonly before: string;
}

/** An account that stands otherwise than the route knows. */
const changeOf = (account: ExpectedAccount, memory: RouteMemory): readonly ExpectedChange[] => {
  const { accountId, group, name } = account;
  const key = `account ${accountId ?? `of ${group ?? name ?? ''}`}`;
  const told = recall(memory, key);
  if (told === 'outdated') return [];
  const before = told?.stance ?? GONE;
  if ((before !== GONE) === isMissing(account)) return [];
  return isMissing(account) && !isTheirs(account, memory) ? [] : [{ account, key, before }];
};

// That not even the accounts could be listed concerns everybody, and whose an account is that was never read nobody knows.
const isTheirs = ({ accountId, lastRead }: ExpectedAccount, { route, known }: RouteMemory): boolean =>
  route.owners.length === 0 ||
  accountId === null ||
  lastRead === null ||
  [...known.values()].some((row) => row.accountId === accountId && row.stance.startsWith('open '));

const areSomeTogether = (told: readonly Told[], { known }: RouteMemory): boolean => {
  const now = new Map([...known, ...told.map((row) => [row.key, row] as const)]);
  return [...now.values()].some(({ stance }) => stance === MISSING_TOGETHER);
};
