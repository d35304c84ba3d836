import type { AccountCoverage, CoverageRow } from '../finding/audit-report.ts';
import { type TimeView, timeView } from './finding-view.ts';
import { visibleText } from './visible-text.ts';
import { nameInWords } from './words.ts';

/** How much of an account could be read. */
export interface AccountView {
  readonly accountId: string;
  /** What people call the account: its alias, or its id. */
  readonly label: string;
  readonly alias: string | null;
  readonly complete: boolean;
  readonly collectedAt: TimeView;
  readonly sources: readonly SourceView[];
}

/** How much of one source could be read. */
export interface SourceView {
  readonly accountLabel: string;
  readonly label: string;
  readonly status: CoverageRow['status'];
  readonly statusLabel: string;
  readonly detail: string;
  readonly affects: readonly string[];
}

const STATUS_LABELS: Readonly<Record<CoverageRow['status'], string>> = {
  read: 'Read',
  partial: 'Read in part',
  denied: 'Refused',
  failed: 'Failed',
  skipped: 'Not asked for',
};

/** What people call an account. */
export const accountLabel = ({ accountId, alias }: AccountCoverage): string => visibleText(alias ?? accountId);

/** An account's coverage as the page shows it. */
export const accountView = (account: AccountCoverage): AccountView => ({
  accountId: visibleText(account.accountId),
  label: accountLabel(account),
  alias: account.alias === null ? null : visibleText(account.alias),
  complete: account.complete,
  collectedAt: timeView(account.collectedAt),
  sources: account.coverage.map((row) => ({
    accountLabel: accountLabel(account),
    label: nameInWords(row.source),
    status: row.status,
    statusLabel: STATUS_LABELS[row.status],
    detail: visibleText(row.detail),
    affects: row.affects.map(visibleText),
  })),
});

/** The sources that were asked for and could not be read, or not whole: what a reader must know before all else. */
export const unreadSources = (accounts: readonly AccountView[]): readonly SourceView[] =>
  accounts.flatMap(({ sources }) => sources.filter(({ status }) => status !== 'read' && status !== 'skipped'));
