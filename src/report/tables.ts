import { accessTable } from './access-csv.ts';
import { accountsTable } from './accounts-csv.ts';
import { changesTable } from './changes-csv.ts';
import { credentialTable } from './credential-table.ts';
import { analyzerTable, controlsTable, coverageTable, escalationCutsTable, principalsTable } from './csv.ts';
import { evidenceTable } from './evidence-csv.ts';
import { externalTable } from './external-csv.ts';
import { findingsTable } from './findings-csv.ts';
import { pathsTable } from './paths-csv.ts';
import { policiesTable } from './policies-csv.ts';
import { populationsTable } from './populations-csv.ts';
import { suppressionsTable } from './suppressions-csv.ts';
import { COLUMN_FORMATS, type Column, defineTable, type ReportTable } from './table.ts';
import { unusedTable } from './unused-csv.ts';

const DATA_TABLES: readonly ReportTable[] = [
  findingsTable,
  principalsTable,
  accessTable,
  accountsTable,
  coverageTable,
  externalTable,
  pathsTable,
  escalationCutsTable,
  unusedTable,
  policiesTable,
  analyzerTable,
  controlsTable,
  evidenceTable,
  populationsTable,
  credentialTable,
  changesTable,
  suppressionsTable,
];

/** A column of a table, as the data dictionary tells it. */
interface ColumnRow {
  readonly table: Pick<ReportTable, 'file' | 'row' | 'columns'>;
  readonly index: number;
}

const columnOf = ({ table: { columns }, index }: ColumnRow): ReportTable['columns'][number] =>
  columns[index] ?? ['', 'text', '', ''];

/** Since when a column is there: all since the first version of the schema. */
const FIRST_SCHEMA = '1.0';

const COLUMNS: readonly Column<ColumnRow>[] = [
  ['file', ({ table }) => table.file, 'text', 'the table'],
  ['position', ({ index }) => String(index + 1), 'number', 'which of its columns, from 1'],
  ['column', (row) => columnOf(row)[0], 'text', 'name of the column'],
  ['format', (row) => COLUMN_FORMATS[columnOf(row)[1]], 'text', 'how its cells are written'],
  ['meaning', (row) => columnOf(row)[2], 'text', 'what it tells'],
  ['source', (row) => columnOf(row)[3], 'list', 'the AWS APIs that it is read from, or Vigil, which works it out'],
  ['since_schema', () => FIRST_SCHEMA, 'text', 'the version of the schema that has it first'],
  ['table_row', ({ table }) => table.row, 'text', 'what a row of the table is'],
];

/** `columns.csv`: the data dictionary, a row for each column of every table that there can be, its own included. */
const columnsTable: ReportTable = defineTable({
  file: 'columns.csv',
  row: 'a column of a table',
  columns: COLUMNS,
  rows: () => [...DATA_TABLES, columnsTable].flatMap((table) => table.columns.map((_, index) => ({ table, index }))),
});

/** Every table of a report that CSV is asked of, the data dictionary last. */
export const TABLES: readonly ReportTable[] = [...DATA_TABLES, columnsTable];
