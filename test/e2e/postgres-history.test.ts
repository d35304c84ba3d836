import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startPostgres, type TestPostgres } from '../../src/store/testing/postgres-server.ts';
import { type Ran, runVigil } from './run-vigil.ts';
import { textsBelow, tracesIn } from './traces-of-secrets.ts';

let directory = '';
let server: TestPostgres;
let withPassword = '';
let withoutPassword = '';
let password = '';
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  server = await startPostgres();
  withPassword = await server.freshDatabase();
  const url = new URL(withPassword);
  password = decodeURIComponent(url.password);
  url.password = '';
  withoutPassword = url.href;
  writeFileSync(join(directory, 'vigil.yaml'), 'history: { password: { env: DATABASE_PASSWORD } }\n');
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

const said: Ran[] = [];
const vigil = async (args: readonly string[], environment: Record<string, string>): Promise<Ran> => {
  const ran = await runVigil(args, directory, environment);
  said.push(ran);
  return ran;
};

const audit = (night: string, names: readonly string[], further: readonly string[]): Promise<Ran> => {
  const users = names.map((name) => ({
    Path: '/',
    UserName: name,
    UserId: `AIDA${name}`,
    Arn: `arn:aws:iam::123456789012:user/${name}`,
    CreateDate: '2025-01-01T00:00:00Z',
    GroupList: [],
    AttachedManagedPolicies: [
      { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    UserPolicyList: [],
  }));
  const details = { UserDetailList: users, GroupDetailList: [], RoleDetailList: [], Policies: [] };
  writeFileSync(join(directory, `${night}.json`), JSON.stringify(details));
  const args = [
    '--authorization-details',
    `${night}.json`,
    '--now',
    `${night}T02:30:00Z`,
    '--out',
    night,
    '--evidence',
  ];
  return vigil(['audit', ...args, ...further], { DATABASE_PASSWORD: password });
};

const runsTold = z.object({ runs: z.array(z.object({ id: z.string() })) });

it('nights are remembered in a database and told by every command, without its password', {
  timeout: 120_000,
}, async () => {
  const remembered = ['--history', withoutPassword];
  expect(await audit('2026-03-01', ['alice'], remembered)).toMatchObject({ exitCode: 0, stderr: '' });
  const second = await audit('2026-03-02', ['alice', 'bob'], remembered);
  expect(second.stdout).toContain('since 20260301T023000Z');

  const fromEnvironment = { VIGIL_HISTORY_URL: withPassword, DATABASE_PASSWORD: password };
  const runs = await vigil(['runs', '--json'], fromEnvironment);
  expect(runsTold.parse(JSON.parse(runs.stdout)).runs.map(({ id }) => id)).toEqual([
    '20260302T023000Z',
    '20260301T023000Z',
  ]);
  expect((await vigil(['findings', '--state', 'new'], fromEnvironment)).stdout).toContain('bob');
  expect((await vigil(['diff', '20260301'], fromEnvironment)).stdout).toContain('appeared');
  expect((await vigil(['status'], fromEnvironment)).stdout).toContain('no daemon runs');

  // Nothing is said of progress, since nobody watches.
  const copied = await vigil(['copy-history', '--to', 'local.sqlite'], fromEnvironment);
  expect(copied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Copied 2 audits, '), stderr: '' });
  expect((await vigil(['runs', '--json', '--history', 'local.sqlite'], {})).stdout).toBe(runs.stdout);

  for (const given of [
    ['runs', '--history'],
    ['copy-history', '--to'],
    ['copy-history', '--from'],
  ]) {
    const seen = await vigil([...given, withPassword], {});
    expect(seen).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('others see the password') });
  }
  const refused = await vigil(['runs'], { VIGIL_HISTORY_URL: withoutPassword, DATABASE_PASSWORD: 'WRONG-PASSWORD' });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('password authentication failed') });

  const texts = new Map([
    ...textsBelow(directory, () => false),
    ...said.map(({ stdout, stderr }, index) => [`command ${String(index)}`, stdout + stderr] as const),
  ]);
  expect(tracesIn(texts, { password, wrong: 'WRONG-PASSWORD' })).toEqual([]);
  expect(readFileSync(join(directory, '2026-03-02', 'findings.json'), 'utf8')).toContain('bob');
});
