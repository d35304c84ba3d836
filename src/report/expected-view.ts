import type { AuditReport } from '../finding/audit-report.ts';
import { type ExpectedAccount, isMissing } from '../finding/expected-account.ts';
import { visibleText } from './visible-text.ts';
import { counted, timeInWords } from './words.ts';

/** The accounts that were to be read and were not, as the page shows them. */
export interface ExpectedView {
  /** How many of those expected were read. */
  readonly count: string;
  /** Those that nobody left out and that are not closed; null: none is missing. */
  readonly missing: readonly UnreadAccount[] | null;
  readonly unread: readonly UnreadAccount[];
}

interface UnreadAccount {
  readonly label: string;
  readonly accountId: string;
  readonly status: ExpectedAccount['status'];
  readonly statusLabel: string;
  readonly reason: string;
  /** When it was last read, in words. */
  readonly lastRead: string;
}

const STATUS_LABELS: Readonly<Record<ExpectedAccount['status'], string>> = {
  collected: 'Read',
  failed: 'Failed',
  vanished: 'Gone',
  suspended: 'Closed',
  skipped: 'Left out',
};

/** What became of the accounts that were to be read; null where the configuration lists none. */
export const expectedView = ({ expected }: Pick<AuditReport, 'expected'>): ExpectedView | null => {
  if (expected === undefined) return null;
  const read = expected.filter(({ status }) => status === 'collected').length;
  const missing = expected.filter(isMissing);
  return {
    count: `${read} of ${counted(expected.length, 'account')} read`,
    missing: missing.length === 0 ? null : missing.map(unreadAccount),
    unread: expected.filter(({ status }) => status !== 'collected').map(unreadAccount),
  };
};

const unreadAccount = ({ accountId, name, status, reason, lastRead, droppedOut }: ExpectedAccount): UnreadAccount => ({
  label: visibleText(name ?? accountId ?? 'An account'),
  accountId: accountId === null ? '' : visibleText(accountId),
  status,
  statusLabel: droppedOut ? `${STATUS_LABELS[status]}, read last time` : STATUS_LABELS[status],
  reason: visibleText(reason ?? ''),
  lastRead: lastRead === null ? 'Never' : timeInWords(lastRead.startedAt),
});
