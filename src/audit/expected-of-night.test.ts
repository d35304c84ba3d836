import { describe, expect, it } from 'vitest';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import type { AccountOutcome, LastAudit, Night } from '../ports/night-store.ts';
import { expectedOfNight } from './expected-of-night.ts';

const at = (text: string): Instant => toInstant(Date.parse(text));
const [A, B, C, D] = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;

const expectedAs = (accountId: string | null, status: ExpectedAccount['status'], reason: string | null = null) => ({
  accountId,
  name: null,
  group: null,
  status,
  reason,
  lastRead: null,
  droppedOut: false,
});

const auditedAs = (accountId: string): AccountOutcome => ({
  kind: 'audited',
  accountId,
  run: { id: `run-${accountId}`, startedAt: at('2026-03-02T02:31:00Z'), finishedAt: at('2026-03-02T02:32:00Z') },
  summary: '{}',
});

const nightOf = (day: number, keys: readonly string[], differing: Partial<Night> = {}): Night => ({
  id: `2026030${String(day)}T023000Z-nightly`,
  group: 'nightly',
  startedAt: at(`2026-03-0${String(day)}T02:30:00Z`),
  deadline: at(`2026-03-0${String(day)}T08:30:00Z`),
  accounts: keys.map((key) => ({
    key,
    accountId: /^\d{12}$/.test(key) ? key : null,
    name: null,
    group: null,
    memberRole: null,
    isListed: false,
  })),
  unread: [],
  outcomes: new Map(),
  end: null,
  ...differing,
});

const endedWith = (expected: readonly ExpectedAccount[]): Night =>
  nightOf(1, [], { end: { finishedAt: at('2026-03-01T03:00:00Z'), expected, problem: null } });

const told = async (
  night: Night,
  before: Night | null = null,
  last: readonly (readonly [string, LastAudit])[] = [],
) => {
  const asked: string[] = [];
  const expected = await expectedOfNight(night, {
    before: async () => before,
    lastAudits: async (accountIds) => {
      asked.push(...accountIds);
      return new Map(last.filter(([accountId]) => accountIds.includes(accountId)));
    },
  });
  return { asked, expected };
};

const LAST: LastAudit = { runId: 'run-before', startedAt: at('2026-03-01T02:31:00Z') };

describe('the accounts of a night', () => {
  it('are told by what became of them, with the reason of those that are missing', async () => {
    const night = nightOf(2, [A, B, C], {
      outcomes: new Map([
        [A, auditedAs(A)],
        [B, { kind: 'failed', reason: 'access denied' }],
      ]),
      unread: [expectedAs(D, 'suspended', 'it is closed')],
    });
    const { expected } = await told(night);
    expect(expected.map(({ accountId, status, reason }) => [accountId, status, reason])).toEqual([
      [A, 'collected', null],
      [B, 'failed', 'access denied'],
      [C, 'failed', 'its audit had not ended by 2026-03-02T08:30:00Z, the deadline of the night'],
      [D, 'suspended', 'it is closed'],
    ]);
  });

  it('dropped out where the night before read them, and were read last where an audit is known', async () => {
    const night = nightOf(2, [A, B], { outcomes: new Map([[A, { kind: 'failed', reason: 'access denied' }]]) });
    const before = endedWith([expectedAs(A, 'collected'), expectedAs(B, 'failed', 'throttled')]);
    const { expected } = await told(night, before, [[A, LAST]]);
    expect(expected.map(({ lastRead, droppedOut }) => [lastRead, droppedOut])).toEqual([
      [LAST, true],
      [null, false],
    ]);
  });

  it('have vanished where the night before expected them and this one does not', async () => {
    const night = nightOf(2, [A], { outcomes: new Map([[A, auditedAs(A)]]) });
    const before = endedWith([expectedAs(A, 'collected'), expectedAs(B, 'collected'), expectedAs(C, 'skipped')]);
    const { expected } = await told(night, before, [[B, LAST]]);
    expect(
      expected.map(({ accountId, status, lastRead, droppedOut }) => [accountId, status, lastRead, droppedOut]),
    ).toEqual([
      [A, 'collected', null, false],
      [B, 'vanished', LAST, true],
    ]);
  });

  it('have not vanished where nobody could list them', async () => {
    const unlisted = expectedAs(null, 'failed', 'organizations:ListAccounts was denied');
    const { expected } = await told(nightOf(2, [], { unread: [unlisted] }), endedWith([expectedAs(A, 'collected')]));
    expect(expected.map(({ accountId, status }) => [accountId, status])).toEqual([
      [null, 'failed'],
      [A, 'failed'],
    ]);
  });

  it('are told once where two entries reach the same', async () => {
    const night = nightOf(2, ['one', 'two'], {
      outcomes: new Map([
        ['one', auditedAs(A)],
        ['two', auditedAs(A)],
      ]),
    });
    const { expected } = await told(night);
    expect(expected.map(({ accountId, status }) => [accountId, status])).toEqual([
      [A, 'collected'],
      [A, 'skipped'],
    ]);
  });

  it('ask of the history no more than of those that were not read now or are not expected any more', async () => {
    const night = nightOf(2, [A, B], { outcomes: new Map([[A, auditedAs(A)]]) });
    expect((await told(night)).asked).toEqual([B]);
  });
});
