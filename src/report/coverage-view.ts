import type { AccountCoverage, CoverageRow } from '../finding/audit-report.ts';
import { type TimeView, timeView } from './finding-view.ts';
import { visibleText } from './visible-text.ts';
import { listedInWords, nameInWords } from './words.ts';

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

interface SourceView {
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
  skipped: 'Not read',
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
    label: nameInWords(row.source),
    status: row.status,
    statusLabel: STATUS_LABELS[row.status],
    detail: visibleText(row.detail),
    affects: row.affects.map(visibleText),
  })),
});

/** Something that a reader must know before all else: data that checks wanted and did not get. */
export interface GapView {
  /** The sources that are missing. */
  readonly label: string;
  readonly statusLabel: string;
  readonly detail: string;
  readonly affects: readonly string[];
  /** The accounts it is missing of. */
  readonly accounts: string;
}

/** The gaps of a report. What was not asked for is none unless a check wanted it; equal gaps of accounts are one. */
export const gapViews = (accounts: readonly AccountView[]): readonly GapView[] => {
  const gaps = new Map<string, { readonly gap: Omit<GapView, 'accounts'>; readonly labels: string[] }>();
  for (const { label, sources } of accounts) {
    for (const gap of gapsOf(sources)) {
      const identity = JSON.stringify(gap);
      const same = gaps.get(identity) ?? { gap, labels: [] };
      same.labels.push(label);
      gaps.set(identity, same);
    }
  }
  return [...gaps.values()].map(({ gap, labels }) => ({ ...gap, accounts: listedInWords(labels, 4) }));
};

const gapsOf = (sources: readonly SourceView[]): readonly Omit<GapView, 'accounts'>[] => {
  const refused = sources.filter(({ status }) => status !== 'read' && status !== 'skipped');
  const wanted = sources.filter(({ status, affects }) => status === 'skipped' && affects.length > 0);
  const gaps = refused.map(({ label, statusLabel, detail, affects }) => ({ label, statusLabel, detail, affects }));
  if (wanted.length === 0) return gaps;
  const label = listedInWords(
    wanted.map((source) => source.label),
    wanted.length,
  );
  const affects = [...new Set(wanted.flatMap((source) => source.affects))];
  return [...gaps, { label, statusLabel: STATUS_LABELS.skipped, detail: '', affects }];
};
