import { describe, expect, it } from 'vitest';
import type { ExpectedAccount, ExpectedStatus } from '../finding/expected-account.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { comparedWithPast } from './expected-accounts.ts';

const account = (accountId: string | null, status: ExpectedStatus, group: string | null = null): ExpectedAccount => ({
  accountId,
  name: accountId,
  group,
  status,
  reason: null,
  lastRead: null,
  droppedOut: false,
});

/** The audit of a night, which read those that it had as collected. */
const run = (night: number, expected: readonly ExpectedAccount[]) => ({
  id: `run-${night}`,
  startedAt: at(`2026-03-0${night}T02:30:00Z`),
  expected,
  accounts: expected.flatMap(({ accountId, status }) =>
    accountId !== null && status === 'collected' ? [{ accountId, alias: null, complete: true }] : [],
  ),
});

const tonight = (
  expected: readonly ExpectedAccount[],
  runs: readonly ReturnType<typeof run>[],
  selection: readonly string[] | null = null,
) =>
  comparedWithPast(expected, { startedAt: at('2026-03-09T02:30:00Z'), selection, runs }).map(
    ({ accountId, status, droppedOut, lastRead }) => [accountId, status, droppedOut, lastRead?.runId ?? null],
  );

describe('an account that was not read', () => {
  it('dropped out where the audit before had it, and says when it was read last', () => {
    const runs = [run(1, [account('A', 'collected')])];
    expect(tonight([account('A', 'failed')], runs)).toEqual([['A', 'failed', true, 'run-1']]);
  });

  it('drops out once: the nights after, it is missing still', () => {
    const runs = [run(2, [account('A', 'failed')]), run(1, [account('A', 'collected')])];
    expect(tonight([account('A', 'failed')], runs)).toEqual([['A', 'failed', false, 'run-1']]);
  });

  it('does not drop out where it was never there, or the configuration leaves it out', () => {
    expect(tonight([account('A', 'failed')], [])).toEqual([['A', 'failed', false, null]]);
    const runs = [run(1, [account('A', 'collected')])];
    expect(tonight([account('A', 'skipped')], runs)).toEqual([['A', 'skipped', false, 'run-1']]);
  });

  it('drops out where it was closed meanwhile, and is told as closed', () => {
    const runs = [run(1, [account('A', 'collected')])];
    expect(tonight([account('A', 'suspended')], runs)).toEqual([['A', 'suspended', true, 'run-1']]);
  });

  it('is not taken for gone by an audit of another account in between', () => {
    const alone = { ...run(2, []), accounts: [{ accountId: 'B', alias: null, complete: true }] };
    const runs = [alone, run(1, [account('A', 'collected')])];
    expect(tonight([account('A', 'failed')], runs)).toEqual([['A', 'failed', true, 'run-1']]);
  });
});

describe('an account that is expected no more', () => {
  const before = run(1, [account('A', 'collected'), account('B', 'collected', 'weekly')]);

  it('is told once as gone', () => {
    expect(tonight([account('A', 'collected')], [before])).toEqual([
      ['A', 'collected', false, null],
      ['B', 'vanished', true, 'run-1'],
    ]);
    const after = run(2, [account('A', 'collected'), account('B', 'vanished')]);
    expect(tonight([account('A', 'collected')], [after, before])).toEqual([['A', 'collected', false, null]]);
  });

  it('is not gone where the audit was limited to others', () => {
    expect(tonight([account('A', 'collected')], [before], ['A'])).toEqual([['A', 'collected', false, null]]);
    expect(tonight([account('A', 'collected')], [before], ['A', 'weekly'])).toHaveLength(2);
  });

  it('is not gone but missing where the accounts could not be listed', () => {
    expect(tonight([account('A', 'collected'), account(null, 'failed')], [before])).toEqual([
      ['A', 'collected', false, null],
      [null, 'failed', false, null],
      ['B', 'failed', true, 'run-1'],
    ]);
  });

  it('is of no interest where it was left out or closed already', () => {
    const runs = [run(1, [account('A', 'collected'), account('B', 'skipped'), account('C', 'suspended')])];
    expect(tonight([account('A', 'collected')], runs)).toEqual([['A', 'collected', false, null]]);
  });

  it('is compared with earlier audits alone', () => {
    const later = { ...run(1, [account('B', 'collected')]), startedAt: at('2026-04-01T00:00:00Z') };
    expect(tonight([account('A', 'collected')], [later])).toEqual([['A', 'collected', false, null]]);
  });
});
