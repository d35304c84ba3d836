import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { deliverWaiting } from '../../src/cli/deliver-alerts.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Finding } from '../../src/finding/audit-report.ts';
import { toInstant } from '../../src/kernel/time.ts';
import type { Night } from '../../src/ports/night-store.ts';
import { opened } from '../../src/store/testing/history-example.ts';
import { startPostgres, type TestPostgres } from '../../src/store/testing/postgres-server.ts';
import { runVigil } from '../e2e/run-vigil.ts';
import { type StartedDaemon, startLogging } from '../e2e/start-daemon.ts';
import { alertServer } from './alert-server.ts';
import { accountIds, HUB, ODD, workedOrganization } from './organization-of-workers.ts';

// `npm run test:long` has 200 accounts audited by four workers, of which twenty are killed.
const ACCOUNTS = Number(process.env['VIGIL_ORGANIZATION_ACCOUNTS'] ?? 12);
const WORKERS = ACCOUNTS > 20 ? 4 : 3;
const KILLS = ACCOUNTS > 20 ? Math.ceil(ACCOUNTS / 10) : 2;
// Whoever is killed more often than this has bad luck, and is given up.
const RETRIES = ACCOUNTS > 20 ? 6 : 2;
const SEED = Number(process.env['VIGIL_ORGANIZATION_SEED'] ?? 9);
const MINUTE = 60_000;

let directory = '';
let server: TestPostgres;
const started = new Set<StartedDaemon>();
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-workers-'));
  server = await startPostgres();
});
afterEach(async () => {
  for (const one of started) killGroup(one);
  await Promise.all([...started].map(({ ended }) => ended));
  started.clear();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

const organizationFile = z.object({
  night: z.object({ id: z.string(), deadlinePassed: z.boolean() }),
  expected: z.array(z.looseObject({ accountId: z.string() })),
});

/** Ends a process and those that it started. */
const killGroup = ({ pid }: StartedDaemon): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // They have ended.
  }
};

/** Numbers from 0 up to 1, the same for the same seed. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

/** Settles when a daemon's run is done. */
const doneBy = async (daemon: StartedDaemon): Promise<void> => {
  const failed = daemon.said('run failed').then((line) => Promise.reject(new Error(JSON.stringify(line))));
  await Promise.race([daemon.said('run done'), failed]);
};

/** Looks until what is looked for is there. */
const until = async <T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> => {
  for (let tries = 0; tries < 20 * 600; tries += 1) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never seen: ${what}`);
};

it('two daemons and workers that are killed audit each account of an organization once and tell each finding once', {
  timeout: 60 * MINUTE,
}, async () => {
  const organization = await workedOrganization(ACCOUNTS);
  const alerts = await alertServer();
  const url = await server.freshDatabase();
  const database = new URL(url).pathname.slice(1);
  const administer = (sql: string) => server.administer(sql, database);
  const secrets = { HOOK: `${alerts.url}/all`, HOOK_KEY: 'key' };
  const environment = {
    ...secrets,
    VIGIL_HISTORY_URL: url,
    AWS_ACCESS_KEY_ID: HUB.accessKeyId,
    AWS_SECRET_ACCESS_KEY: HUB.secretAccessKey,
  };
  const reports = join(directory, 'reports');
  const configOf = (due: Date): string => `
aws: { endpointUrl: "${organization.endpoint}", region: us-east-1 }
accounts: { organization: { roleName: vigil-audit, externalId: ${HUB.externalId} } }
collect: { regions: [us-east-1], resources: false, lastAccessed: false, attribution: false }
history: { file: h.sqlite }
queue: { enabled: true, retries: ${String(RETRIES)}, retrySeconds: 1, heartbeatSeconds: 10 }
daemon: { stopSeconds: 1, groups: [{ name: nightly, cron: "${String(due.getUTCMinutes())} ${String(due.getUTCHours())} * * *" }] }
report: { directory: "${reports}", formats: [json] }
alerts: { routes: [{ name: all, channel: webhook, url: { env: HOOK }, signingKey: { env: HOOK_KEY }, severity: info }] }
`;

  /** A directory of its own for a process, with the configuration of a night, whose daemon has missed it. */
  const placeOf = (name: string, due: Date): string => {
    const place = join(directory, name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'vigil.yaml'), configOf(due));
    const since = toInstant(due.getTime() - MINUTE);
    const record = { name: 'nightly', since, lastSuccess: null, lastFailure: null, unfinished: 0, overdueTold: null };
    writeFileSync(join(place, 'h.sqlite.daemon.json'), JSON.stringify({ groups: [record] }));
    return place;
  };
  const start = (command: string, place: string): StartedDaemon => {
    const process = startLogging([command], place, environment);
    started.add(process);
    return process;
  };
  const history = await opened(url);
  onTestFinished(() => history.close());
  const nightAt = (due: Date) => `${due.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-nightly`;
  const floor = Math.floor(Date.now() / MINUTE) * MINUTE;
  const [firstDue, secondDue] = [new Date(floor - 2 * MINUTE), new Date(floor - MINUTE)];
  const [first, second] = [nightAt(firstDue), nightAt(secondDue)];
  const whole = async (nightId: string): Promise<Night> => {
    const night = await history.nights.read(nightId);
    if (night === null) throw new Error(`there is no night ${nightId}`);
    return night;
  };

  // The first night: nothing is killed.
  const workerPlace = placeOf('worker', firstDue);
  const workers = new Set(Array.from({ length: WORKERS }, () => start('worker', workerPlace)));
  const beginner = start('daemon', placeOf('one', firstDue));
  await doneBy(beginner);
  beginner.kill('SIGTERM');
  const firstIds = accountIds(ACCOUNTS, 1).filter((id) => id !== ODD.denied);
  expect(auditedIn(await whole(first))).toEqual(firstIds);
  // It was the night before.
  await administer(`UPDATE vigil.runs SET started_at = replace(started_at, left(started_at, 10), '2026-01-01')`);
  const toldFirst = alerts.taken.splice(0).map(({ alert }) => alert);

  // The second night, in a hurry.
  await organization.secondNight();
  organization.hold();
  const random = randomFrom(SEED);
  let kills = 0;
  let nextKill = 20 + Math.floor(random() * 60);
  let calls = 0;
  organization.onCall = () => {
    calls += 1;
    if (calls < nextKill || kills === KILLS) return;
    nextKill = calls + 10 + Math.floor(random() * 100);
    const victim = [...workers][Math.floor(random() * workers.size)];
    if (victim === undefined) return;
    kills += 1;
    workers.delete(victim);
    // With all that it started, or by itself.
    if (kills % 2 === 0) killGroup(victim);
    else victim.kill('SIGKILL');
    workers.add(start('worker', workerPlace));
  };
  const daemons = ['one', 'two'].map((name) => start('daemon', placeOf(name, secondDue)));
  const ids = accountIds(ACCOUNTS, 2);
  await until('all accounts but one', async () => (await history.nights.standing(second))?.waiting === 1);
  expect(kills).toBe(KILLS);
  // Where its worker was killed just before, another one has to take it over.
  await until('a worker that waits for the last account', async () => organization.isAwaited());

  // What would come at the deadline.
  await administer(
    `UPDATE vigil_queue.job SET start_after = now() WHERE name = 'organization-report' AND state = 'created'`,
  );
  await Promise.all(daemons.map(doneBy));
  const night = await whole(second);
  expect(auditedIn(night)).toEqual(ids.filter((id) => id !== ODD.denied && id !== ODD.stuck));
  const page = organizationFile.parse(JSON.parse(readFileSync(join(reports, second, 'organization.json'), 'utf8')));
  expect(page.night).toMatchObject({ id: second, deadlinePassed: true });
  const statuses = new Map(page.expected.map((one) => [one.accountId, one]));
  expect([...statuses.keys()].toSorted()).toEqual(accountIds(ACCOUNTS, 1).toSorted());
  expect(statuses.get(ODD.denied)).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/AccessDenied|not authorized/),
    lastRead: null,
    droppedOut: false,
  });
  expect(statuses.get(ODD.crawling)).toMatchObject({ status: 'collected', reason: null });
  expect(statuses.get(ODD.stuck)).toMatchObject({
    status: 'failed',
    reason: `its audit had not ended by ${night.deadline}, the deadline of the night`,
    lastRead: { runId: `${first}-${ODD.stuck}` },
    droppedOut: true,
  });
  expect(statuses.get(ODD.vanished)).toMatchObject({
    status: 'vanished',
    lastRead: { runId: `${first}-${ODD.vanished}` },
    droppedOut: true,
  });

  // It answers after all, too late for the report.
  organization.release();
  await until('the last account', async () => (await history.nights.standing(second))?.waiting === 0);
  const status = await runVigil(['status'], join(directory, 'one'), environment);
  expect(status.stdout).toContain(
    `night ${second}: ${String(ids.length - 1)} of ${String(ids.length)} accounts audited, 0 wait, 1 given up`,
  );
  expect(status.stdout).toMatch(new RegExp(`given up: ${ODD.denied}: .*(AccessDenied|not authorized)`));

  for (const one of [...workers, ...daemons]) one.kill('SIGTERM');
  await Promise.all([...workers, ...daemons].map(({ ended }) => ended));
  // What a worker that was killed had to deliver, the next one delivers when its lease is over.
  await administer(`UPDATE vigil.alert_routes SET held_until = '2026-01-01T00:00:00Z'`);
  Object.assign(process.env, secrets);
  const config = loadConfig({ name: 'vigil.yaml', text: configOf(secondDue) }, {});
  if (!config.ok) throw new Error(config.error.join('\n'));
  await deliverWaiting({ place: url, password: null }, config.value, {
    clock: { now: () => toInstant(Date.now()) },
    terminal: { say: () => {} },
  });
  const runs = await history.runs();
  const audits = runs.filter(({ id }) => id.startsWith(second)).flatMap(({ accounts }) => accounts);
  expect(audits.map(({ accountId }) => accountId).toSorted()).toEqual(ids.filter((id) => id !== ODD.denied));
  expect((await administer('SELECT id FROM vigil.nights ORDER BY id')).map(({ id }) => id)).toEqual([first, second]);
  expect(readdirSync(reports).filter((name) => name.endsWith('-nightly'))).toEqual([first, second]);

  const news: Finding[] = [];
  for (const { id } of runs.filter((run) => run.id.startsWith(second))) {
    news.push(...(await history.findings(id)).filter(({ state }) => state === 'new' || state === 'reopened'));
  }
  const across = news.filter(({ accountId }) => accountId === ODD.walking);
  expect(across.some(({ subject }) => subject.arn.endsWith(':user/walker'))).toBe(true);
  // The same alert again is known by its id.
  const arrived = [...new Map(alerts.taken.map(({ alert }) => [alert.id, alert])).values()];
  const told = arrived.flatMap(({ findings }) => findings);
  const keysOf = (wanted: readonly string[]) =>
    told.flatMap(({ key, transition }) => (wanted.includes(transition) ? [key] : [])).toSorted();

  expect(keysOf(['new', 'reopened'])).toEqual(news.map(({ key }) => key).toSorted());
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  const missing = [...toldFirst, ...arrived]
    .flatMap(({ notices }) => notices)
    .flatMap(({ kind, text }) => (kind === 'account-missing' ? [text.split(': ')[0]] : []));
  expect(missing).toEqual([
    '`account-001` could not be audited',
    '2 accounts are missing, for 2 reasons.',
    '`account-003` could not be audited',
    '`account-004` is no longer among the accounts that are audited',
  ]);
});

const auditedIn = ({ outcomes }: Night): readonly string[] =>
  [...outcomes].flatMap(([key, { kind }]) => (kind === 'audited' ? [key] : [])).toSorted();
