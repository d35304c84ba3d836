import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loopbackHttp } from '../alert/testing/loopback-http.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { daemonAlerts, routeStandings } from './daemon-alerts.ts';
import type { HistoryPlace } from './open-history.ts';

let directory = '';
let place: HistoryPlace;
const said: string[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-daemon-alerts-'));
  place = { place: join(directory, 'history.sqlite'), password: null };
  said.length = 0;
  vi.stubEnv('TEST_KEY', 'the-secret-key');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const config = (routes: string): Config => {
  const read = loadConfig({ name: 'vigil.yaml', text: `alerts: { routes: [${routes}] }` }, {});
  if (!read.ok) throw new Error(read.error.join());
  return read.value;
};
const HOOK = '{ name: hook, channel: webhook, url: { env: TEST_HOOK }, signingKey: { env: TEST_KEY } }';

const open = (routes: string) => daemonAlerts(place, () => config(routes), { say: (line) => void said.push(line) });

it('tells the routes what is wrong with the daemon', async () => {
  const server = await loopbackHttp([{ status: 200 }]);
  vi.stubEnv('TEST_HOOK', `${server.url}/hook`);
  await open(HOOK).tell('the audit of group `nightly` is overdue');
  await server.close();
  expect(server.received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { failure: 'the audit of group `nightly` is overdue' },
  ]);
  expect(await routeStandings(place)).toMatchObject([{ route: 'hook', delivered: 1, waiting: [] }]);
});

it('says what became of what a route refuses, without a secret', async () => {
  const server = await loopbackHttp([{ status: 404 }, { status: 200 }]);
  vi.stubEnv('TEST_HOOK', `${server.url}/hook`);
  const alerts = open(HOOK);
  await alerts.tell('first');
  await alerts.deliver();
  await server.close();
  expect(said.join('\n')).toContain('alert route hook: not sent');
  expect(said.join('\n')).not.toContain('the-secret-key');
  expect(await routeStandings(place)).toMatchObject([{ route: 'hook', delivered: 0 }]);
});

it('has nobody to tell where there is no route, and makes no history for that', async () => {
  const alerts = open('');
  await alerts.tell('overdue');
  await alerts.deliver();
  expect(await routeStandings(place)).toEqual([]);
  expect(said).toEqual([]);
});

it('says that a route lost its secret, tells by the others, and tells it too once it has its secret again', async () => {
  const server = await loopbackHttp([{ status: 200 }, { status: 200 }]);
  vi.stubEnv('TEST_HOOK', `${server.url}/hook`);
  const other = HOOK.replace('name: hook', 'name: other').replace('TEST_HOOK', 'TEST_OTHER');
  const alerts = open(`${other}, ${HOOK}`);
  await alerts.tell('overdue');
  expect(said).toEqual([
    'vigil: alert route `other`: the environment variable `TEST_OTHER` is not set',
    'vigil: alert route hook: sent',
  ]);
  vi.stubEnv('TEST_OTHER', `${server.url}/other`);
  await alerts.deliver();
  await server.close();
  expect(server.received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { failure: 'overdue' },
    { failure: 'overdue' },
  ]);
});
