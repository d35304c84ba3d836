import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { accountsTable } from './accounts-csv.ts';
import { csvOf } from './testing/csv-of.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const rowsOf = (text: string): unknown => parse(text, { columns: true });
const [account] = exampleReport.accounts;
const findings = [
  findingOf({ key: '1', severity: 'high' }),
  findingOf({ key: '2', severity: 'high' }),
  findingOf({ key: '3', severity: 'low' }),
  findingOf({ key: '4', severity: 'low', state: 'suppressed' }),
  findingOf({ key: '5', severity: 'critical', outcome: 'unknown' }),
];

it('counts the open problems of each account by severity', () => {
  expect(rowsOf(csvOf(accountsTable, { ...exampleReport, findings }))).toEqual([
    {
      account_id: '123456789012',
      account_alias: 'acme-production',
      name: '',
      status: 'collected',
      reason: '',
      complete: 'false',
      collected_at: account?.collectedAt,
      critical: '0',
      high: '2',
      medium: '0',
      low: '1',
      info: '0',
      group: '',
      last_read_at: account?.collectedAt,
      dropped_out: 'false',
      run_id: '20260302T023000Z',
    },
  ]);
});

it('has no numbers of an account that was not read, and defuses its name', () => {
  const expected: readonly ExpectedAccount[] = [
    {
      accountId: '444455556666',
      name: '=HYPERLINK("x")',
      group: 'prod',
      status: 'failed',
      reason: 'the role cannot be assumed',
      lastRead: { runId: 'r', startedAt: at('2026-03-01T02:30:00Z') },
      droppedOut: true,
    },
  ];
  expect(rowsOf(csvOf(accountsTable, { ...exampleReport, expected }))).toMatchObject([
    { account_id: '123456789012' },
    {
      account_id: '444455556666',
      name: `'=HYPERLINK("x")`,
      status: 'failed',
      reason: 'the role cannot be assumed',
      complete: '',
      high: '',
      group: 'prod',
      last_read_at: '2026-03-01T02:30:00Z',
      dropped_out: 'true',
    },
  ]);
});
