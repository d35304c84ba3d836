import type { AccountSummary } from '../finding/organization-night.ts';
import type { KeyPoint } from './key-points.ts';
import { nameOfArn } from './name-of-arn.ts';
import type { LinkOf } from './organization-accounts-view.ts';
import { acrossAccounts, byAccounts } from './organization-groups.ts';
import type { OrganizationTotals } from './organization-totals.ts';
import { counted, listedInWords } from './words.ts';

const NAMES_SHOWN = 4;

/** The few sentences that a night of all accounts boils down to, the gravest first. */
export const organizationPoints = (
  accounts: readonly AccountSummary[],
  totals: OrganizationTotals,
  linkOf: LinkOf,
): readonly KeyPoint[] => {
  const named = (some: readonly AccountSummary[]): string =>
    `${listedInWords(
      some.map(({ accountId }) => linkOf(accountId).label),
      NAMES_SHOWN,
    )}.`;
  return [
    crossings(accounts, totals, named),
    paths(accounts, totals, named),
    administrators(accounts, totals, linkOf),
    external(accounts, totals, named),
    doubts(accounts, totals, named),
  ].filter((point) => point !== null);
};

type Named = (accounts: readonly AccountSummary[]) => string;

const crossings = (
  accounts: readonly AccountSummary[],
  { crossing }: OrganizationTotals,
  named: Named,
): KeyPoint | null =>
  crossing === 0
    ? null
    : {
        headline: `${counted(crossing, 'path leads', 'paths lead')} from one account into another`,
        detail: `They begin in ${named(accounts.filter((account) => account.paths.crossing > 0))}`,
        href: '#paths',
        linkText: 'Show the paths',
        doubtful: false,
      };

const paths = (
  accounts: readonly AccountSummary[],
  { paths: total, proven }: OrganizationTotals,
  named: Named,
): KeyPoint | null => {
  const having = accounts.filter((account) => account.paths.total > 0);
  if (total === 0) return null;
  return {
    headline: `${counted(total, 'path leads', 'paths lead')} to administrator or into another account, from ${counted(having.length, 'account')}`,
    detail: [
      named(having),
      ...(proven === 0 ? [] : [`${counted(proven, 'was', 'were')} carried out on a copy of the account.`]),
    ].join(' '),
    href: '#paths',
    linkText: 'Show the paths',
    doubtful: false,
  };
};

const administrators = (
  accounts: readonly AccountSummary[],
  { newAdministrators }: OrganizationTotals,
  linkOf: LinkOf,
): KeyPoint | null => {
  if (newAdministrators === 0) return null;
  const groups = acrossAccounts(
    accounts,
    ({ news }) => news?.administrators.listed ?? [],
    ({ arn }) => [nameOfArn(arn)],
  );
  const names = [...groups].sort(byAccounts).map(({ first, accountIds: [account = '', ...others] }) => {
    const where = others.length === 0 ? linkOf(account).label : counted(others.length + 1, 'account');
    return `${nameOfArn(first.arn)} of ${where}`;
  });
  return {
    headline: `${counted(newAdministrators, 'user or role has', 'users and roles have')} become administrator`,
    detail: `${listedInWords(names, NAMES_SHOWN)}.`,
    href: '#changes',
    linkText: 'Show what changed',
    doubtful: false,
  };
};

const external = (
  accounts: readonly AccountSummary[],
  { newExternal }: OrganizationTotals,
  named: Named,
): KeyPoint | null =>
  newExternal === 0
    ? null
    : {
        headline: `${counted(newExternal, 'access', 'accesses')} from outside ${newExternal === 1 ? 'is' : 'are'} new or worse`,
        detail: `In ${named(accounts.filter(({ news }) => (news?.external.total ?? 0) > 0))}`,
        href: '#changes',
        linkText: 'Show what changed',
        doubtful: false,
      };

const doubts = (
  accounts: readonly AccountSummary[],
  { accountsReadInPart, unjudged }: OrganizationTotals,
  named: Named,
): KeyPoint | null =>
  accountsReadInPart === 0
    ? null
    : {
        headline: `${counted(accountsReadInPart, 'account was', 'accounts were')} read in part`,
        detail: `${named(accounts.filter(({ complete }) => !complete))} ${counted(unjudged, 'thing')} could not be judged.`,
        href: '#coverage',
        linkText: 'See the coverage',
        doubtful: true,
      };
