import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Alert } from '../finding/alert.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { Told } from '../finding/told.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { AccountOutcome, NightPlan, PlannedAccount } from '../ports/night-store.ts';
import { ENGINES, useEngine } from './testing/engines.ts';
import { at, auditOf, opened, recordAudit } from './testing/history-example.ts';

const account = (key: string): PlannedAccount => ({
  key,
  accountId: key,
  name: `"${key}"\u{1F680}`,
  group: 'organization',
  memberRole: `arn:aws:iam::${key}:role/vigil-audit`,
  isListed: false,
});
const [A, B, C] = ['111111111111', '222222222222', '333333333333'] as const;

const expectedOf = (accountId: string, differing: Partial<ExpectedAccount> = {}): ExpectedAccount => ({
  accountId,
  name: null,
  group: null,
  status: 'collected',
  reason: null,
  lastRead: null,
  droppedOut: false,
  ...differing,
});

const planOf = (day: number, keys: readonly string[] = [A, B, C], group = 'nightly'): NightPlan => ({
  id: `2026030${String(day)}T023000Z-${group}`,
  group,
  startedAt: at(`2026-03-0${String(day)}T02:30:00Z`),
  deadline: at(`2026-03-0${String(day)}T08:30:00Z`),
  accounts: keys.map(account),
  unread: [expectedOf('444444444444', { status: 'suspended', reason: 'it is closed' })],
});

const endOf = (plan: NightPlan, problem: string | null = null) => ({
  finishedAt: plan.deadline,
  expected: problem === null ? plan.accounts.map(({ key }) => expectedOf(key)) : [],
  problem,
});

const failed = (reason: string): AccountOutcome => ({ kind: 'failed', reason });

describe.each(ENGINES)('nights in %s', (name) => {
  const engine = useEngine(name);
  let history: HistoryStore;
  let place = '';
  beforeEach(async () => {
    place = await engine.newPlace();
    history = await opened(place);
    onTestFinished(() => history.close());
  });

  /** Remembers an audit of an account, as its own job does, and gives what it comes to for the night. */
  const audited = async (accountId: string, time: string, summary = 'a summary'): Promise<AccountOutcome> => {
    const startedAt = at(time);
    const { run, ...rest } = auditOf(startedAt, [], { accountId });
    const { runId } = await recordAudit(history, { ...rest, run: { ...run, id: `${run.id}-${accountId}` } });
    return { kind: 'audited', accountId, run: { id: runId, startedAt, finishedAt: startedAt }, summary };
  };

  it('are known as they were planned, with what became of each account', async () => {
    const plan = planOf(1);
    expect(await history.nights.read(plan.id)).toBeNull();
    expect(await history.nights.standing(plan.id)).toBeNull();
    await history.nights.begin(plan);
    const summary = `{"hostile": "__proto__ ' \u2028", "long": "${'x'.repeat(100_000)}"}`;
    const outcome = await audited(A, '2026-03-01T02:31:00Z', summary);
    expect(await history.nights.settle(plan.id, A, outcome)).toBe(2);
    expect(await history.nights.settle(plan.id, B, failed('access denied'))).toBe(1);
    expect(await history.nights.read(plan.id)).toEqual({
      ...plan,
      outcomes: new Map([
        [A, outcome],
        [B, failed('access denied')],
      ]),
      end: null,
    });
    expect(await history.nights.standing(plan.id)).toMatchObject({
      waiting: 1,
      audited: 1,
      failed: new Map([[B, 'access denied']]),
      end: null,
    });
  });

  it('tell of one account without what became of the others', async () => {
    const plan = planOf(1);
    const waiting = { night: plan, plan: account(B), outcome: null, isOver: false };
    await history.nights.begin(plan);
    expect(await history.nights.account(plan.id, B)).toEqual(waiting);
    await history.nights.settle(plan.id, B, failed('access denied'));
    await history.nights.finish(plan.id, endOf(plan));
    const settled = { ...waiting, outcome: failed('access denied'), isOver: true };
    expect(await history.nights.account(plan.id, B)).toEqual(settled);
    expect(await history.nights.account(plan.id, 'nobody')).toBeNull();
    expect(await history.nights.account('no night', B)).toBeNull();
  });

  it('are begun once by several at the same moment, and stay as the first one planned them', async () => {
    const planned = [[A], [A, B], [A, B, C], []];
    const others = await Promise.all(planned.map(() => opened(place)));
    onTestFinished(async () => void (await Promise.all(others.map((other) => other.close()))));
    const begun = await Promise.all(others.map((other, index) => other.nights.begin(planOf(1, planned[index]))));
    expect(new Set(begun.map((night) => night.accounts.length)).size).toBe(1);
    const night = await history.nights.read(planOf(1).id);
    expect(night?.accounts).toEqual(begun[0]?.accounts);
    expect((await history.nights.begin(planOf(1, [C]))).accounts).toEqual(night?.accounts);
  });

  it('keep that an account was audited, whatever is told later of tries that failed', async () => {
    const plan = planOf(1, [A, B]);
    await history.nights.begin(plan);
    await history.nights.settle(plan.id, A, failed('throttled'));
    const outcome = await audited(A, '2026-03-01T02:31:00Z');
    expect(await history.nights.settle(plan.id, A, outcome)).toBe(1);
    expect(await history.nights.settle(plan.id, A, failed('its worker was lost'))).toBe(1);
    expect((await history.nights.read(plan.id))?.outcomes).toEqual(new Map([[A, outcome]]));
  });

  it('are told by group, the last one of each, and the one before that ended well', async () => {
    const other = planOf(3, [A], 'other');
    const [first, second, third] = [planOf(1), planOf(2), planOf(3)];
    for (const plan of [second, other, third, first]) await history.nights.begin(plan);
    expect((await history.nights.latest()).map(({ id }) => id)).toEqual([third.id, other.id]);
    expect(await history.nights.before(third)).toBeNull();
    await history.nights.finish(first.id, endOf(first));
    await history.nights.finish(second.id, endOf(second, 'the disk is full'));
    expect((await history.nights.before(third))?.id).toBe(first.id);
    await history.nights.finish(second.id, endOf(second));
    expect(await history.nights.before(third)).toMatchObject({ id: second.id, end: endOf(second) });
    expect(await history.nights.before(other)).toBeNull();
  });

  it('know when each account was audited last before a moment', async () => {
    await audited(A, '2026-03-01T02:31:00Z');
    await audited(A, '2026-03-02T02:31:00Z');
    await audited(A, '2026-03-04T02:31:00Z');
    await audited(B, '2026-03-04T02:31:00Z');
    expect(await history.nights.lastAudits([A, B, C], at('2026-03-03T00:00:00Z'))).toEqual(
      new Map([[A, { runId: `20260302T023100Z-${A}`, startedAt: at('2026-03-02T02:31:00Z') }]]),
    );
    expect(await history.nights.lastAudits([], at('2026-03-03T00:00:00Z'))).toEqual(new Map());
  });

  it('end with what the routes are to be told, which knows what they were told before', async () => {
    const [first, second] = [planOf(1), planOf(2)];
    const before: (readonly Told[])[] = [];
    for (const plan of [first, second]) {
      await history.nights.begin(plan);
      await history.nights.finish(plan.id, endOf(plan), (told) => {
        before.push(told);
        const knows = { route: 'all', accountId: '', key: `account ${A}`, stance: 'missing' };
        return {
          alerts: [alertOf(plan.id)],
          told: [{ ...knows, asOf: plan.startedAt, toldAt: plan.deadline }],
          at: plan.deadline,
        };
      });
    }
    expect(before.map((told) => told.map(({ key, asOf }) => `${key} ${asOf}`))).toEqual([
      [],
      [`account ${A} ${first.startedAt}`],
    ]);
    const [route] = await history.outbox.standings();
    expect(route?.waiting.map(({ alert }) => alert.id)).toEqual([first.id, second.id]);
  });

  it('are forgotten when they are old, but for the last of a group', async () => {
    const plans = [planOf(1), planOf(2), planOf(1, [A], 'other')];
    for (const plan of plans) await history.nights.begin(plan);
    await history.retain({ now: at('2026-04-15T00:00:00Z'), maxAgeDays: 30, maxRuns: 100 });
    expect(await Promise.all(plans.map(async ({ id }) => (await history.nights.read(id))?.accounts.length))).toEqual([
      undefined,
      3,
      1,
    ]);
  });

  it('are as if an account were waited for whose audit is forgotten', async () => {
    const plan = planOf(1, [A]);
    await history.nights.begin(plan);
    await history.nights.settle(plan.id, A, await audited(A, '2026-03-01T02:31:00Z'));
    await audited(A, '2026-03-08T02:31:00Z');
    await history.retain({ now: at('2026-03-08T03:00:00Z'), maxAgeDays: 3, maxRuns: 100 });
    expect((await history.nights.read(plan.id))?.outcomes.size).toBe(0);
  });
});

const alertOf = (id: string): Alert => ({
  id,
  route: 'all',
  test: false,
  account: null,
  runId: id,
  at: at('2026-03-01T02:30:00Z'),
  sinceBaseline: true,
  items: [],
  gaps: [],
  notices: [{ kind: 'account-missing', text: 'An account could not be audited.' }],
  failure: null,
  link: null,
});
