import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { loopbackHttp } from '../alert/testing/loopback-http.ts';
import { at, opened } from '../store/testing/history-example.ts';
import { nightInOutbox, routeTold } from './testing/night-in-outbox.ts';
import { drain, hookAt, movableClock, testedChannel } from './testing/tested-outbox.ts';

let directory = '';
let server: Awaited<ReturnType<typeof loopbackHttp>>;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-outbox-'));
  server = await loopbackHttp([{ status: 200 }]);
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const script = fileURLToPath(new URL('testing/alert-and-die.ts', import.meta.url));
const clock = movableClock(at('2026-03-02T02:40:00Z'));
const FIRST = at('2026-03-01T02:30:00Z');
const SECOND = at('2026-03-02T02:30:00Z');
const ROUTES = ['chat', 'pager'];
const ended = z.object({ steps: z.number(), sent: z.number() });

/** Runs the process that alerts, and gives what it printed; null: it was killed. */
const alerting = (file: string, night: string, killAt = 0): Promise<z.infer<typeof ended> | null> =>
  new Promise((resolve, reject) => {
    const args = [script, file, server.url, night, String(killAt)];
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

it('is killed at any moment without losing an alert or telling anything twice in other words', {
  timeout: 600_000,
}, async () => {
  // A history in which a night was told already.
  const before = join(directory, 'before');
  const night = await opened(before);
  await nightInOutbox(night, FIRST, { users: ['A'], routes: ROUTES.map((route) => routeTold(route)) });
  const channels = ROUTES.map((route) => ({ name: route, ...testedChannel() }));
  await drain(night.outbox, channels, movableClock(FIRST));
  await night.close();
  const prepared = (name: string): string => {
    copyFileSync(before, join(directory, name));
    return join(directory, name);
  };
  const whole = await alerting(prepared('whole'), SECOND);
  const expected = arrivals();
  expect(whole?.sent).toBe(2);
  expect(expected.findings).toEqual(['/chat B new', '/pager B new']);
  const steps = whole?.steps ?? 0;
  expect(steps).toBeGreaterThan(60);
  let again = 0;
  for (let killAt = 1; killAt <= steps; killAt += 1) {
    const file = prepared(`killed-${String(killAt)}`);
    expect(await alerting(file, SECOND, killAt)).toBeNull();
    // The night is audited again when the lease of the one that died is over.
    const history = await opened(file);
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
