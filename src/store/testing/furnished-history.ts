import type { Alert } from '../../finding/alert.ts';
import type { Told } from '../../finding/told.ts';
import type { HistoryStore } from '../../ports/history-store.ts';
import type { NightPlan } from '../../ports/night-store.ts';
import { at, auditOf, findingAbout, recordAudit } from './history-example.ts';

// A name that each engine keeps in a way of its own. PostgreSQL sorts the character NUL elsewhere, hence not at the beginning.
const HOSTILE = 'z\u0000\ue000\ue0000%_\'"\\$1;--\u202e😀';

const ACCOUNT = '123456789012';
const OTHER = '210987654321';

const night = (day: number) => at(`2026-03-0${String(day)}T02:30:00Z`);

/** An alert that is known by an id. */
const alertCalled = (id: string, route = 'chat'): Alert => ({
  id,
  route,
  test: false,
  account: null,
  runId: id,
  at: night(1),
  sinceBaseline: true,
  items: [],
  gaps: [],
  notices: [{ kind: 'account-missing', text: `${HOSTILE} could not be audited.` }],
  failure: null,
  link: null,
});

const planOf = (day: number): NightPlan => ({
  id: `2026030${String(day)}T023000Z-nightly`,
  group: 'nightly',
  startedAt: night(day),
  deadline: at(`2026-03-0${String(day)}T08:30:00Z`),
  accounts: [ACCOUNT, OTHER, '333333333333'].map((key) => ({
    key,
    accountId: key,
    name: HOSTILE,
    group: null,
    memberRole: null,
    isListed: true,
  })),
  unread: [],
});

/** Fills a history as several nights of an organization do, so that there is something of all that a history may remember. */
export const furnish = async (history: HistoryStore): Promise<void> => {
  await recordAudit(history, auditOf(at('2025-01-01T00:00:00Z'), [findingAbout('A')]));
  for (const day of [1, 2, 3]) await furnishNight(history, day);
  await history.retain({ now: night(4), maxAgeDays: 30, maxRuns: 100 });
  await deliverSome(history);
};

/** What of users is found on each day: what goes is resolved, what comes back reopened. */
const FOUND: readonly (readonly string[])[] = [[], ['A', 'B', HOSTILE], ['A', HOSTILE], ['A', 'B', 'C']];

// More than are copied at once.
const ALWAYS_FOUND = Array.from({ length: 40 }, (_, index) => `M${String(index)}`);

const furnishNight = async (history: HistoryStore, day: number): Promise<void> => {
  const plan = planOf(day);
  await history.nights.begin(plan);
  const findings = [...(FOUND[day] ?? []), ...ALWAYS_FOUND].map((name) => findingAbout(name));
  const files = new Map([
    ['account.json', `{"day": ${String(day)}}`],
    [HOSTILE, HOSTILE],
  ]);
  const audit = auditOf(plan.startedAt, findings, { files });
  const { runId } = await recordAudit(history, audit, ({ findings: lived }) => ({
    alerts: [alertCalled(`chat-${String(day)}`)],
    held: { nightId: plan.id, alerts: [alertCalled(`held-${String(day)}`, 'mail')] },
    told: lived.map(
      ({ key, state }): Told => ({
        route: 'chat',
        accountId: ACCOUNT,
        key,
        stance: state,
        asOf: plan.startedAt,
        toldAt: plan.deadline,
      }),
    ),
    at: plan.deadline,
  }));
  const run = { id: runId, startedAt: plan.startedAt, finishedAt: plan.startedAt };
  await history.nights.settle(plan.id, ACCOUNT, { kind: 'audited', accountId: ACCOUNT, run, summary: HOSTILE });
  await history.nights.settle(plan.id, OTHER, { kind: 'failed', reason: HOSTILE });
  // Another account, where somebody has accepted what is found.
  const accepted = findingAbout('D', { accountId: OTHER, state: 'suppressed', firstSeen: night(1) });
  const suppressed = auditOf(plan.startedAt, [accepted], { accountId: OTHER });
  const expected = [
    {
      accountId: '333333333333',
      name: HOSTILE,
      group: null,
      status: 'failed' as const,
      reason: 'the role cannot be assumed',
      lastRead: null,
      droppedOut: true,
    },
  ];
  await history.record({ ...suppressed, expected }, (account) => account.findings);
  // The last night goes on.
  if (day < 3) await history.nights.finish(plan.id, { finishedAt: plan.deadline, expected, problem: null });
};

const deliverSome = async (history: HistoryStore): Promise<void> => {
  const lease = { holder: 'somebody', now: night(4), until: at('2026-03-04T02:36:00Z') };
  await history.outbox.claim('chat', lease);
  await history.outbox.settle('chat', {
    lease,
    delivered: ['chat-1'],
    dead: ['chat-2'],
    health: {
      failures: 2,
      failingSince: night(3),
      retryAt: night(5),
      deadSince: null,
      isReported: true,
      problem: HOSTILE,
      lastDelivery: night(2),
    },
    alerts: [],
  });
};

/** All that a history answers. */
export const answersOf = async (history: HistoryStore) => {
  const runs = await history.runs();
  const nights = [1, 2, 3].map(planOf);
  const accounts = [ACCOUNT, OTHER];
  return {
    runs,
    removals: await history.removals(),
    findings: await Promise.all(runs.map(({ id }) => history.findings(id))),
    snapshots: await Promise.all(
      runs.flatMap(({ id }) => accounts.map((accountId) => history.snapshot(id, accountId))),
    ),
    previous: await Promise.all(
      nights.flatMap(({ deadline }) => accounts.map((accountId) => history.previous(accountId, deadline))),
    ),
    standings: await history.outbox.standings(),
    latest: await history.nights.latest(),
    nights: await Promise.all(nights.map(({ id }) => history.nights.read(id))),
    account: await history.nights.account(planOf(3).id, ACCOUNT),
    before: await Promise.all(nights.map((plan) => history.nights.before(plan))),
    lastAudits: await history.nights.lastAudits(accounts, night(3)),
  };
};

/** What the next night makes of what is remembered: the lives of findings, what routes knew, and who may deliver. */
export const nextNight = async (history: HistoryStore) => {
  const known: (readonly Told[])[] = [];
  const next = planOf(4);
  const lived = await recordAudit(
    history,
    auditOf(next.startedAt, [findingAbout('B'), findingAbout('E')]),
    (_, told) => {
      known.push(told);
      return { alerts: [alertCalled('chat-4')], told: [], at: next.deadline };
    },
  );
  await history.nights.finish(planOf(3).id, { finishedAt: next.deadline, expected: [], problem: null });
  const lease = { now: night(4), until: night(5) };
  return {
    lived,
    known,
    held: await history.outbox.claim('chat', { ...lease, holder: 'another' }),
    taken: await history.outbox.claim('mail', { ...lease, holder: 'another' }),
    after: await answersOf(history),
  };
};
