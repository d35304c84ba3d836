import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { loopbackHttp } from '../alert/testing/loopback-http.ts';
import { loadConfig } from '../config/config.ts';
import { bucketServer } from '../publish/testing/bucket-server.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, roleDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { openAuditAlerts } from './audit-alerts.ts';
import type { AuditOptions } from './audit-options.ts';
import { EXIT } from './exit-codes.ts';
import { runAlertCommand } from './run-alert-command.ts';
import { runAuditCommand } from './run-audit-command.ts';
import type { Terminal } from './terminal.ts';

const PATH = '/hook/the-secret-path';
const KEY = 'the-secret-key';
const alertBody = z.object({
  test: z.boolean(),
  account: z.object({ id: z.string() }).nullable(),
  failure: z.string().nullable(),
  link: z.string().nullable(),
  notices: z.array(z.object({ kind: z.string(), text: z.string() })),
  findings: z.array(z.object({ severity: z.string(), transition: z.string(), who: z.object({ name: z.string() }) })),
});

let directory: string;
let server: Awaited<ReturnType<typeof loopbackHttp>>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-alerts-'));
  server = await loopbackHttp([{ status: 200 }]);
  vi.stubEnv('TEST_HOOK_URL', `${server.url}${PATH}`);
  writeFileSync(join(directory, 'key'), `${KEY}\n`);
  saveRoles(['almighty']);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(directory, { recursive: true });
});

const saveRoles = (names: readonly string[]): void => {
  const RoleDetailList = names.map((name) =>
    roleDetail(name, { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: allow('*') }] }),
  );
  const saved = documents({ details: { RoleDetailList } });
  for (const [file, text] of printSnapshotFiles(saved)) writeFileSync(join(directory, file), text);
};

const configWith = (route: string): string => {
  const file = join(directory, 'vigil.yaml');
  const report = 'reportUrl: https://vigil.example.com/r/';
  const common = `channel: webhook, url: { env: TEST_HOOK_URL }, signingKey: { file: ${join(directory, 'key')} }`;
  const directoryOfReports = JSON.stringify(join(directory, 'reports'));
  writeFileSync(
    file,
    `alerts: { ${report}, routes: [{ name: hook, ${common}, ${route} }] }\nreport: { directory: ${directoryOfReports} }\n`,
  );
  return file;
};

const withTerminal = async (command: (terminal: Terminal) => Promise<number>) => {
  const said: string[] = [];
  const exitCode = await command({
    print: (line) => void said.push(line),
    say: (line) => void said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  const alerts = server.received.map(({ body }) => alertBody.parse(JSON.parse(body)));
  return { exitCode, said: said.join('\n'), alerts };
};

const test = (config: string, name = 'hook') =>
  withTerminal((terminal) => runAlertCommand({ config, test: name }, terminal));
const audit = (config: string, options: Partial<AuditOptions> = {}) =>
  withTerminal((terminal) =>
    runAuditCommand({ config, from: directory, alert: true, history: false, ...options }, terminal),
  );

describe('vigil alert --test', () => {
  it('sends a sample that says it is one', async () => {
    const { exitCode, said, alerts } = await test(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.done);
    expect(alerts.map((alert) => alert.test)).toEqual([true]);
    expect(said).toBe('vigil: alert route hook: sent about account 123456789012');
  });

  it('says which routes there are where there is no such one', async () => {
    const { exitCode, said } = await test(configWith('severity: high'), 'other');
    expect(exitCode).toBe(EXIT.usage);
    expect(said).toBe('vigil: there is no alert route `other`: there are `hook`');
  });

  it.each([
    ['is not set', '', 'the environment variable `TEST_HOOK_URL` is not set'],
    ['is no address', 'the-secret-path', 'what `TEST_HOOK_URL` holds must be an https address'],
    ['goes in the open', 'http://example.com/the-secret-path', 'what `TEST_HOOK_URL` holds must be an https address'],
  ])('is refused where the address %s, which is not shown', async (_, url, message) => {
    vi.stubEnv('TEST_HOOK_URL', url);
    const { exitCode, said } = await test(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.usage);
    expect(said).toBe(`vigil: alert route \`hook\`: ${message}`);
  });

  it('is refused for a route by owners where there are no owners', async () => {
    const { exitCode, said } = await test(configWith('owners: [data]'));
    expect([exitCode, said]).toEqual([
      EXIT.usage,
      'vigil: alert route `hook`: has `owners`, but `owners.rules` names none',
    ]);
  });

  it('ends with 5 and tells no secret where the route refuses', async () => {
    await server.close();
    server = await loopbackHttp([{ status: 403, body: KEY }]);
    vi.stubEnv('TEST_HOOK_URL', `${server.url}${PATH}`);
    const { exitCode, said } = await test(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.notAlerted);
    expect(said).toBe('vigil: alert route hook: not sent about account 123456789012: answered 403, tried once');
  });
});

describe('vigil audit --alert', () => {
  it('tells a route what is as bad as it asks for, with a link to the report of the run', async () => {
    const { exitCode, alerts, said } = await audit(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.done);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.findings.length).toBeGreaterThan(0);
    expect(alerts[0]?.findings.every(({ severity }) => severity === 'high' || severity === 'critical')).toBe(true);
    expect(alerts[0]?.findings.every(({ transition }) => transition === 'open')).toBe(true);
    expect(alerts[0]?.link).toMatch(/^https:\/\/vigil\.example\.com\/r\/\d{8}T\d{6}Z\/report\.html$/);
    expect(said).not.toContain(KEY);
    expect(said).not.toContain(PATH);
  });

  it('sends nothing about accounts that a route is not for', async () => {
    expect((await audit(configWith('accounts: ["210987654321"]'))).alerts).toEqual([]);
  });

  it('audits nothing where a route lacks its secret', async () => {
    vi.stubEnv('TEST_HOOK_URL', '');
    const { exitCode, said } = await audit(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.usage);
    expect(said).not.toContain('report.html');
  });

  it('ends with 5 where the audit is done and an alert did not arrive', async () => {
    await server.close();
    server = await loopbackHttp([{ status: 410 }]);
    vi.stubEnv('TEST_HOOK_URL', `${server.url}${PATH}`);
    const { exitCode, said } = await audit(configWith('severity: high'));
    expect(exitCode).toBe(EXIT.notAlerted);
    expect(said).toContain('report.html');
  });

  describe('with a history', () => {
    const night = (day: string): Partial<AuditOptions> => ({
      history: join(directory, 'history.sqlite'),
      now: at(`2026-01-0${day}T02:30:00Z`),
    });
    const arrivesFrom = async (...answers: Parameters<typeof loopbackHttp>[0]): Promise<void> => {
      await server.close();
      server = await loopbackHttp(answers);
      vi.stubEnv('TEST_HOOK_URL', `${server.url}${PATH}`);
    };

    it('tells only what came to pass since the night before, once there is one', async () => {
      const config = configWith('severity: high, gaps: false');
      expect((await audit(config, night('2'))).alerts).toHaveLength(1);
      // What `alerts` holds is all that has arrived so far.
      expect((await audit(config, night('3'))).alerts).toHaveLength(1);
      saveRoles(['almighty', 'second']);
      const { alerts } = await audit(config, night('4'));
      expect(alerts).toHaveLength(2);
      const told = alerts[1]?.findings.map(({ transition, who }) => `${transition} ${who.name}`) ?? [];
      expect([...new Set(told)]).toEqual(['new second']);
    });

    it('tells the same night but once, though it is audited twice', async () => {
      const config = configWith('severity: high');
      expect((await audit(config, night('2'))).alerts).toHaveLength(1);
      expect((await audit(config, night('2'))).alerts).toHaveLength(1);
    });

    it('keeps an alert that did not arrive, says so, and delivers it the next night', async () => {
      await arrivesFrom({ status: 503, headers: { 'retry-after': '3600' } });
      const config = configWith('severity: high, gaps: false');
      const first = await audit(config, night('2'));
      expect(first.exitCode).toBe(EXIT.notAlerted);
      expect(first.said).toContain('answered 503, tried once; it is kept, and tried again from 2 Jan 2026, 03:30 UTC');
      await arrivesFrom({ status: 200 });
      const second = await audit(config, night('3'));
      expect([second.exitCode, second.alerts.length]).toEqual([EXIT.done, 1]);
    });

    it('tells in the morning what was found in quiet hours, and does not call that a failure', async () => {
      const config = configWith('severity: high, gaps: false, quietHours: { from: "22:00", to: "07:00" }');
      expect(await audit(config, night('2'))).toMatchObject({ exitCode: EXIT.done, alerts: [] });
      const morning = { ...night('2'), now: at('2026-01-02T07:00:00Z') };
      expect((await audit(config, morning)).alerts).toHaveLength(1);
    });
  });

  it('tells that nothing could be audited', async () => {
    const config = loadConfig({ name: 'vigil.yaml', text: readFileSync(configWith('severity: high'), 'utf8') }, {});
    if (!config.ok) throw new Error(config.error.join());
    const { alerts } = await withTerminal(async (terminal) => {
      const opened = await openAuditAlerts({ alert: true }, config.value, terminal);
      if (opened.ok) await opened.value.ofFailure(['sts:GetCallerIdentity was denied']);
      return EXIT.done;
    });
    expect(alerts).toMatchObject([{ account: null, failure: 'sts:GetCallerIdentity was denied', findings: [] }]);
  });
});

describe('reports that do not arrive in a bucket', () => {
  it('are told to the routes after the audit, once, with the exit code; retention leaves what waits', async () => {
    const bucket = await bucketServer(() => 403);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEY);
    const place = `{ kind: s3, bucket: evidence, region: eu-west-1, endpointUrl: '${bucket.url}' }`;
    const config = configWith('severity: high');
    const text = readFileSync(config, 'utf8');
    const report = `, destinations: [${place}], maxRuns: 1, formats: [json] }\n`;
    writeFileSync(config, text.replace(/ \}\n$/, report));
    const history = join(directory, 'h.sqlite');
    const nights = ['2026-06-01T03:00:00Z', '2026-06-02T03:00:00Z'];
    const ran = [];
    for (const now of nights) ran.push(await audit(config, { history, now: at(now) }));
    await bucket.close();
    expect(ran.map(({ exitCode }) => exitCode)).toEqual([EXIT.notAlerted, EXIT.notAlerted]);
    const notices = ran.at(-1)?.alerts.flatMap((alert) => alert.notices) ?? [];
    expect(notices.filter(({ kind }) => kind === 'upload').map((notice) => notice.text)).toEqual([
      expect.stringMatching(
        /^Reports do not arrive at `s3:\/\/evidence\/` since 1 Jun 2026, 03:00 UTC: `findings.json: answered 403/,
      ),
    ]);
    expect(ran.map(({ said }) => said).join()).not.toContain(KEY);
    expect(readdirSync(join(directory, 'reports')).filter((name) => name.startsWith('2026'))).toHaveLength(2);
  });
});
