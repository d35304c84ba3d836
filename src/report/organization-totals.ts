import type { FindingState } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import { STATES_TO_TELL } from '../finding/finding-life.ts';
import { type AccountSummary, openProblems } from '../finding/organization-night.ts';

/** What the accounts of an organization come to together. */
export interface OrganizationTotals {
  readonly accounts: number;
  /** Problems by severity, the worst first. */
  readonly severities: readonly { readonly severity: Severity; readonly count: number }[];
  readonly problems: number;
  readonly accountsWithProblems: number;
  readonly unjudged: number;
  readonly accountsReadInPart: number;
  /** Those with an audit before to compare with, and what became of their findings since. */
  readonly compared: number;
  readonly fresh: number;
  readonly worse: number;
  readonly resolved: number;
  /** Paths to administrator, those among them that lead into other accounts, and those that were proven. */
  readonly paths: number;
  readonly crossing: number;
  readonly proven: number;
  readonly newAdministrators: number;
  readonly newExternal: number;
}

/** Adds up what the accounts come to. */
export const totalsOf = (accounts: readonly AccountSummary[]): OrganizationTotals => {
  const severities = SEVERITIES.map((severity) => ({
    severity,
    count: sum(accounts, (account) => openProblems(account, severity)),
  }));
  const compared = accounts.filter(({ news }) => news !== null);
  return {
    accounts: accounts.length,
    severities,
    problems: sum(severities, ({ count }) => count),
    accountsWithProblems: accounts.filter((account) =>
      SEVERITIES.some((severity) => openProblems(account, severity) > 0),
    ).length,
    unjudged: sum(accounts, ({ unjudged }) => unjudged),
    accountsReadInPart: accounts.filter(({ complete }) => !complete).length,
    compared: compared.length,
    fresh: sum(compared, (account) => inStates(account, ['new', 'reopened'])),
    worse: sum(compared, (account) => inStates(account, ['worsened'])),
    resolved: sum(compared, (account) => inStates(account, ['resolved'])),
    paths: sum(accounts, ({ paths }) => paths.total),
    crossing: sum(accounts, ({ paths }) => paths.crossing),
    proven: sum(accounts, ({ paths }) => paths.byProof.proven),
    newAdministrators: sum(compared, ({ news }) => news?.administrators.total ?? 0),
    newExternal: sum(compared, ({ news }) => news?.external.total ?? 0),
  };
};

/** How many findings of an account are in some states. */
export const inStates = ({ findings }: AccountSummary, states: readonly FindingState[]): number =>
  sum(SEVERITIES, (severity) => sum(states, (state) => findings[severity]?.[state] ?? 0));

/** How many problems of an account became worse or were not there; null: there is no audit before to compare with. */
export const freshProblems = (account: AccountSummary): number | null =>
  account.news === null ? null : inStates(account, [...STATES_TO_TELL]);

const sum = <Item>(items: readonly Item[], numberOf: (item: Item) => number): number =>
  items.reduce((total, item) => total + numberOf(item), 0);
