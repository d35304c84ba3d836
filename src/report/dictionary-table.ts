import { COLUMN_FORMATS, type Column, defineTable, type ReportTable } from './table.ts';

/** A table as far as a data dictionary tells of it. */
type DescribedTable = Pick<ReportTable, 'file' | 'row' | 'columns'>;

interface ColumnRow {
  readonly table: DescribedTable;
  readonly index: number;
}

const columnOf = ({ table: { columns }, index }: ColumnRow): DescribedTable['columns'][number] =>
  columns[index] ?? ['', 'text', '', ''];

/** Since when a column is there: all since the first version of the schema. */
const FIRST_SCHEMA = '1.0';

const COLUMNS: readonly Column<ColumnRow, unknown>[] = [
  ['file', ({ table }) => table.file, 'text', 'the table'],
  ['position', ({ index }) => String(index + 1), 'number', 'which of its columns, from 1'],
  ['column', (row) => columnOf(row)[0], 'text', 'name of the column'],
  ['format', (row) => COLUMN_FORMATS[columnOf(row)[1]], 'text', 'how its cells are written'],
  ['meaning', (row) => columnOf(row)[2], 'text', 'what it tells'],
  ['source', (row) => columnOf(row)[3], 'list', 'the AWS APIs that it is read from, or Vigil, which works it out'],
  ['since_schema', () => FIRST_SCHEMA, 'text', 'the version of the schema that has it first'],
  ['table_row', ({ table }) => table.row, 'text', 'what a row of the table is'],
];

/** A data dictionary: a row for each column of every table that there can be, its own included. */
export const dictionaryTable = <Report>(file: string, tables: readonly DescribedTable[]): ReportTable<Report> => {
  const dictionary: ReportTable<Report> = defineTable<ColumnRow, Report>({
    file,
    row: 'a column of a table',
    columns: COLUMNS,
    rows: () => [...tables, dictionary].flatMap((table) => table.columns.map((_, index) => ({ table, index }))),
  });
  return dictionary;
};
