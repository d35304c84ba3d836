import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emailChannel } from '../alert/email-channel.ts';
import { loopbackHttp } from '../alert/testing/loopback-http.ts';
import { loopbackSmtp } from '../alert/testing/loopback-smtp.ts';
import { impatience } from '../alert/testing/patience.ts';
import { webhookChannel } from '../alert/webhook-channel.ts';
import { alertOf, NIGHT } from '../alert-content/testing/alert-builder.ts';
import { Secret } from '../kernel/secret.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { opened } from '../store/testing/history-example.ts';
import { drain, movableClock } from './testing/tested-outbox.ts';

let directory = '';
let history: HistoryStore;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-outbox-'));
  history = await opened(join(directory, 'history.sqlite'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await history.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Drains whenever something is due, until nothing waits; gives when it was tried, and what was said of each try. */
const drainUntilEmpty = async (channel: AlertChannel, clock: ReturnType<typeof movableClock>) => {
  await history.outbox.queue([alertOf({ route: 'night', id: 'the-same' })], NIGHT);
  const tries: string[] = [];
  for (;;) {
    const { events, nextAt } = await drain(history.outbox, [{ name: 'night', channel }], clock);
    const said = events.map((event) => (event.kind === 'failed' ? event.problem.message : event.kind));
    tries.push(`${clock.now().slice(11, 16)} ${said.join()}`);
    if (nextAt === null) return tries;
    clock.moveTo(nextAt);
  }
};

it('a webhook that throttles, breaks, hangs and cuts gets the alert in the end, with one id', async () => {
  const times = <T>(answer: T): readonly T[] => [answer, answer, answer, answer];
  const throttled = { status: 429, headers: { 'retry-after': '3600' } };
  const answers = [
    throttled,
    ...times({ status: 500 }),
    ...times('hang' as const),
    ...times('cut' as const),
    { status: 200 },
  ];
  const server = await loopbackHttp(answers);
  closing.push(server.close);
  const clock = movableClock(NIGHT);
  const target = { url: new Secret(server.url), signingKey: new Secret('key') };
  const channel = webhookChannel(target, { clock, ...impatience(200) });
  // It waits as long as it is asked to, then about 4, 16 and 64 minutes.
  expect(await drainUntilEmpty(channel, clock)).toEqual([
    '02:30 answered 429',
    '03:30 answered 500',
    '03:34 did not answer in time',
    expect.stringMatching(/^03:50 could not be reached/),
    '04:54 sent',
  ]);
  expect(server.received).toHaveLength(answers.length);
  expect(new Set(server.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['the-same']));
});

it('a mail server that is busy gets the mail in the end, once', async () => {
  const server = await loopbackSmtp({ answers: [451, 451, 451, 451, 250] });
  closing.push(server.close);
  const target = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    from: 'vigil@example.com',
    to: ['s@example.com'],
  } as const;
  expect(await drainUntilEmpty(emailChannel(target, impatience()), movableClock(NIGHT))).toEqual([
    expect.stringContaining('02:30 answered 451'),
    '02:31 sent',
  ]);
  expect(server.received).toHaveLength(1);
});

it('a mail server that is down gets the mail when it is up', async () => {
  const gone = await loopbackSmtp();
  await gone.close();
  const clock = movableClock(NIGHT);
  const target = {
    host: '127.0.0.1',
    port: gone.port,
    security: 'none',
    from: 'vigil@example.com',
    to: ['s@example.com'],
  } as const;
  await history.outbox.queue([alertOf({ route: 'night' })], NIGHT);
  const down = await drain(history.outbox, [{ name: 'night', channel: emailChannel(target, impatience()) }], clock);
  expect(down).toMatchObject({ sent: 0, failed: ['night'], nextAt: '2026-03-02T02:31:00Z' });
  const up = await loopbackSmtp();
  closing.push(up.close);
  clock.pass(60);
  const channel = emailChannel({ ...target, port: up.port }, impatience());
  expect(await drain(history.outbox, [{ name: 'night', channel }], clock)).toMatchObject({ sent: 1, nextAt: null });
});
