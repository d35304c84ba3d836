import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loopbackHttp } from '../alert/testing/loopback-http.ts';
import { ENGINES, useEngine } from '../store/testing/engines.ts';
import { at, opened } from '../store/testing/history-example.ts';
import { nightInOutbox, routeTold } from './testing/night-in-outbox.ts';
import { drain, hookAt, movableClock, testedChannel } from './testing/tested-outbox.ts';

// `npm run test:long` kills before each step, otherwise some are left out.
const STRIDE = Number(process.env['VIGIL_KILL_STRIDE'] ?? 8);

let server: Awaited<ReturnType<typeof loopbackHttp>>;
beforeEach(async () => {
  server = await loopbackHttp([{ status: 200 }]);
});
afterEach(() => server.close());

const script = fileURLToPath(new URL('testing/alert-and-die.ts', import.meta.url));
const clock = movableClock(at('2026-03-02T02:40:00Z'));
const FIRST = at('2026-03-01T02:30:00Z');
const SECOND = at('2026-03-02T02:30:00Z');
const ROUTES = ['chat', 'pager'];
const ended = z.object({ steps: z.number(), sent: z.number(), afterSending: z.array(z.number()) });

/** Runs the process that alerts, and gives what it printed; null: it was killed. */
const alerting = (place: string, night: string, killAt = 0): Promise<z.infer<typeof ended> | null> =>
  new Promise((resolve, reject) => {
    const args = [script, place, server.url, night, String(killAt)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(ended.parse(JSON.parse(printed)));
      else reject(new Error(`ended with ${String(code)}`));
    });
  });

const received = z.object({ id: z.string(), findings: z.array(z.object({ key: z.string(), transition: z.string() })) });

/** What arrived since the last time: the ids by route, those that came twice once, and each finding with how it was told. */
const arrivals = () => {
  const alerts = server.received.splice(0).map(({ path, body }) => ({ path, ...received.parse(JSON.parse(body)) }));
  const unique = new Map(alerts.map((alert) => [`${alert.path} ${alert.id}`, alert]));
  const findings = [...unique.values()].flatMap(({ path, findings }) =>
    findings.map(({ key, transition }) => `${path} ${key.slice(-1)} ${transition}`),
  );
  return { ids: [...unique.keys()].sort(), findings: findings.sort(), mostTimes: alerts.length - unique.size };
};

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);

  it('is killed at any moment without losing an alert or telling anything twice in other words', {
    timeout: 600_000,
  }, async () => {
    // A history in which a night was told already.
    const before = await engine.newPlace();
    const night = await opened(before);
    await nightInOutbox(night, FIRST, { users: ['A'], routes: ROUTES.map((route) => routeTold(route)) });
    const channels = ROUTES.map((route) => ({ name: route, ...testedChannel() }));
    await drain(night.outbox, channels, movableClock(FIRST));
    await night.close();
    const whole = await alerting(await engine.copyOf(before), SECOND);
    const expected = arrivals();
    expect(whole?.sent).toBe(2);
    expect(expected.findings).toEqual(['/chat B new', '/pager B new']);
    const { steps = 0, afterSending = [] } = whole ?? {};
    expect(steps).toBeGreaterThan(50);
    let again = 0;
    for (let killAt = 1; killAt <= steps; killAt += 1) {
      if (killAt % STRIDE !== 0 && !afterSending.includes(killAt)) continue;
      const place = await engine.copyOf(before);
      expect(await alerting(place, SECOND, killAt)).toBeNull();
      // The night is audited again when the lease of the one that died is over.
      const history = await opened(place);
      await nightInOutbox(history, SECOND, { users: ['A', 'B'], routes: ROUTES.map((route) => routeTold(route)) });
      const routes = ROUTES.map((name) => ({ name, channel: hookAt(`${server.url}/${name}`, clock) }));
      await drain(history.outbox, routes, clock);
      await history.close();
      const { ids, findings, mostTimes } = arrivals();
      expect({ ids, findings }, `killed before step ${String(killAt)}`).toEqual({
        ids: expected.ids,
        findings: expected.findings,
      });
      again += mostTimes;
    }
    // Whoever dies between sending and writing it down sends again, with the same id.
    expect(again).toBeGreaterThan(0);
  });
});
