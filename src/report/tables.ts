import { accessTable } from './access-csv.ts';
import { accountsTable } from './accounts-csv.ts';
import { changesTable } from './changes-csv.ts';
import { credentialTable } from './credential-table.ts';
import { analyzerTable, controlsTable, coverageTable, escalationCutsTable, principalsTable } from './csv.ts';
import { dictionaryTable } from './dictionary-table.ts';
import { evidenceTable } from './evidence-csv.ts';
import { externalTable } from './external-csv.ts';
import { findingsTable } from './findings-csv.ts';
import { pathsTable } from './paths-csv.ts';
import { policiesTable } from './policies-csv.ts';
import { populationsTable } from './populations-csv.ts';
import { suppressionsTable } from './suppressions-csv.ts';
import type { ReportTable } from './table.ts';
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

/** Every table of a report that CSV is asked of, the data dictionary last. */
export const TABLES: readonly ReportTable[] = [...DATA_TABLES, dictionaryTable('columns.csv', DATA_TABLES)];
