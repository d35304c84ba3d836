import type { AccountSummary, OrganizationReport, SummarizedGap } from '../finding/organization-night.ts';
import { STATUS_LABELS } from './coverage-view.ts';
import { type ExpectedView, expectedView } from './expected-view.ts';
import type { LinkOf } from './organization-accounts-view.ts';
import { type AccountNames, namesOf } from './organization-groups.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, instantsInWords, numberInWords, uncapitalizedName } from './words.ts';

/** The accounts that were not audited, and the sources that could not be read of those that were. */
export interface OrganizationCoverageView {
  /** `997 of 1,000 accounts audited`. */
  readonly count: string;
  /** Those that are missing, by name; null: none is. */
  readonly missing: readonly UnreadAccount[] | null;
  readonly otherMissing: string | null;
  /** All that were not audited, those left out on purpose too. */
  readonly unread: readonly UnreadAccount[];
  readonly otherUnread: string | null;
  readonly gaps: readonly SharedGapView[];
}

type UnreadAccount = ExpectedView['unread'][number];

/** A source that could not be read in one account or in many. */
interface SharedGapView {
  readonly label: string;
  readonly status: SummarizedGap['status'];
  readonly statusLabel: string;
  /** What happened in the first of the accounts. */
  readonly detail: string;
  readonly checks: string;
  readonly accountCount: string;
  readonly accounts: AccountNames;
}

const MOST_MISSING = 20;
const MOST_UNREAD = 200;
const MOST_NAMES = 5;

/** What of an organization could not be seen. */
export const organizationCoverage = (report: OrganizationReport, linkOf: LinkOf): OrganizationCoverageView => {
  const { accounts } = report;
  const { missing, unread } = expectedView(report) ?? { missing: null, unread: [] };
  const wanted = accounts.length + (missing?.length ?? 0);
  return {
    count: `${numberInWords(accounts.length)} of ${counted(wanted, 'account')} audited`,
    missing: missing?.slice(0, MOST_MISSING) ?? null,
    otherMissing: othersOf((missing?.length ?? 0) - MOST_MISSING),
    unread: unread.slice(0, MOST_UNREAD),
    otherUnread: othersOf(unread.length - MOST_UNREAD),
    gaps: sharedGaps(accounts, linkOf),
  };
};

const othersOf = (count: number): string | null =>
  count > 0 ? `${numberInWords(count)} more in organization-accounts.csv.` : null;

/** Each source and status once, with the accounts; those that most accounts have first. */
const sharedGaps = (accounts: readonly AccountSummary[], linkOf: LinkOf): readonly SharedGapView[] => {
  const groups = new Map<string, { readonly first: SummarizedGap; readonly accountIds: string[] }>();
  for (const { accountId, gaps } of accounts) {
    for (const gap of gaps) {
      const key = `${gap.source} ${gap.status}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { first: gap, accountIds: [accountId] });
      else known.accountIds.push(accountId);
    }
  }
  return [...groups.values()]
    .sort((left, right) => right.accountIds.length - left.accountIds.length)
    .map(({ first, accountIds }) => ({
      label: capitalized(uncapitalizedName(first.source)),
      status: first.status,
      statusLabel: STATUS_LABELS[first.status],
      detail: instantsInWords(visibleText(first.detail)),
      checks: first.checks === 0 ? '' : `${counted(first.checks, 'check')} could not judge everything`,
      accountCount: counted(accountIds.length, 'account'),
      accounts: namesOf(accountIds, linkOf, MOST_NAMES),
    }));
};
