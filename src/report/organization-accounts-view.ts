import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { type AccountSummary, type OrganizationReport, openProblems } from '../finding/organization-night.ts';
import { type FoldedNote, foldedNote, wholeAndFolded } from './folded-rows.ts';
import { freshProblems } from './organization-totals.ts';
import { visibleText } from './visible-text.ts';
import { numberInWords } from './words.ts';

/** An account by what people call it, and where its own report is. */
export interface AccountLink {
  readonly label: string;
  readonly accountId: string;
  /** Null: it has no page. */
  readonly href: string | null;
}

/** Links to the accounts of an organization by id; an account of which nothing is known is its id. */
export type LinkOf = (accountId: string) => AccountLink;

/** Where the page of an account's own report is, as seen from the page of the organization; null: it has none. */
export type PageOf = (account: AccountSummary) => string | null;

/** How accounts are linked to: by alias, else by the name that they are expected by. */
export const linksOf = ({ accounts, expected }: OrganizationReport, pageOf: PageOf): LinkOf => {
  const names = new Map(expected.map(({ accountId, name }) => [accountId ?? '', name]));
  const links = new Map(
    accounts.map((account): readonly [string, AccountLink] => {
      const { accountId, alias } = account;
      const label = alias ?? names.get(accountId) ?? accountId;
      return [accountId, { label: visibleText(label), accountId: visibleText(accountId), href: pageOf(account) }];
    }),
  );
  return (accountId) =>
    links.get(accountId) ?? {
      label: visibleText(names.get(accountId) ?? accountId),
      accountId: visibleText(accountId),
      href: null,
    };
};

/** An account as a row of the table of all. */
export interface AccountRiskRow {
  readonly rank: string;
  readonly rankOrder: string;
  readonly link: AccountLink;
  readonly labelOrder: string;
  readonly cells: readonly {
    readonly severity: Severity;
    readonly count: string;
    readonly isZero: boolean;
  }[];
  /** The counts with leading zeros, so that they sort as text. */
  readonly order: Readonly<Record<'problems' | 'fresh' | 'paths' | 'crossing' | 'administrators', string>>;
  /** `–` where there is no audit before. */
  readonly fresh: string;
  readonly paths: string;
  /** How many of them were proven; null: none. */
  readonly proven: string | null;
  readonly crossing: string;
  readonly administrators: string;
  readonly coverage: string;
  readonly complete: boolean;
}

/** The accounts of an organization by risk, those beyond the first hundreds folded up. */
export interface AccountRiskTable {
  readonly rows: readonly AccountRiskRow[];
  readonly rest: readonly AccountRiskRow[];
  readonly restNote: FoldedNote | null;
  /** What is said of those that are not printed; null: all are. */
  readonly printed: string | null;
}

/** As many accounts are printed; `organization.css` hides the others on paper. */
const PRINTED = 100;

/** The accounts in their order, which is that of risk. */
export const accountRiskTable = (accounts: readonly AccountSummary[], linkOf: LinkOf): AccountRiskTable => {
  const [rows, rest] = wholeAndFolded(accounts.map((account, index) => rowOf(account, index + 1, linkOf)));
  return {
    rows,
    rest,
    restNote: foldedNote(accounts.length, 'account', 'organization-accounts.csv'),
    printed:
      accounts.length <= PRINTED
        ? null
        : `The first ${PRINTED} accounts of those asked for; organization-accounts.csv has all.`,
  };
};

const ordered = (count: number): string => String(count).padStart(9, '0');

const rowOf = (account: AccountSummary, rank: number, linkOf: LinkOf): AccountRiskRow => {
  const counts = SEVERITIES.map((severity) => openProblems(account, severity));
  const fresh = freshProblems(account);
  const { total, byProof, crossing } = account.paths;
  const link = linkOf(account.accountId);
  return {
    rank: numberInWords(rank),
    rankOrder: ordered(rank),
    link,
    labelOrder: link.label.toLowerCase(),
    cells: SEVERITIES.map((severity, index) => ({
      severity,
      count: numberInWords(counts[index] ?? 0),
      isZero: counts[index] === 0,
    })),
    order: {
      // The worst severity counts before all others.
      problems: counts.map((count) => String(count).padStart(6, '0')).join(''),
      fresh: ordered(fresh ?? 0),
      paths: ordered(total),
      crossing: ordered(crossing),
      administrators: ordered(account.administrators),
    },
    fresh: fresh === null ? '–' : numberInWords(fresh),
    paths: numberInWords(total),
    proven: byProof.proven === 0 ? null : `${numberInWords(byProof.proven)} proven`,
    crossing: numberInWords(crossing),
    administrators: numberInWords(account.administrators),
    coverage: account.complete ? 'Complete' : 'In part',
    complete: account.complete,
  };
};
