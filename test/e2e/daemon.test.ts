import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runVigil } from './run-vigil.ts';
import { type StartedDaemon, startDaemon } from './start-daemon.ts';

let directory = '';
let daemons: StartedDaemon[] = [];
let servers: Server[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  writeFileSync(join(directory, 'small.yaml'), 'accountId: "123456789012"\nusers:\n  - { userName: ada }\n');
  configure();
});
afterEach(async () => {
  for (const daemon of daemons) daemon.kill('SIGKILL');
  await Promise.all(daemons.map(({ ended }) => ended));
  for (const server of servers) server.close();
  [daemons, servers] = [[], []];
  rmSync(directory, { recursive: true, force: true });
});

const SCHEDULE = "cron: '0 3 29 2 *'";

const configure = (groups = `[{ name: all, ${SCHEDULE} }]`, further = ''): void =>
  writeFileSync(
    join(directory, 'vigil.yaml'),
    `history: { file: h.sqlite }\nreport: { directory: reports, formats: [json] }\ndaemon: { groups: ${groups}, stopSeconds: 1 }\n${further}\n`,
  );

const start = async (
  args: readonly string[] = ['--emulated', 'small.yaml'],
  environment = {},
): Promise<StartedDaemon> => {
  const daemon = startDaemon(directory, args, environment);
  daemons.push(daemon);
  await daemon.said('group scheduled');
  return daemon;
};

const vigil = (...args: string[]) => runVigil(args, directory);

/** What there is of runs: those that are remembered, and those that have a report, each of which must be whole. */
const runs = async (): Promise<{ remembered: readonly string[]; reported: readonly string[] }> => {
  const remembered: { runs: readonly { id: string }[] } = existsSync(join(directory, 'h.sqlite'))
    ? JSON.parse((await vigil('runs', '--json')).stdout)
    : { runs: [] };
  const reports = join(directory, 'reports');
  const reported = (existsSync(reports) ? readdirSync(reports) : []).filter(
    (name) => !name.startsWith('.') && name !== 'index.html',
  );
  for (const run of reported) JSON.parse(readFileSync(join(reports, run, 'findings.json'), 'utf8'));
  return { remembered: remembered.runs.map(({ id }) => id).sort(), reported: reported.sort() };
};

/** Something that speaks with nobody: an account whose calls never end. */
const silentEndpoint = async (): Promise<{ endpoint: string; asked: Promise<void> }> => {
  let ask = (): void => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const server = createServer(() => ask());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

/** A route of alerts that answers once it is let to. */
const heldWebhook = async () => {
  let ask = (): void => {};
  let release = (): void => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer((_, response) => {
    ask();
    void released.then(() => response.end());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const secrets = 'url: { env: TEST_HOOK }, signingKey: { env: TEST_KEY }';
  configure(undefined, `alerts: { routes: [{ name: hook, channel: webhook, severity: info, ${secrets} }] }`);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { asked, release: () => release(), environment: { TEST_HOOK: url, TEST_KEY: 'the-key' } };
};

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'do-not-show', AWS_REGION: 'us-east-1' };

describe('a daemon', () => {
  it('audits when it is asked to, tells how it fares, and is one to a history', async () => {
    expect(await vigil('status')).toMatchObject({ exitCode: 6, stdout: expect.stringContaining('no daemon runs') });
    const daemon = await start();
    const ran = await vigil('run-now', 'all');
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^all: audit \S+ of 1 account: \d+ findings/),
    });
    expect(await vigil('run-now', 'some')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there are all'),
    });
    expect(await vigil('daemon', '--emulated')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('another daemon'),
    });
    const { exitCode, stdout } = await vigil('status', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      running: true,
      daemon: { processId: daemon.pid },
      groups: [{ name: 'all', activity: { kind: 'idle' }, lastSuccess: { auditId: (await runs()).remembered[0] } }],
    });
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect(await vigil('status')).toMatchObject({
      exitCode: 6,
      stdout: expect.stringMatching(/no daemon runs\n.*\n.*audit/),
    });
  });

  it('goes on after an audit that came to nothing, and says why', async () => {
    const { endpoint } = await silentEndpoint();
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    const daemon = await start(['--endpoint-url', endpoint], KEYS);
    expect(await vigil('run-now')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(endpoint) });
    expect(await vigil('status')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('last failure') });
    expect(JSON.stringify(daemon.log)).not.toContain('do-not-show');
  });

  it('takes a new configuration with SIGHUP, and keeps the old one where the new one is wrong', async () => {
    const daemon = await start();
    const groups = async (): Promise<readonly string[]> => {
      const told: { groups: readonly { name: string }[] } = JSON.parse((await vigil('status', '--json')).stdout);
      return told.groups.map(({ name }) => name);
    };
    configure(`[{ name: one, ${SCHEDULE} }, { name: two, ${SCHEDULE} }]`);
    daemon.kill('SIGHUP');
    await daemon.said('configuration reloaded');
    expect(await groups()).toEqual(['one', 'two']);
    configure("[{ name: broken, cron: 'never' }]");
    daemon.kill('SIGHUP');
    const refused = await daemon.said('configuration refused, the old one is kept');
    expect(String(refused['reasons'])).toContain('vigil.yaml:3:');
    writeFileSync(
      join(directory, 'vigil.yaml'),
      readFileSync(join(directory, 'vigil.yaml'), 'utf8').replace('never', '0 3 * * *'),
    );
    expect(await groups()).toEqual(['one', 'two']);
  });

  it('serves health, metrics and reports at its port', async () => {
    const port = 20_000 + (process.pid % 20_000);
    configure(undefined, `http: { port: ${port} }`);
    const daemon = await start();
    await vigil('run-now');
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    expect(await ask('/readyz')).toBe('ready\n');
    expect(await ask('/metrics')).toContain('vigil_runs_total{group="all",result="done"} 1');
    const [run = ''] = (await runs()).reported;
    expect(await ask('/reports/')).toContain(`${run}/findings.json`);
    expect(JSON.parse(await ask(`/reports/${run}/findings.json`))).toMatchObject({ run: { id: run } });
    daemon.kill('SIGINT');
    expect(await daemon.ended).toBe(0);
  });
});

describe('the end of a daemon', () => {
  it('abandons an audit that reads the account, and writes nothing of it', async () => {
    const { endpoint, asked } = await silentEndpoint();
    const daemon = await start(['--endpoint-url', endpoint], KEYS);
    const waiting = vigil('run-now');
    await asked;
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect(daemon.log.at(-1)).toMatchObject({ message: 'daemon stopped', abandoned: true });
    expect(await waiting).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('went away') });
    expect(await runs()).toEqual({ remembered: [], reported: [] });
  });

  it('comes at once with a second signal', async () => {
    const { endpoint, asked } = await silentEndpoint();
    writeFileSync(
      join(directory, 'vigil.yaml'),
      readFileSync(join(directory, 'vigil.yaml'), 'utf8').replace('stopSeconds: 1', 'stopSeconds: 3600'),
    );
    const daemon = await start(['--endpoint-url', endpoint], KEYS);
    void vigil('run-now');
    await asked;
    daemon.kill('SIGTERM');
    await daemon.said('daemon stops');
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toBeNull();
  });

  it('lets an audit that is written by then tell whom it concerns', async () => {
    const hook = await heldWebhook();
    const daemon = await start(undefined, hook.environment);
    const ran = vigil('run-now');
    await hook.asked;
    daemon.kill('SIGTERM');
    await daemon.said('daemon stops');
    hook.release();
    expect(await daemon.ended).toBe(0);
    expect(daemon.log.at(-1)).toMatchObject({ message: 'daemon stopped', abandoned: false });
    expect(await ran).toMatchObject({ exitCode: 0 });
    const { remembered, reported } = await runs();
    expect(remembered).toHaveLength(1);
    expect(reported).toEqual(remembered);
    expect(await daemon.said('alert sent')).toMatchObject({
      level: 'info',
      group: 'all',
      route: 'hook',
      auditId: remembered[0],
      accountId: '123456789012',
    });
  });

  it('leaves whole runs alone, or none, as soon as one began', async () => {
    const daemon = await start();
    void vigil('run-now');
    await daemon.said('run begins');
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    const { remembered, reported } = await runs();
    expect(reported).toEqual(remembered);
  });

  it.each([
    ['reads the account', silentEndpoint],
    ['tells whom it concerns', heldWebhook],
  ])('by kill -9, while one %s, lets one of two others start and audit', async (_, hold) => {
    const held = await hold();
    const isHook = 'environment' in held;
    const killed = isHook
      ? await start(undefined, held.environment)
      : await start(['--endpoint-url', held.endpoint], KEYS);
    void vigil('run-now');
    await held.asked;
    killed.kill('SIGKILL');
    await killed.ended;
    expect(await vigil('status')).toMatchObject({ exitCode: 6, stdout: expect.stringContaining('no daemon runs') });
    if (isHook) held.release();
    const environment = isHook ? held.environment : {};
    const both = [0, 1].map(() => startDaemon(directory, ['--emulated', 'small.yaml'], environment));
    daemons.push(...both);
    const refused = await Promise.any(
      both.map(async ({ ended }, index) => ({ exitCode: await ended, keeper: both[1 - index] })),
    );
    expect(refused.exitCode).toBe(2);
    await refused.keeper?.said('group scheduled');
    expect(await vigil('run-now')).toMatchObject({ exitCode: 0 });
    const { remembered, reported } = await runs();
    expect(reported).toEqual(remembered);
  });
});
