import { stringify } from 'csv-stringify/sync';
import type { AuditReport } from '../finding/audit-report.ts';

/** How the cells of a column are written. */
export type ColumnFormat = keyof typeof COLUMN_FORMATS;

/** The formats of cells, in words. An empty cell says that there is nothing, or that it is not known. */
export const COLUMN_FORMATS = {
  text: 'text',
  word: 'one of a few fixed words',
  number: 'whole number',
  'yes or no': '`yes` or `no`',
  boolean: '`true` or `false`',
  time: 'time in UTC by ISO 8601: `2026-03-02T02:30:00Z`',
  date: 'day in UTC by ISO 8601: `2026-03-02`',
  list: 'texts joined by `; `',
  sentences: 'sentences',
  json: 'JSON',
} as const;

/** A column of a table: its name, its text for a row, and what the data dictionary says of it; the source is Vigil unless it is named. */
export type Column<Row, Report = AuditReport> = readonly [
  name: string,
  text: (row: Row, report: Report) => string,
  format: ColumnFormat,
  meaning: string,
  source?: string,
];

/** A table as the data dictionary knows it, and its text. */
export interface ReportTable<Report = AuditReport> {
  /** `findings.csv` */
  readonly file: string;
  /** What a row is. */
  readonly row: string;
  readonly columns: readonly (readonly [name: string, format: ColumnFormat, meaning: string, source: string])[];
  /** The table's text; null where the report has nothing that such a table tells. */
  readonly textOf: (report: Report) => string | null;
}

/** A table as its file writes it. Users script against names and order: new columns go to the end, none ever moves. */
interface TableDefinition<Row, Report> {
  readonly file: string;
  readonly row: string;
  readonly columns: readonly Column<Row, Report>[];
  /** Null: the report has nothing that such a table tells. */
  readonly rows: (report: Report) => readonly Row[] | null;
}

/** Makes a table out of its definition, the type of its rows forgotten. */
export const defineTable = <Row, Report = AuditReport>({
  file,
  row,
  columns,
  rows,
}: TableDefinition<Row, Report>): ReportTable<Report> => ({
  file,
  row,
  columns: columns.map(([name, , format, meaning, source = 'Vigil']) => [name, format, meaning, source]),
  textOf: (report) => {
    const told = rows(report);
    return told && csvText(columns, told, report);
  },
});

/** As many rows are printed at once: the cells of a table of hundreds of thousands are not all in memory. */
const ROWS_AT_ONCE = 5_000;

const csvText = <Row, Report>(
  columns: readonly Column<Row, Report>[],
  rows: readonly Row[],
  report: Report,
): string => {
  const texts = [csvRecords([columns.map(([name]) => name)])];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    texts.push(csvRecords(some.map((row) => columns.map(([, text]) => text(row, report)))));
  }
  return texts.join('');
};

/** RFC 4180 ends records with CRLF. `escape_formulas` puts an apostrophe before what a spreadsheet would run. */
const csvRecords = (records: readonly (readonly string[])[]): string =>
  stringify([...records], { escape_formulas: true, record_delimiter: 'windows' });

/** Texts in one cell. */
export const joined = (items: readonly string[] | undefined): string => (items ?? []).join('; ');

/** What IAM calls of `GetAccountAuthorizationDetails`, the source of most that is known of users, groups, roles and policies. */
export const DETAILS = 'iam:GetAccountAuthorizationDetails';

/** Which audit a row is of; of the tables that had none before it is the last column, else the first. */
export const RUN_ID: Column<unknown> = [
  'run_id',
  (_, { run }) => run.id,
  'text',
  'the audit that the table is of, by the time at which it began',
];

/** The account of a row. */
export const ACCOUNT_ID_MEANING = 'id of the account; 12 digits, so read it as text';
