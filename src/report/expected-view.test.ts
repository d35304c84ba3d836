import { expect, it } from 'vitest';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { expectedView } from './expected-view.ts';
import { exampleReport } from './testing/example-report.ts';

const account = (differing: Partial<ExpectedAccount>): ExpectedAccount => ({
  accountId: '123456789012',
  name: 'acme',
  group: null,
  status: 'collected',
  reason: null,
  lastRead: null,
  droppedOut: false,
  ...differing,
});

it('is absent where the configuration lists no accounts', () => {
  expect(expectedView(exampleReport)).toBeNull();
});

it('counts those read, and tells apart who is missing and who is closed', () => {
  const lastRead = { runId: 'r', startedAt: at('2026-03-01T02:30:00Z') };
  const expected = [
    account({}),
    account({
      accountId: null,
      name: 'pay\u202ements',
      status: 'failed',
      reason: 'refused',
      lastRead,
      droppedOut: true,
    }),
    account({ status: 'suspended', reason: 'the account is being closed' }),
  ];
  const view = expectedView({ ...exampleReport, expected });
  const missing = {
    label: expect.not.stringContaining('\u202e'),
    accountId: '',
    status: 'failed',
    statusLabel: 'Failed, read last time',
    reason: 'refused',
    lastRead: '1 Mar 2026, 02:30 UTC',
  };
  expect(view).toMatchObject({
    count: '1 of 3 accounts read',
    missing: [missing],
    unread: [missing, { statusLabel: 'Closed', lastRead: 'Never' }],
  });
  expect(expectedView({ ...exampleReport, expected: [account({})] })?.missing).toBeNull();
});
