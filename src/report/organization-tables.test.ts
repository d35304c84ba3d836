import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OrganizationReport } from '../finding/organization-night.ts';
import { ORGANIZATION_TABLES } from './organization-tables.ts';
import { exampleOrganization } from './testing/example-organization.ts';
import { generatedOrganization } from './testing/generated-organization.ts';

const rows = z.array(z.record(z.string(), z.string()));

const rowsOf = (file: string, report: OrganizationReport = exampleOrganization): z.infer<typeof rows> => {
  const table = ORGANIZATION_TABLES.find((each) => each.file === file) ?? expect.fail(`there is no ${file}`);
  return rows.parse(parse(table.textOf(report) ?? '', { columns: true }));
};

describe('organization-accounts.csv', () => {
  it('has the accounts that were audited by risk, then those that were not', () => {
    expect(rowsOf('organization-accounts.csv').map((row) => [row['risk_rank'], row['name'], row['status']])).toEqual([
      ['1', 'build', 'collected'],
      ['2', 'production', 'collected'],
      ['3', 'sandbox', 'collected'],
      ['', 'payments', 'failed'],
      ['', expect.stringContaining('<img'), 'vanished'],
      ['', 'old', 'suspended'],
    ]);
  });

  it('has no zeros for what is not known', () => {
    const [, , first, missing] = rowsOf('organization-accounts.csv');
    expect([first?.['new_or_worse'], first?.['new_administrators'], first?.['critical']]).toEqual(['', '', '0']);
    expect([missing?.['critical'], missing?.['paths'], missing?.['complete']]).toEqual(['', '', '']);
    expect(missing).toMatchObject({ last_read_at: '2026-03-01T02:30:00Z', dropped_out: 'true' });
  });

  it('keeps an alias from being run as a formula', () => {
    const [account] = exampleOrganization.accounts;
    const accounts = account === undefined ? [] : [{ ...account, alias: '=1+1' }];
    expect(rowsOf('organization-accounts.csv', { ...exampleOrganization, accounts })[0]?.['account_alias']).toBe(
      "'=1+1",
    );
  });
});

describe('organization-controls.csv', () => {
  it('has a row for each control of each account', () => {
    const table = rowsOf('organization-controls.csv');
    expect(table).toHaveLength(3 * 4);
    expect(table.filter(({ control }) => control === '2.10').map(({ status }) => status)).toEqual([
      'fail',
      'fail',
      'pass',
    ]);
  });
});

describe('organization-paths.csv', () => {
  it('has a row for each path of an account that is worth telling', () => {
    expect(
      rowsOf('organization-paths.csv').map((row) => [row['principal_name'], row['proof'], row['into_accounts']]),
    ).toEqual([
      ['runner', 'derived', '222222222222'],
      ['deploy', 'proven', ''],
      ['deploy', 'proven', ''],
    ]);
  });
});

describe('organization-columns.csv', () => {
  it('tells of every column of every table, its own included', () => {
    const told = rowsOf('organization-columns.csv').map(({ file, column }) => `${file} ${column}`);
    expect(told).toEqual(
      ORGANIZATION_TABLES.flatMap(({ file, columns }) => columns.map(([name]) => `${file} ${name}`)),
    );
  });
});

it.each([1, 50])('the tables of %i accounts have as many', (count) => {
  expect(rowsOf('organization-accounts.csv', generatedOrganization(count))).toHaveLength(count);
});
