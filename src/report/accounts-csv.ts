import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { groupsOf } from './finding-groups.ts';
import { inReportOrder } from './report-order.ts';
import { ACCOUNT_ID_MEANING, type Column, defineTable, RUN_ID } from './table.ts';

/** An account that was read, or that was to be. */
interface AccountRow {
  readonly accountId: string;
  /** Null: it was not read. */
  readonly read: AccountCoverage | null;
  /** Null: nobody listed it. */
  readonly expected: ExpectedAccount | null;
  readonly problems: readonly Finding[];
}

const COLUMNS: readonly Column<AccountRow>[] = [
  [
    'account_id',
    ({ accountId }) => accountId,
    'text',
    `${ACCOUNT_ID_MEANING}; empty where it could not even be learnt`,
  ],
  ['account_alias', ({ read }) => read?.alias ?? '', 'text', 'alias of the account', 'iam:ListAccountAliases'],
  ['name', ({ expected }) => expected?.name ?? '', 'text', 'name in the configuration or in the organization'],
  [
    'status',
    ({ expected }) => expected?.status ?? 'collected',
    'word',
    '`collected`, or what became of an account that was to be read',
  ],
  ['reason', ({ expected }) => expected?.reason ?? '', 'text', 'why it was not read'],
  [
    'complete',
    ({ read }) => (read === null ? '' : String(read.complete)),
    'boolean',
    'whether every source was read whole',
  ],
  ['collected_at', ({ read }) => read?.collectedAt ?? '', 'time', 'when the state of the account was read'],
  // Of an account that was not read nothing is known: no zeros.
  ...SEVERITIES.map(
    (severity): Column<AccountRow> => [
      severity,
      ({ read, problems }) =>
        read === null ? '' : String(problems.filter((finding) => finding.severity === severity).length),
      'number',
      `open problems of severity ${severity}; empty where the account was not read`,
    ],
  ),
  ['group', ({ expected }) => expected?.group ?? '', 'text', 'group of accounts in the configuration'],
  [
    'last_read_at',
    ({ read, expected }) => read?.collectedAt ?? expected?.lastRead?.startedAt ?? '',
    'time',
    'when it was last read, in this audit or before',
  ],
  [
    'dropped_out',
    ({ expected }) => String(expected?.droppedOut ?? false),
    'boolean',
    'whether the audit before read it and this one did not',
  ],
  RUN_ID,
];

/** `accounts.csv`: a row for each account that was read, and then for each that was to be and was not. */
export const accountsTable = defineTable({
  file: 'accounts.csv',
  row: 'an account that was read, or was to be',
  columns: COLUMNS,
  rows: (report) => accountRows(inReportOrder(report)),
});

const accountRows = ({ accounts, expected = [], findings }: AuditReport): readonly AccountRow[] => {
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
  return [...read, ...unread];
};
