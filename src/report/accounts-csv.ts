import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { type Column, table } from './csv.ts';
import { groupsOf } from './finding-groups.ts';
import { inReportOrder } from './report-order.ts';

/** An account that was read, or that was to be. */
interface AccountRow {
  readonly accountId: string;
  /** Null: it was not read. */
  readonly read: AccountCoverage | null;
  /** Null: nobody listed it. */
  readonly expected: ExpectedAccount | null;
  readonly problems: readonly Finding[];
}

// Users script against names and order: new columns go to the end, none ever moves.
const COLUMNS: readonly Column<AccountRow>[] = [
  ['account_id', ({ accountId }) => accountId],
  ['account_alias', ({ read }) => read?.alias ?? ''],
  ['name', ({ expected }) => expected?.name ?? ''],
  ['status', ({ expected }) => expected?.status ?? 'collected'],
  ['reason', ({ expected }) => expected?.reason ?? ''],
  ['complete', ({ read }) => (read === null ? '' : String(read.complete))],
  ['collected_at', ({ read }) => read?.collectedAt ?? ''],
  // Of an account that was not read nothing is known: no zeros.
  ...SEVERITIES.map(
    (severity): Column<AccountRow> => [
      severity,
      ({ read, problems }) =>
        read === null ? '' : String(problems.filter((finding) => finding.severity === severity).length),
    ],
  ),
  ['group', ({ expected }) => expected?.group ?? ''],
  ['last_read_at', ({ read, expected }) => read?.collectedAt ?? expected?.lastRead?.startedAt ?? ''],
  ['dropped_out', ({ expected }) => String(expected?.droppedOut ?? false)],
];

/** The text of `accounts.csv`: a row for each account that was read, and then for each that was to be and was not. */
export const accountsCsv = (unordered: AuditReport): string => {
  const { accounts, expected = [], findings } = inReportOrder(unordered);
  const { problems } = groupsOf(findings);
  const read = accounts.map(
    (account): AccountRow => ({
      accountId: account.accountId,
      read: account,
      expected:
        expected.find(({ accountId, status }) => accountId === account.accountId && status === 'collected') ?? null,
      problems: problems.filter(({ accountId }) => accountId === account.accountId),
    }),
  );
  const unread = expected
    .filter(({ status }) => status !== 'collected')
    .map(
      (account): AccountRow => ({ accountId: account.accountId ?? '', read: null, expected: account, problems: [] }),
    );
  return table(COLUMNS, [...read, ...unread]);
};
