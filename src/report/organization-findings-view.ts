import type { FindingState } from '../finding/audit-report.ts';
import { SEVERITIES, type Severity } from '../finding/check-result.ts';
import type { AccountSummary, SummarizedFinding, SummarizedPath } from '../finding/organization-night.ts';
import { type ActorView, actorView } from './actor-view.ts';
import { findingAnchor } from './finding-anchor.ts';
import { nameOfArn } from './name-of-arn.ts';
import type { LinkOf } from './organization-accounts-view.ts';
import { type AccountNames, type AcrossAccounts, acrossAccounts, byAccounts, namesOf } from './organization-groups.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { capitalized, counted, numberInWords } from './words.ts';

/** A finding that one account has, or many. */
export interface SharedFindingView {
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly sentence: readonly ProsePart[];
  readonly arn: string;
  readonly accounts: AccountNames;
  /** How many accounts have it; null: one. */
  readonly accountCount: string | null;
  /** The finding on the page of the first of them; null: it has none. */
  readonly href: string | null;
  /** What is new of it; null: nothing. */
  readonly news: string | null;
  /** Who made it so, where something is new. */
  readonly by: ActorView | null;
}

/** A path as the page about all accounts tells it. */
export interface SharedPathView extends SharedFindingView {
  readonly proofLabel: string;
  /** The other accounts that it leads into; null: none. */
  readonly into: AccountNames | null;
}

/** Some rows, and what is said of those that the page leaves out; null: it shows all. */
export interface ShownRows<Row> {
  readonly count: string;
  readonly rows: readonly Row[];
  readonly others: string | null;
}

/** More nobody reads. */
const MOST_PATHS = 40;
const MOST_PROBLEMS = 20;
const MOST_NAMES = 3;

const PROOFS: readonly SummarizedPath['proof'][] = ['proven', 'derived', 'conditional'];

/** The worst paths of all accounts: those between accounts first, then the surest, then those that most accounts have. */
export const pathsView = (accounts: readonly AccountSummary[], linkOf: LinkOf): ShownRows<SharedPathView> | null => {
  const total = accounts.reduce((sum, { paths }) => sum + paths.total, 0);
  if (total === 0) return null;
  const groups = acrossAccounts(
    accounts,
    ({ paths }) => paths.listed,
    (path, account) => [...samenessOf(path, account), path.proof, path.reaches, ...path.into.listed],
  );
  const rank = ({ first }: AcrossAccounts<SummarizedPath>): number =>
    (first.into.total > 0 ? 0 : PROOFS.length) + PROOFS.indexOf(first.proof);
  const sorted = [...groups].sort(
    (left, right) => rank(left) - rank(right) || bySeverity(left, right) || byAccounts(left, right),
  );
  return {
    count: counted(total, 'path'),
    rows: sorted.slice(0, MOST_PATHS).map((group) => ({
      ...sharedFinding(group, linkOf),
      proofLabel: capitalized(group.first.proof),
      into: group.first.into.total === 0 ? null : intoOf(group.first, linkOf),
    })),
    others: othersOf(sorted.length - MOST_PATHS, 'organization-paths.csv has those of each account that matter most'),
  };
};

const intoOf = ({ into }: SummarizedPath, linkOf: LinkOf): AccountNames => {
  const { links } = namesOf(into.listed, linkOf, MOST_NAMES);
  return { links, others: into.total > links.length ? `${numberInWords(into.total - links.length)} more` : null };
};

/** The worst problems of all accounts that are no paths: the worst first, of these what most accounts have. */
export const problemsView = (
  accounts: readonly AccountSummary[],
  linkOf: LinkOf,
): ShownRows<SharedFindingView> | null => {
  const groups = acrossAccounts(accounts, ({ worst }) => worst.listed, samenessOf);
  if (groups.length === 0) return null;
  const sorted = [...groups].sort((left, right) => bySeverity(left, right) || byAccounts(left, right));
  return {
    count: counted(
      accounts.reduce((sum, { worst }) => sum + worst.total, 0),
      'problem',
    ),
    rows: sorted.slice(0, MOST_PROBLEMS).map((group) => sharedFinding(group, linkOf)),
    others: othersOf(sorted.length - MOST_PROBLEMS, 'the accounts’ own reports have all'),
  };
};

const othersOf = (count: number, where: string): string | null =>
  count > 0 ? `${numberInWords(count)} more are not shown here: ${where}.` : null;

const bySeverity = (left: AcrossAccounts<SummarizedFinding>, right: AcrossAccounts<SummarizedFinding>): number =>
  SEVERITIES.indexOf(left.first.severity) - SEVERITIES.indexOf(right.first.severity);

/** What makes findings of two accounts the same: all that is told of them. */
export const samenessOf = (finding: SummarizedFinding, account: AccountSummary): readonly string[] => {
  const { checkId, severity, subject, summary } = finding;
  return [checkId, severity, nameOfArn(subject), summary, newsOf(finding, account) ?? ''];
};

const NEWS: Readonly<Partial<Record<FindingState, string>>> = { new: 'New', reopened: 'Reopened', worsened: 'Worse' };

/** What is new of a finding; null: nothing, or nobody can know at an account's first audit. */
const newsOf = ({ state }: SummarizedFinding, { news }: AccountSummary): string | null =>
  news === null ? null : (NEWS[state] ?? null);

/** A finding of one account or of many, as the page tells it. */
export const sharedFinding = (
  { first, account, accountIds }: AcrossAccounts<SummarizedFinding>,
  linkOf: LinkOf,
): SharedFindingView => {
  const page = linkOf(account.accountId).href;
  const news = newsOf(first, account);
  return {
    severity: first.severity,
    severityLabel: capitalized(first.severity),
    sentence: proseOf(first.summary),
    arn: visibleText(first.subject),
    accounts: namesOf(accountIds, linkOf, MOST_NAMES),
    accountCount: accountIds.length === 1 ? null : counted(accountIds.length, 'account'),
    href: page === null ? null : `${page}#${findingAnchor(first.key)}`,
    news,
    by: news === null || first.by === null ? null : actorView(first.by),
  };
};
