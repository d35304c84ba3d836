import { SEVERITIES } from '../finding/check-result.ts';
import type { ControlStatus } from '../finding/control-result.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import {
  type AccountSummary,
  type OrganizationReport,
  openProblems,
  type SummarizedPath,
} from '../finding/organization-night.ts';
import { dictionaryTable } from './dictionary-table.ts';
import { nameOfArn } from './name-of-arn.ts';
import { freshProblems, inStates } from './organization-totals.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, type ReportTable } from './table.ts';

type OrganizationColumn<Row> = Column<Row, OrganizationReport>;

const NIGHT_ID: OrganizationColumn<unknown> = [
  'night_id',
  (_, { night }) => night.id,
  'text',
  'the night of the table',
];

const RUN_ID_MEANING = 'the audit of the account, whose own report has the rest';

/** An account that was audited, or that was to be. */
interface AccountRow {
  readonly accountId: string;
  /** Null: it was not audited. */
  readonly audited: AccountSummary | null;
  readonly rank: number | null;
  /** Null: nobody listed it. */
  readonly expected: ExpectedAccount | null;
}

/** A number about an account that was audited: of another nothing is known, not even a zero. */
const numberColumn = (
  name: string,
  numberOf: (account: AccountSummary) => number | null,
  meaning: string,
): OrganizationColumn<AccountRow> => [
  name,
  ({ audited }) => String((audited && numberOf(audited)) ?? ''),
  'number',
  meaning,
];

const ACCOUNT_COLUMNS: readonly OrganizationColumn<AccountRow>[] = [
  NIGHT_ID,
  [
    'risk_rank',
    ({ rank }) => String(rank ?? ''),
    'number',
    'place by risk, from 1: by the worst severity, then by paths to administrator that were proven, then derived, then by the numbers of problems',
  ],
  [
    'account_id',
    ({ accountId }) => accountId,
    'text',
    `${ACCOUNT_ID_MEANING}; empty where it could not even be learnt`,
  ],
  ['account_alias', ({ audited }) => audited?.alias ?? '', 'text', 'alias of the account', 'iam:ListAccountAliases'],
  ['name', ({ expected }) => expected?.name ?? '', 'text', 'name in the configuration or in the organization'],
  ['group', ({ expected }) => expected?.group ?? '', 'text', 'group of accounts in the configuration'],
  [
    'status',
    ({ expected }) => expected?.status ?? 'collected',
    'word',
    '`collected`, or what became of an account that was to be audited',
  ],
  ['reason', ({ expected }) => expected?.reason ?? '', 'text', 'why it was not audited'],
  ['run_id', ({ audited }) => audited?.runId ?? '', 'text', RUN_ID_MEANING],
  ['collected_at', ({ audited }) => audited?.collectedAt ?? '', 'time', 'when the state of the account was read'],
  [
    'complete',
    ({ audited }) => (audited === null ? '' : String(audited.complete)),
    'boolean',
    'whether every source was read whole',
  ],
  ...SEVERITIES.map((severity) =>
    numberColumn(
      severity,
      (account) => openProblems(account, severity),
      `open problems of severity ${severity}; empty where the account was not audited`,
    ),
  ),
  numberColumn('not_judged', ({ unjudged }) => unjudged, 'what could not be judged for want of data'),
  numberColumn('new_or_worse', freshProblems, 'problems new or worse since the audit before; empty for a first one'),
  numberColumn(
    'resolved',
    (account) => (account.news === null ? null : inStates(account, ['resolved'])),
    'findings resolved since the audit before; empty for a first one',
  ),
  numberColumn('principals', ({ principals }) => principals, 'users and roles, and the root user'),
  numberColumn(
    'administrators',
    ({ administrators }) => administrators,
    'those of them who are administrator without conditions',
  ),
  numberColumn(
    'can_become_administrator',
    ({ escalating }) => escalating.surely,
    'those who are none and can become one',
  ),
  numberColumn(
    'can_become_conditionally',
    ({ escalating }) => escalating.conditionally,
    'those who can become one under conditions',
  ),
  numberColumn('paths', ({ paths }) => paths.total, 'open paths to administrator, of the account or of others'),
  numberColumn('paths_proven', ({ paths }) => paths.byProof.proven, 'those replayed on a copy of the account'),
  numberColumn('paths_derived', ({ paths }) => paths.byProof.derived, 'those that the policies allow'),
  numberColumn('paths_conditional', ({ paths }) => paths.byProof.conditional, 'those under conditions'),
  numberColumn('paths_into_others', ({ paths }) => paths.crossing, 'those that lead into other accounts'),
  numberColumn(
    'new_administrators',
    ({ news }) => news?.administrators.total ?? null,
    'users and roles that became administrator since the audit before; empty for a first one',
  ),
  numberColumn(
    'new_external_access',
    ({ news }) => news?.external.total ?? null,
    'accesses from outside new or worse since the audit before; empty for a first one',
  ),
  [
    'last_read_at',
    ({ audited, expected }) => audited?.collectedAt ?? expected?.lastRead?.startedAt ?? '',
    'time',
    'when it was last read, in this night or before',
  ],
  [
    'dropped_out',
    ({ expected }) => String(expected?.droppedOut ?? false),
    'boolean',
    'whether the night before read it and this one did not',
  ],
];

const accountsTable = defineTable<AccountRow, OrganizationReport>({
  file: 'organization-accounts.csv',
  row: 'an account that was audited, by risk, or that was to be',
  columns: ACCOUNT_COLUMNS,
  rows: ({ accounts, expected }) => {
    const expectedOf = new Map(expected.map((account) => [account.accountId ?? '', account]));
    const audited = accounts.map((account, index): AccountRow => {
      const listed = expectedOf.get(account.accountId);
      return {
        accountId: account.accountId,
        audited: account,
        rank: index + 1,
        expected: listed?.status === 'collected' ? listed : null,
      };
    });
    const unread = expected
      .filter(({ status }) => status !== 'collected')
      .map(
        (account): AccountRow => ({
          accountId: account.accountId ?? '',
          audited: null,
          rank: null,
          expected: account,
        }),
      );
    return [...audited, ...unread];
  },
});

/** How an account stands to a control. */
interface ControlRow {
  readonly account: AccountSummary;
  readonly framework: string;
  readonly control: string;
  readonly status: ControlStatus;
}

const CONTROL_COLUMNS: readonly OrganizationColumn<ControlRow>[] = [
  NIGHT_ID,
  ['account_id', ({ account }) => account.accountId, 'text', ACCOUNT_ID_MEANING],
  ['account_alias', ({ account }) => account.alias ?? '', 'text', 'alias of the account', 'iam:ListAccountAliases'],
  ['framework', ({ framework }) => framework, 'text', 'id of the compliance framework'],
  ['control', ({ control }) => control, 'text', 'the framework’s own id of the control, as text: 2.10 is not 2.1'],
  [
    'status',
    ({ status }) => status,
    'word',
    'as in controls.csv, which has the title of the control and how many results there are',
  ],
];

const STATUSES: readonly ControlStatus[] = ['fail', 'unknown', 'pass', 'manual', 'not-evaluated'];

const controlsTable = defineTable<ControlRow, OrganizationReport>({
  file: 'organization-controls.csv',
  row: 'a control of a compliance framework, for an account',
  columns: CONTROL_COLUMNS,
  rows: ({ accounts }) =>
    accounts.flatMap((account) =>
      account.frameworks.flatMap(({ framework, controls }) =>
        STATUSES.flatMap((status) => controls[status].map((control) => ({ account, framework, control, status }))),
      ),
    ),
});

interface PathRow {
  readonly account: AccountSummary;
  readonly path: SummarizedPath;
}

const PATH_COLUMNS: readonly OrganizationColumn<PathRow>[] = [
  NIGHT_ID,
  ['account_id', ({ account }) => account.accountId, 'text', ACCOUNT_ID_MEANING],
  ['account_alias', ({ account }) => account.alias ?? '', 'text', 'alias of the account', 'iam:ListAccountAliases'],
  ['run_id', ({ account }) => account.runId, 'text', RUN_ID_MEANING],
  ['severity', ({ path }) => path.severity, 'word', 'how bad it is: critical, high, medium, low or info'],
  ['state', ({ path }) => path.state, 'word', 'where it stands since the audit before'],
  ['principal_name', ({ path }) => nameOfArn(path.subject), 'text', 'where the path begins', DETAILS],
  ['principal_arn', ({ path }) => path.subject, 'text', 'where the path begins, by its ARN', DETAILS],
  ['reaches', ({ path }) => path.reaches, 'text', '`administrator`, or what is gained in another account, by its ARN'],
  [
    'into_accounts',
    ({ path }) => joined(path.into.listed),
    'list',
    'ids of other accounts that it leads into, the first of them',
  ],
  [
    'proof',
    ({ path }) => path.proof,
    'word',
    '`proven`: replayed on a copy of the account; `derived`: by the policies; `conditional`: under conditions',
  ],
  ['steps', ({ path }) => String(path.steps), 'number', 'how many steps the path has'],
  ['summary', ({ path }) => path.summary, 'sentences', 'the path in a sentence'],
  ['by', ({ path }) => path.by?.arn ?? '', 'text', 'who made the change behind it, by ARN', 'cloudtrail:LookupEvents'],
  ['check_id', ({ path }) => path.checkId, 'text', 'the check that found the path'],
  ['finding_key', ({ path }) => path.key, 'text', '`key` of the finding in the findings.json of the account'],
];

const pathsTable = defineTable<PathRow, OrganizationReport>({
  file: 'organization-paths.csv',
  row: 'a path to administrator, of the worst of an account',
  columns: PATH_COLUMNS,
  rows: ({ accounts }) => accounts.flatMap((account) => account.paths.listed.map((path) => ({ account, path }))),
});

const DATA_TABLES = [accountsTable, controlsTable, pathsTable];

/** Every table about an organization, its data dictionary last. */
export const ORGANIZATION_TABLES: readonly ReportTable<OrganizationReport>[] = [
  ...DATA_TABLES,
  dictionaryTable('organization-columns.csv', DATA_TABLES),
];
