import type { AnalyzerComparison } from '../finding/analyzer-comparison.ts';
import type { AccountCoverage, CoverageRow, PrincipalSummary } from '../finding/audit-report.ts';
import type { ControlResult } from '../finding/control-result.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

const PRINCIPAL_COLUMNS: readonly Column<PrincipalSummary>[] = [
  ['account_id', ({ arn }) => arn.split(':')[4] ?? '', 'text', ACCOUNT_ID_MEANING],
  ['name', ({ arn }) => nameOfArn(arn), 'text', 'name of the user or role', DETAILS],
  ['type', ({ type }) => type, 'word', 'user, role or root', DETAILS],
  [
    'administrator',
    ({ administrator }) => administrator,
    'word',
    '`yes`: every action on every resource, after denials and boundary; `conditional`: under conditions; `no`',
  ],
  [
    'escalates',
    ({ escalates }) => escalates,
    'word',
    '`yes`: no administrator, but can become one; `conditional`: under conditions; `no`',
  ],
  ['arn', ({ arn }) => arn, 'text', 'ARN of the user or role', DETAILS],
  RUN_ID,
];

/** `principals.csv`: one row a principal. */
export const principalsTable = defineTable({
  file: 'principals.csv',
  row: 'a user or role, or the root user',
  columns: PRINCIPAL_COLUMNS,
  rows: (report) => inReportOrder(report).principals,
});

const COVERAGE_COLUMNS: readonly Column<{ readonly account: AccountCoverage; readonly row: CoverageRow }>[] = [
  ['account_id', ({ account }) => account.accountId, 'text', ACCOUNT_ID_MEANING],
  ['account_alias', ({ account }) => account.alias ?? '', 'text', 'alias of the account', 'iam:ListAccountAliases'],
  ['collected_at', ({ account }) => account.collectedAt, 'time', 'when the state of the account was read'],
  ['source', ({ row }) => row.source, 'word', 'a place that state is read from'],
  [
    'status',
    ({ row }) => row.status,
    'word',
    '`read`: wholly; `partial`; `denied`: AWS refused; `failed`; `skipped`: nobody asked for it',
  ],
  ['detail', ({ row }) => row.detail, 'text', 'what happened, in words'],
  ['affects', ({ row }) => joined(row.affects), 'list', 'checks that could not judge everything for want of it'],
  RUN_ID,
];

/** `coverage.csv`: one row a source of an account. */
export const coverageTable = defineTable({
  file: 'coverage.csv',
  row: 'a source of an account, and how much of it could be read',
  columns: COVERAGE_COLUMNS,
  rows: (report) =>
    inReportOrder(report).accounts.flatMap((account) => account.coverage.map((row) => ({ account, row }))),
});

const CONTROL_COLUMNS: readonly Column<ControlResult>[] = [
  ['account_id', ({ accountId }) => accountId, 'text', ACCOUNT_ID_MEANING],
  ['framework', ({ framework }) => framework, 'text', 'id of the compliance framework'],
  ['control', ({ control }) => control, 'text', 'the framework’s own id of the control, as text: 2.10 is not 2.1'],
  ['title', ({ title }) => title, 'text', 'the control in our own words'],
  [
    'assessment',
    ({ assessment }) => assessment,
    'word',
    'whether the framework has it assessed by machine: automated or manual',
  ],
  [
    'status',
    ({ status }) => status,
    'word',
    '`fail`: a check found something wrong; `pass`: none did; `unknown`: not everything could be judged; `manual`: people must assess it; `not-evaluated`: not every check ran, or there is none',
  ],
  ['failed', ({ failed }) => String(failed), 'number', 'results of its checks that fail: rows of control-evidence.csv'],
  ['passed', ({ passed }) => String(passed), 'number', 'results of its checks that pass: rows of control-evidence.csv'],
  [
    'unknown',
    ({ unknown }) => String(unknown),
    'number',
    'results of its checks that could not be judged: rows of control-evidence.csv, and one for each check that broke',
  ],
  ['checks', ({ checks }) => joined(checks), 'list', 'checks that speak to the control'],
  RUN_ID,
];

/** `controls.csv`: one row a control of an account, in the order given. */
export const controlsTable = defineTable({
  file: 'controls.csv',
  row: 'a control of a compliance framework, for an account',
  columns: CONTROL_COLUMNS,
  rows: ({ controls }) => controls ?? null,
});

const ANALYZER = 'access-analyzer:ListFindingsV2';

const ANALYZER_COLUMNS: readonly Column<AnalyzerComparison>[] = [
  ['account_id', ({ accountId }) => accountId, 'text', ACCOUNT_ID_MEANING],
  ['agreement', ({ agreement }) => agreement, 'word', 'whether IAM Access Analyzer and Vigil tell the same'],
  [
    'finding_type',
    ({ findingType }) => findingType,
    'word',
    'kind of the finding, as Access Analyzer calls it',
    ANALYZER,
  ],
  ['resource', ({ resource }) => resource, 'text', 'what the finding is about, by its ARN', ANALYZER],
  ['principal', ({ principal }) => principal ?? '', 'text', 'who gets in from outside', ANALYZER],
  ['vigil', ({ vigil }) => vigil, 'word', 'what Vigil tells of it'],
  ['access_analyzer', ({ accessAnalyzer }) => accessAnalyzer, 'word', 'what Access Analyzer tells of it', ANALYZER],
  ['finding_ids', ({ findingIds }) => joined(findingIds), 'list', 'ids of the findings of Access Analyzer', ANALYZER],
  ['checks', ({ checks }) => joined(checks), 'list', 'checks of Vigil that tell of it'],
  [
    'unused_access_days',
    ({ unusedAccessDays }) => String(unusedAccessDays ?? ''),
    'number',
    'days after which the analyzer calls access unused',
    'access-analyzer:ListAnalyzers',
  ],
  RUN_ID,
];

/** `access-analyzer.csv`: one row a thing that Access Analyzer or Vigil tells, what only one of them tells first. */
export const analyzerTable = defineTable({
  file: 'access-analyzer.csv',
  row: 'something that IAM Access Analyzer or Vigil tells, beside what the other does',
  columns: ANALYZER_COLUMNS,
  rows: (report) => inReportOrder(report).analyzer ?? null,
});

const CUT_COLUMNS: readonly Column<EscalationCut>[] = [
  ['account_id', ({ accountId }) => accountId, 'text', ACCOUNT_ID_MEANING],
  ['closes', ({ closes }) => String(closes.length), 'number', 'how many principals can no longer escalate'],
  ['cut', ({ sentences }) => sentences.join(' '), 'sentences', 'what to change'],
  ['used_access', ({ usedAccess }) => usedAccess.status, 'word', 'whether what is taken away was used'],
  ['verified', ({ verified }) => verified, 'word', 'whether the change was tried on a copy of the account, and how'],
  ['principals', ({ closes }) => joined(closes), 'list', 'ARNs of those who can no longer escalate'],
  ['changes', ({ changes }) => JSON.stringify(changes), 'json', 'the changes as data'],
  RUN_ID,
];

/** `escalation-cuts.csv`: one row a change that closes escalations. */
export const escalationCutsTable = defineTable({
  file: 'escalation-cuts.csv',
  row: 'a change that closes escalations, those first that close most',
  columns: CUT_COLUMNS,
  rows: (report) => inReportOrder(report).escalationCuts ?? null,
});
