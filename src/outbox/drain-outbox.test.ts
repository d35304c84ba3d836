import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertOf, itemOf, NIGHT } from '../alert-content/testing/alert-builder.ts';
import type { Alert } from '../finding/alert.ts';
import { addDays } from '../kernel/time.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { ENGINES, useEngine } from '../store/testing/engines.ts';
import { opened } from '../store/testing/history-example.ts';
import { type Answer, AT_ONCE, drain, movableClock, testedChannel } from './testing/tested-outbox.ts';

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);
  let place = '';
  let history: HistoryStore;
  beforeEach(async () => {
    place = await engine.newPlace();
    history = await opened(place);
  });
  afterEach(() => history.close());

  const queue = (...alerts: readonly Partial<Alert>[]) =>
    history.outbox.queue(
      alerts.map((alert) => alertOf({ route: 'chat', ...alert })),
      NIGHT,
    );
  const idsOf = (alerts: readonly Alert[]): readonly string[] => alerts.map(({ id }) => id);
  const standingOf = async (name: string) => (await history.outbox.standings()).find(({ route }) => route === name);

  describe('delivery', () => {
    it('takes the oldest first, and each once', async () => {
      await queue({ id: 'one' }, { id: 'two' });
      await queue({ id: 'two' }, { id: 'three' });
      const chat = testedChannel();
      const clock = movableClock(NIGHT);
      expect(await drain(history.outbox, [{ name: 'chat', ...chat }], clock)).toMatchObject({
        sent: 3,
        failed: [],
        nextAt: null,
      });
      expect(await drain(history.outbox, [{ name: 'chat', ...chat }], clock)).toMatchObject({ sent: 0 });
      expect(idsOf(chat.taken)).toEqual(['one', 'two', 'three']);
      expect(await standingOf('chat')).toMatchObject({ waiting: [], delivered: 3, dead: 0 });
    });

    it('gives an alert back as it was', async () => {
      const alert = alertOf({
        route: 'chat',
        items: [
          itemOf({
            account: { id: '123456789012', alias: null },
            by: { arn: 'a', at: NIGHT, request: 'r', sourceIp: null },
          }),
        ],
        gaps: [{ source: 'users', detail: '\u0000\ud800', checks: 1 }],
        notices: [{ kind: 'suppression', text: '__proto__' }],
      });
      await queue(alert);
      const chat = testedChannel();
      await drain(history.outbox, [{ name: 'chat', ...chat }], movableClock(NIGHT));
      expect(chat.taken).toEqual([alert]);
    });

    it('tries no further where a route cannot be reached, and again when its time has come', async () => {
      await queue({ id: 'one' }, { id: 'two' });
      let answer: Answer = { retryAfterSeconds: 600 };
      const chat = testedChannel(() => answer);
      const clock = movableClock(NIGHT);
      const routes = [{ name: 'chat', ...chat }];
      expect(await drain(history.outbox, routes, clock)).toMatchObject({
        sent: 0,
        failed: ['chat'],
        nextAt: '2026-03-02T02:40:00Z',
      });
      expect(chat.tries()).toBe(1);
      clock.pass(599);
      expect((await drain(history.outbox, routes, clock)).events).toEqual([
        { route: 'chat', kind: 'waits', count: 2, until: '2026-03-02T02:40:00Z' },
      ]);
      expect(chat.tries()).toBe(1);
      answer = 'takes';
      clock.pass(1);
      expect(await drain(history.outbox, routes, clock)).toMatchObject({ sent: 2, failed: [], nextAt: null });
      expect((await standingOf('chat'))?.health).toMatchObject({ failures: 0, failingSince: null, problem: null });
    });

    it('goes to the other routes where one fails', async () => {
      await queue({ id: 'one' }, { id: 'two', route: 'mail' });
      const [chat, mail] = [testedChannel(() => ({})), testedChannel()];
      const routes = [
        { name: 'chat', ...chat },
        { name: 'mail', ...mail },
      ];
      expect(await drain(history.outbox, routes, movableClock(NIGHT))).toMatchObject({ sent: 1, failed: ['chat'] });
    });

    it('is of one process at a time, until its lease ends', async () => {
      await queue({ id: 'one' });
      const until = at('2026-03-02T02:35:00Z');
      expect(await history.outbox.claim('chat', { holder: 'other', now: NIGHT, until })).toMatchObject({
        waiting: [{}],
      });
      const clock = movableClock(NIGHT);
      const chat = testedChannel();
      const first = await drain(history.outbox, [{ name: 'chat', ...chat }], clock);
      expect(first).toMatchObject({ sent: 0, failed: [], events: [{ kind: 'busy', route: 'chat' }] });
      clock.moveTo(until);
      expect(await drain(history.outbox, [{ name: 'chat', ...chat }], clock)).toMatchObject({ sent: 1 });
      // The one that was too slow has delivered it too: the same id, and it is told that the route is another's.
      const slow = await history.outbox.claim('chat', { holder: 'b', now: until, until: addDays(until, 1) });
      expect(slow?.waiting).toEqual([]);
    });

    it('sends nothing twice where two processes drain at once', async () => {
      await queue(...Array.from({ length: 20 }, (_, index) => ({ id: `alert-${String(index)}` })));
      const other = await opened(place);
      const chat = testedChannel();
      const routes = [{ name: 'chat', ...chat }];
      const clock = movableClock(NIGHT);
      await Promise.all([drain(history.outbox, routes, clock, 'a'), drain(other.outbox, routes, clock, 'b')]);
      await other.close();
      expect(chat.taken).toHaveLength(20);
      expect(new Set(idsOf(chat.taken)).size).toBe(20);
    });
  });

  describe('what a route refuses', () => {
    it('is given up where the route takes others', async () => {
      await queue({ id: 'poison' }, { id: 'good' });
      const chat = testedChannel(({ id }) =>
        id === 'poison' ? { kind: 'refused', message: 'answered 400' } : 'takes',
      );
      const { events, failed } = await drain(history.outbox, [{ name: 'chat', ...chat }], movableClock(NIGHT));
      expect(failed).toEqual(['chat']);
      expect(events.map(({ kind }) => kind)).toEqual(['sent', 'failed', 'given-up']);
      expect(await standingOf('chat')).toMatchObject({ waiting: [], delivered: 1, dead: 1, health: { failures: 0 } });
    });

    it('keeps nothing from the route that it would take, however much it refuses', async () => {
      await queue({ id: 'poison-1' }, { id: 'poison-2' }, { id: 'poison-3' }, { id: 'good' });
      const chat = testedChannel(({ id }) => (id === 'good' ? 'takes' : { kind: 'refused' }));
      const clock = movableClock(NIGHT);
      await drain(history.outbox, [{ name: 'chat', ...chat }], clock);
      expect(idsOf(chat.taken)).toEqual(['good']);
      expect((await standingOf('chat'))?.dead).toBe(2);
    });

    it('waits where the route takes nothing, which another route is told once an outage', async () => {
      await queue({ id: 'one' }, { id: 'two' }, { id: 'three' }, { id: 'four' });
      let answer: Answer = { kind: 'refused', message: 'answered 410' };
      const [chat, mail] = [testedChannel(() => answer), testedChannel()];
      const routes = [
        { name: 'chat', ...chat },
        { name: 'mail', ...mail },
      ];
      const clock = movableClock(NIGHT);
      const first = await drain(history.outbox, routes, clock);
      expect(first.events).toContainEqual({
        kind: 'dead',
        route: 'chat',
        since: NIGHT,
        problem: 'answered 410',
        toldTo: 'mail',
      });
      // The first two and the newest tell that it is the route and not the message.
      expect(chat.tries()).toBe(3);
      expect(mail.taken.map(({ notices }) => notices)).toEqual([
        [
          {
            kind: 'route-dead',
            text: 'The alert route `chat` takes no alerts since 2 Mar 2026, 02:30 UTC: `answered 410`. 4 alerts wait for it until somebody mends the route, some days at most.',
          },
        ],
      ]);
      clock.pass(3600);
      await drain(history.outbox, routes, clock);
      expect(mail.taken).toHaveLength(1);
      answer = 'takes';
      clock.pass(24 * 3600);
      const last = await drain(history.outbox, routes, clock);
      expect(last.events.map(({ kind }) => kind)).toEqual(['sent', 'back', 'sent', 'sent', 'sent']);
      expect(idsOf(chat.taken)).toEqual(['one', 'two', 'three', 'four']);
      // The next outage is told again.
      await queue({ id: 'five' });
      answer = { kind: 'refused' };
      await drain(history.outbox, routes, clock);
      expect(mail.taken).toHaveLength(2);
    });
  });

  describe('a route that cannot be reached', () => {
    it('is dead after a day, and what has waited for a week is given up', async () => {
      await queue({ id: 'old' });
      const [chat, mail] = [testedChannel(() => ({})), testedChannel()];
      const routes = [
        { name: 'chat', ...chat },
        { name: 'mail', ...mail },
      ];
      const clock = movableClock(NIGHT);
      await drain(history.outbox, routes, clock);
      clock.moveTo(addDays(NIGHT, 1));
      await drain(history.outbox, routes, clock);
      expect(mail.taken).toHaveLength(1);
      expect((await standingOf('chat'))?.health.deadSince).toBe(addDays(NIGHT, 1));
      clock.moveTo(addDays(NIGHT, 7));
      const { events } = await drain(history.outbox, routes, clock);
      expect(events).toEqual([{ route: 'chat', kind: 'given-up', count: 1, why: 'age' }]);
      expect(await standingOf('chat')).toMatchObject({ waiting: [], dead: 1 });
    });

    it('is said on its own where no other works', async () => {
      await queue({ id: 'one' });
      const chat = testedChannel(() => ({ kind: 'refused' }));
      const { events } = await drain(history.outbox, [{ name: 'chat', ...chat }], movableClock(NIGHT));
      expect(events).toContainEqual(expect.objectContaining({ kind: 'dead', toldTo: null }));
      // As soon as another works, it is told.
      const mail = testedChannel();
      await drain(
        history.outbox,
        [
          { name: 'chat', ...chat },
          { name: 'mail', ...mail },
        ],
        movableClock(NIGHT),
      );
      expect(mail.taken).toHaveLength(1);
    });
  });

  it('gives up what waits for a route that is no longer configured', async () => {
    await queue({ id: 'one' });
    const clock = movableClock(addDays(NIGHT, 6));
    expect(await drain(history.outbox, [], clock)).toMatchObject({ events: [], nextAt: null });
    clock.pass(24 * 3600);
    expect((await drain(history.outbox, [], clock)).events).toEqual([
      { route: 'chat', kind: 'given-up', count: 1, why: 'age' },
    ]);
  });

  describe('a digest', () => {
    const times = { ...AT_ONCE, digest: { at: { hour: 8, minute: 0 }, weekday: null } };

    it('is one message of what came to pass in all accounts, with the same id when it is sent again', async () => {
      await queue(
        { id: 'one', account: { id: '111111111111', alias: 'prod' }, items: [itemOf({ key: 'a', severity: 'high' })] },
        { id: 'two', account: { id: '222222222222', alias: 'dev' }, items: [itemOf({ key: 'b' })] },
      );
      let answer: Answer = {};
      const ids: string[] = [];
      const chat = testedChannel(({ id }) => {
        ids.push(id);
        return answer;
      });
      const routes = [{ name: 'chat', channel: chat.channel, times }];
      const clock = movableClock(NIGHT);
      expect(await drain(history.outbox, routes, clock)).toMatchObject({
        sent: 0,
        failed: [],
        nextAt: '2026-03-02T08:00:00Z',
      });
      clock.moveTo(at('2026-03-02T08:00:00Z'));
      await drain(history.outbox, routes, clock);
      answer = 'takes';
      clock.pass(60);
      await drain(history.outbox, routes, clock);
      expect(chat.taken).toMatchObject([
        {
          account: null,
          items: [
            { key: 'b', account: { alias: 'dev' } },
            { key: 'a', account: { alias: 'prod' } },
          ],
        },
      ]);
      expect(new Set(ids).size).toBe(1);
      expect(await standingOf('chat')).toMatchObject({ waiting: [], delivered: 2 });
    });
  });
});
