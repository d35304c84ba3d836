import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import {
  CREDENTIAL_REPORT_COLUMNS,
  type CredentialReportColumn,
  type CredentialReportRow,
} from './account-snapshot.ts';
import { booleanCell, NO_VALUE } from './credential-report-cells.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** What fetches a credential report; the mend of most of its problems. */
const FETCH = 'fetch it anew: aws iam get-credential-report --query Content --output text | base64 -d';

/**
 * Reads the CSV that `GetCredentialReport` answers, by the names of its columns: columns beyond the 22 are ignored.
 * Every problem is told with its line and column.
 */
export const parseCredentialReport = (
  text: string,
  file = 'credential-report.csv',
): Result<readonly CredentialReportRow[], readonly SnapshotProblem[]> => {
  const records = parseRecords(text, file);
  if (!records.ok) return err([records.error]);
  const [header, ...body] = records.value;
  if (header === undefined) return err([snapshotProblem(file, '', 'is empty', FETCH)]);
  const columns = columnPositions(header.cells, file);
  if (!columns.ok) return err([columns.error]);

  const rows: CredentialReportRow[] = [];
  const problems: SnapshotProblem[] = [];
  for (const { cells, line } of body) {
    if (cells.length !== header.cells.length) {
      const what = `has ${cells.length} fields where the header has ${header.cells.length}`;
      problems.push(snapshotProblem(file, `line ${line}`, what, FETCH));
      continue;
    }
    const row = toRow((column) => cells[columns.value.get(column) ?? -1] ?? '');
    problems.push(...cellProblems(row, line, file));
    rows.push(row);
  }
  if (body.length === 0) problems.push(snapshotProblem(file, '', 'has a header but no rows', FETCH));
  return problems.length > 0 ? err(problems) : ok(rows);
};

/** How to print a credential report. */
export interface CredentialReportPrinting {
  /** Puts an apostrophe before cells that a spreadsheet would run as a formula: for people, not for programs. */
  readonly escapeFormulas?: boolean;
}

/** Prints rows as AWS does: 22 columns in AWS's order, LF between lines, none after the last. */
export const printCredentialReport = (
  rows: readonly CredentialReportRow[],
  { escapeFormulas = false }: CredentialReportPrinting = {},
): string =>
  stringify([CREDENTIAL_REPORT_COLUMNS, ...rows.map((row) => CREDENTIAL_REPORT_COLUMNS.map((column) => row[column]))], {
    record_delimiter: 'unix',
    eof: false,
    escape_formulas: escapeFormulas,
  });

interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

const parseRecords = (text: string, file: string): Result<readonly CsvRecord[], SnapshotProblem> => {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells, { lines }) => {
        records.push({ cells, line: lines });
        return null;
      },
    });
    return ok(records);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? `line ${error['lines']}` : '';
    return err(snapshotProblem(file, line, 'is not CSV: a quoted field is broken', FETCH));
  }
};

/** Where each of the 22 columns stands in the header. */
const columnPositions = (
  header: readonly string[],
  file: string,
): Result<ReadonlyMap<CredentialReportColumn, number>, SnapshotProblem> => {
  const names = header.map((name) => name.trim().toLowerCase());
  const absent = CREDENTIAL_REPORT_COLUMNS.filter((column) => !names.includes(column));
  const repeated = CREDENTIAL_REPORT_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  const [only = ''] = names;
  if (names.length === 1 && /user[;\t]arn/.test(only)) {
    return err(snapshotProblem(file, 'line 1', 'its columns are not separated by commas', FETCH));
  }
  if (absent.length === CREDENTIAL_REPORT_COLUMNS.length) {
    return err(snapshotProblem(file, 'line 1', 'is not a credential report: it has none of its columns', FETCH));
  }
  if (absent.length > 0) return err(snapshotProblem(file, 'line 1', `has no column ${quoted(absent)}`, FETCH));
  if (repeated.length > 0) return err(snapshotProblem(file, 'line 1', `has column ${quoted(repeated)} twice`, FETCH));
  return ok(new Map(CREDENTIAL_REPORT_COLUMNS.map((column) => [column, names.indexOf(column)])));
};

const quoted = (columns: readonly string[]): string => columns.map((column) => `\`${column}\``).join(', ');

const toRow = (cell: (column: CredentialReportColumn) => string): CredentialReportRow => ({
  user: cell('user'),
  arn: cell('arn'),
  user_creation_time: cell('user_creation_time'),
  password_enabled: cell('password_enabled'),
  password_last_used: cell('password_last_used'),
  password_last_changed: cell('password_last_changed'),
  password_next_rotation: cell('password_next_rotation'),
  mfa_active: cell('mfa_active'),
  access_key_1_active: cell('access_key_1_active'),
  access_key_1_last_rotated: cell('access_key_1_last_rotated'),
  access_key_1_last_used_date: cell('access_key_1_last_used_date'),
  access_key_1_last_used_region: cell('access_key_1_last_used_region'),
  access_key_1_last_used_service: cell('access_key_1_last_used_service'),
  access_key_2_active: cell('access_key_2_active'),
  access_key_2_last_rotated: cell('access_key_2_last_rotated'),
  access_key_2_last_used_date: cell('access_key_2_last_used_date'),
  access_key_2_last_used_region: cell('access_key_2_last_used_region'),
  access_key_2_last_used_service: cell('access_key_2_last_used_service'),
  cert_1_active: cell('cert_1_active'),
  cert_1_last_rotated: cell('cert_1_last_rotated'),
  cert_2_active: cell('cert_2_active'),
  cert_2_last_rotated: cell('cert_2_last_rotated'),
});

const isTimeColumn = (column: CredentialReportColumn): boolean =>
  /_(time|last_used|changed|rotation|rotated|used_date)$/.test(column);

const cellProblems = (row: CredentialReportRow, line: number, file: string): readonly SnapshotProblem[] =>
  CREDENTIAL_REPORT_COLUMNS.flatMap((column) => {
    const cell = row[column];
    if (cell === '' || NO_VALUE.some((word) => word === cell)) return [];
    const expected =
      isTimeColumn(column) && !parseInstant(cell).ok
        ? 'an ISO-8601 time'
        : /_(active|enabled)$/.test(column) && booleanCell(cell) === null
          ? 'true or false'
          : null;
    return expected === null
      ? []
      : [snapshotProblem(file, `line ${line}`, `column \`${column}\` holds \`${cell}\`, not ${expected}`, FETCH)];
  });
