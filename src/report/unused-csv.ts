import type { Finding } from '../finding/audit-report.ts';
import { isJsonList, isJsonObject, type JsonValue } from '../kernel/json.ts';
import { FINDING_COLUMNS } from './finding-columns.ts';
import { nameOfSubject } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { type Column, DETAILS, defineTable } from './table.ts';

/** Something that nobody uses: what a finding is about, or a service or action that it lists. */
export interface UnusedRow {
  readonly finding: Finding;
  /** Empty: what the finding is about. */
  readonly access: string;
  readonly lastUsed: JsonValue | undefined;
  /** How many more the finding tells of than it lists. */
  readonly notListed: number;
}

const USE = 'iam:GetServiceLastAccessedDetails, iam:GetAccessKeyLastUsed, iam:GetRole, iam:GetCredentialReport';

const COLUMNS: readonly Column<UnusedRow>[] = [
  ...FINDING_COLUMNS,
  ['outcome', ({ finding }) => finding.outcome, 'word', '`fail`: it is unused; `unknown`: its use could not be read'],
  [
    'subject_name',
    ({ finding }) => nameOfSubject(finding, finding.accountId),
    'text',
    'what is unused, or whose access',
    DETAILS,
  ],
  ['subject_type', ({ finding }) => finding.subject.type, 'word', 'what kind of thing it is: User, Role …'],
  ['subject_part', ({ finding }) => finding.subject.part ?? '', 'text', 'which part of it: an access key'],
  [
    'access',
    ({ access }) => access,
    'text',
    'the service or action that is granted and not used; empty: the subject itself is unused',
  ],
  [
    'last_used',
    ({ lastUsed }) => lastUsedText(lastUsed),
    'time',
    'when it was last used; `never`: not in the time that AWS keeps track of; empty: not told',
    USE,
  ],
  [
    'idle_days',
    ({ finding, access }) => (access === '' ? numberText(finding.evidence['idleDays']) : ''),
    'number',
    'days without use, of the subject itself',
    USE,
  ],
  [
    'not_listed',
    ({ notListed }) => String(notListed),
    'number',
    'how many more services or actions of the subject are unused than rows of this finding; access.csv has all services',
  ],
  ['summary', ({ finding }) => finding.summary, 'text', 'the case in a sentence'],
  ['subject_arn', ({ finding }) => finding.subject.arn, 'text', 'ARN of what is unused, or whose access', DETAILS],
  ['check_id', ({ finding }) => finding.checkId, 'text', 'the check that found it'],
  ['finding_key', ({ finding }) => finding.key, 'text', '`key` of the finding in findings.csv'],
];

const lastUsedText = (value: JsonValue | undefined): string => {
  if (value === null) return 'never';
  return typeof value === 'string' ? value : '';
};

const numberText = (value: JsonValue | undefined): string => (typeof value === 'number' ? String(value) : '');

/** `unused-access.csv`: a row for each thing that nobody uses, and for each service or action that is granted and not used. */
export const unusedTable = defineTable({
  file: 'unused-access.csv',
  row: 'a thing that nobody uses, or a service or action that is granted and not used',
  columns: COLUMNS,
  rows: (report) => unusedRows(inReportOrder(report).findings),
});

/** What nobody uses, by findings in their order. */
export const unusedRows = (findings: readonly Finding[]): readonly UnusedRow[] =>
  findings.flatMap((finding) => (finding.category === 'unused' && finding.state !== 'resolved' ? rowsOf(finding) : []));

const rowsOf = (finding: Finding): readonly UnusedRow[] => {
  const { lastUsed, unused, unusedCount } = finding.evidence;
  const listed = (isJsonList(unused) ? unused : []).flatMap(accessOf);
  const notListed = typeof unusedCount === 'number' ? unusedCount - listed.length : 0;
  return listed.length === 0
    ? [{ finding, access: '', lastUsed, notListed }]
    : listed.map((one) => ({ finding, ...one, notListed }));
};

const accessOf = (one: JsonValue): readonly Pick<UnusedRow, 'access' | 'lastUsed'>[] => {
  if (!isJsonObject(one)) return [];
  const access = one['service'] ?? one['action'];
  return typeof access === 'string' ? [{ access, lastUsed: one['lastUsed'] }] : [];
};
