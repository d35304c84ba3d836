import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../alert-content/testing/alert-builder.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { NightPlan, PlannedAccount } from '../ports/night-store.ts';
import { ENGINES, useEngine } from './testing/engines.ts';
import { at, auditOf, opened, recordAudit } from './testing/history-example.ts';

const FIRST = at('2026-03-01T02:30:00Z');
const [ACCOUNT, OTHER] = ['123456789012', '210987654321'] as const;

const planned = (key: string): PlannedAccount => ({
  key,
  accountId: key,
  name: `name "of" \u0000 ${key}`,
  group: null,
  memberRole: 'vigil',
  isListed: false,
});

const nightOf = (startedAt: Instant, group = 'nightly', keys: readonly string[] = [ACCOUNT, OTHER]): NightPlan => ({
  id: `${startedAt.replaceAll(/[-:]/g, '')}-${group}`,
  group,
  startedAt,
  deadline: addDays(startedAt, 0.25),
  accounts: keys.map(planned),
  unread: [],
});

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);
  let history: HistoryStore;
  beforeEach(async () => {
    history = await opened(await engine.newPlace());
  });
  afterEach(() => history.close());

  /** Remembers an audit of an account, and says that it was made. */
  const audited = async (nightId: string, accountId: string, startedAt: Instant): Promise<number> => {
    const { runId } = await recordAudit(history, auditOf(startedAt, [], { accountId }));
    const run = { id: runId, startedAt, finishedAt: startedAt };
    return history.nights.settle(nightId, accountId, { kind: 'audited', accountId, run, summary: `of ${accountId}` });
  };
  const failed = (nightId: string, key: string, reason: string) =>
    history.nights.settle(nightId, key, { kind: 'failed', reason });
  const ended = (finishedAt: Instant, problem: string | null = null) => ({ finishedAt, expected: [], problem });

  it('a night is as the first that began it says', async () => {
    const night = nightOf(FIRST);
    expect(await history.nights.begin(night)).toEqual(night);
    expect(await history.nights.begin({ ...night, deadline: FIRST, accounts: [] })).toMatchObject(night);
    expect(await history.nights.read(night.id)).toEqual({ ...night, outcomes: new Map(), end: null });
    expect(await history.nights.read('another')).toBeNull();
  });

  it('a night knows what became of each account, and an audit is not undone by a try that fails later', async () => {
    const night = nightOf(FIRST);
    await history.nights.begin(night);
    expect(await failed(night.id, ACCOUNT, 'throttled')).toBe(1);
    expect(await failed(night.id, OTHER, 'denied')).toBe(0);
    expect(await audited(night.id, ACCOUNT, FIRST)).toBe(0);
    expect(await failed(night.id, ACCOUNT, 'too late')).toBe(0);
    const run = { id: '20260301T023000Z', startedAt: FIRST, finishedAt: FIRST };
    expect((await history.nights.read(night.id))?.outcomes).toEqual(
      new Map([
        [ACCOUNT, { kind: 'audited', accountId: ACCOUNT, run, summary: `of ${ACCOUNT}` }],
        [OTHER, { kind: 'failed', reason: 'denied' }],
      ]),
    );
    expect(await history.nights.standing(night.id)).toMatchObject({
      waiting: 0,
      audited: 1,
      failed: new Map([[OTHER, 'denied']]),
      end: null,
    });
  });

  it('a night of thousands of accounts is written and read', async () => {
    const keys = Array.from({ length: 2100 }, (_, index) => String(100_000_000_000 + index));
    const night = nightOf(FIRST, 'all', keys);
    await history.nights.begin(night);
    expect((await history.nights.read(night.id))?.accounts).toHaveLength(2100);
    expect(await failed(night.id, keys[0] ?? '', 'denied')).toBe(2099);
    expect(await history.nights.lastAudits(keys, FIRST)).toEqual(new Map());
  });

  it('a night that ends tells the routes with that, from what they were told before', async () => {
    const night = nightOf(FIRST);
    await history.nights.begin(night);
    const told = { route: 'chat', key: 'k', accountId: '', stance: 's', asOf: FIRST, toldAt: FIRST };
    await history.nights.finish(night.id, ended(FIRST), () => ({
      alerts: [alertOf({ route: 'chat', id: 'one' })],
      told: [told],
      at: FIRST,
    }));
    expect((await history.outbox.standings()).map(({ waiting }) => waiting.map(({ alert }) => alert.id))).toEqual([
      ['one'],
    ]);
    const known: unknown[] = [];
    await history.nights.finish(night.id, ended(FIRST), (before) => {
      known.push(before);
      return { alerts: [], told: [], at: FIRST };
    });
    expect(known).toEqual([[told]]);
  });

  it('knows the last night that ended well before, the last of each group, and the last audit of each account', async () => {
    const [first, second, third] = [nightOf(FIRST), nightOf(addDays(FIRST, 1)), nightOf(addDays(FIRST, 2))];
    for (const night of [first, second, third, nightOf(FIRST, 'weekly')]) await history.nights.begin(night);
    await audited(first.id, ACCOUNT, FIRST);
    await audited(second.id, ACCOUNT, second.startedAt);
    await history.nights.finish(first.id, ended(FIRST));
    await history.nights.finish(second.id, ended(second.startedAt, 'the report could not be written'));
    expect((await history.nights.before(third))?.id).toBe(first.id);
    expect(await history.nights.before(first)).toBeNull();
    expect((await history.nights.latest()).map(({ id }) => id)).toEqual([third.id, nightOf(FIRST, 'weekly').id]);
    const last = (before: Instant) => history.nights.lastAudits([ACCOUNT, OTHER], before);
    expect(await last(second.startedAt)).toEqual(new Map([[ACCOUNT, { runId: '20260301T023000Z', startedAt: FIRST }]]));
    expect((await last(third.startedAt)).get(ACCOUNT)?.startedAt).toBe(second.startedAt);
  });

  it('old nights are forgotten, but never the last of a group', async () => {
    for (const days of [0, 10]) await history.nights.begin(nightOf(addDays(FIRST, days)));
    await history.nights.begin(nightOf(FIRST, 'weekly'));
    await history.retain({ now: addDays(FIRST, 30), maxAgeDays: 1, maxRuns: 10 });
    expect(await history.nights.read(nightOf(FIRST).id)).toBeNull();
    expect((await history.nights.latest()).map(({ group }) => group)).toEqual(['nightly', 'weekly']);
  });
});
