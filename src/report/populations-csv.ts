import type { Population } from '../finding/population.ts';
import { compareText } from '../kernel/compare-text.ts';
import { ACCOUNT_ID_MEANING, type Column, defineTable, RUN_ID } from './table.ts';

const SUMMARY = 'iam:GetAccountSummary';

const count = (number: number | null): string => String(number ?? '');

const difference = ({ inSummary, inList }: Population): number | null =>
  inSummary.count === null || inList.count === null ? null : Math.abs(inList.count - inSummary.count);

const COLUMNS: readonly Column<Population>[] = [
  RUN_ID,
  ['account_id', ({ accountId }) => accountId, 'text', ACCOUNT_ID_MEANING],
  ['population', ({ name }) => name, 'word', 'what is counted, as the account summary calls it', SUMMARY],
  ['what', ({ what }) => what, 'text', 'what is counted, in words'],
  ['in_summary', ({ inSummary }) => count(inSummary.count), 'number', 'how many IAM counts by itself', SUMMARY],
  ['in_list', ({ inList }) => count(inList.count), 'number', 'how many the audit read, one by one'],
  // Without a sign: a spreadsheet would take a minus for a formula.
  ['difference', (row) => count(difference(row)), 'number', 'by how many the two differ, whichever is more'],
  [
    'verdict',
    ({ verdict }) => verdict,
    'word',
    '`equal`; `explained`: they differ and what was read shows why; `unexplained`; `unknown`: one was not read whole',
  ],
  ['explanation', ({ explanation }) => explanation, 'text', 'why they differ, or are not known'],
  ['summary_at', ({ inSummary }) => inSummary.time ?? '', 'time', 'when the account summary was read'],
  ['list_at', ({ inList }) => inList.time ?? '', 'time', 'when the list was read'],
];

/** `populations.csv`: what the audit read of each account, beside the numbers of the account summary. */
export const populationsTable = defineTable({
  file: 'populations.csv',
  row: 'how many of something an account has, by the account summary and by what was read',
  columns: COLUMNS,
  rows: ({ populations }) =>
    populations === undefined
      ? null
      : [...populations].sort((left, right) => compareText(left.accountId, right.accountId)),
});
