import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountChange } from '../../src/finding/account-change.ts';
import type { AuditReport, Finding } from '../../src/finding/audit-report.ts';
import { type Ran, runVigil } from './run-vigil.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A user with an inline policy that makes an administrator. */
const administrator = (name: string, id: string, condition?: object) => ({
  Path: '/',
  UserName: name,
  UserId: id,
  Arn: `arn:aws:iam::123456789012:user/${name}`,
  CreateDate: '2025-01-01T00:00:00Z',
  GroupList: [],
  AttachedManagedPolicies: [],
  UserPolicyList: [
    {
      PolicyName: 'all',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...(condition && { Condition: condition }) }],
      },
    },
  ],
});

const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

const audit = (night: string, users: readonly object[], further: readonly string[] = []): Promise<Ran> => {
  const details = { UserDetailList: users, GroupDetailList: [], RoleDetailList: [], Policies: [] };
  writeFileSync(join(directory, `${night}.json`), JSON.stringify(details));
  const args = ['--authorization-details', `${night}.json`, '--now', `${night}T02:30:00Z`, '--out', night];
  return runVigil(['audit', ...args, '--history', 'history.sqlite', ...further], directory);
};
const reportOf = (night: string): AuditReport =>
  JSON.parse(readFileSync(join(directory, night, 'findings.json'), 'utf8'));

/** The states of what is wrong with a user, by the user's unique id. */
const statesOf = (findings: readonly Finding[], id: string): readonly string[] => [
  ...new Set(
    findings.filter(({ subject, outcome }) => subject.id === id && outcome === 'fail').map(({ state }) => state),
  ),
];

it('remembers nights, tells what changed, and who was made anew', { timeout: 120_000 }, async () => {
  const first = await audit('2026-03-01', [administrator('alice', 'AIDAALICE1'), administrator('bob', 'AIDABOB')]);
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(first.stdout).toContain('A baseline: ');
  expect(reportOf('2026-03-01').run.baselineRunId).toBeNull();
  expect(statSync(join(directory, 'history.sqlite')).mode & 0o777).toBe(0o600);

  const gate = ['--fail-on', 'low', '--fail-on-new'];
  const quiet = await audit(
    '2026-03-02',
    [administrator('alice', 'AIDAALICE1'), administrator('bob', 'AIDABOB')],
    gate,
  );
  expect(quiet.exitCode).toBe(0);
  expect(quiet.stdout).toMatch(/ {2}0 new, \d+ open, 0 resolved since 20260301T023000Z\n/);

  const anew = await audit('2026-03-03', [administrator('alice', 'AIDAALICE2'), administrator('bob', 'AIDABOB')], gate);
  expect(anew.exitCode).toBe(1);
  const { run, findings } = reportOf('2026-03-03');
  expect(run.baselineRunId).toBe('20260302T023000Z');
  expect(statesOf(findings, 'AIDAALICE1')).toEqual(['resolved']);
  expect(statesOf(findings, 'AIDAALICE2')).toEqual(['new']);
  expect(statesOf(findings, 'AIDABOB')).toEqual(['open']);
  const bob = findings.find(({ subject, outcome }) => subject.id === 'AIDABOB' && outcome === 'fail');
  expect([bob?.firstSeen, bob?.lastSeen]).toEqual(['2026-03-01T02:30:00Z', '2026-03-03T02:30:00Z']);
});

it('gives the same bytes where the same night is audited again', { timeout: 60_000 }, async () => {
  const before = readFileSync(join(directory, '2026-03-03', 'findings.json'));
  const html = readFileSync(join(directory, '2026-03-03', 'report.html'));
  await audit('2026-03-03', [administrator('alice', 'AIDAALICE2'), administrator('bob', 'AIDABOB')]);
  expect(readFileSync(join(directory, '2026-03-03', 'findings.json')).equals(before)).toBe(true);
  expect(readFileSync(join(directory, '2026-03-03', 'report.html')).equals(html)).toBe(true);
});

it('tells of its nights afterwards', async () => {
  const vigil = (...args: string[]): Promise<Ran> => runVigil([...args, '--history', 'history.sqlite'], directory);
  const runs = await vigil('runs', '--json');
  const listed: { readonly runs: readonly { readonly id: string }[] } = JSON.parse(runs.stdout);
  expect(listed.runs.map(({ id }) => id)).toEqual(['20260303T023000Z', '20260302T023000Z', '20260301T023000Z']);
  const resolved: { readonly findings: readonly Finding[] } = JSON.parse(
    (await vigil('findings', '--state', 'resolved', '--json')).stdout,
  );
  expect([...new Set(resolved.findings.map(({ subject }) => subject.id))]).toEqual(['AIDAALICE1']);
  const difference = await vigil('diff', '20260301', '20260303', '--json');
  const { appeared, gone, worsened }: Record<string, readonly Finding[]> = JSON.parse(difference.stdout);
  expect(statesOf(appeared ?? [], 'AIDAALICE2')).toEqual(['new']);
  expect(gone?.length).toBe(appeared?.length);
  expect(worsened).toEqual([]);
  const { changes }: { readonly changes: readonly AccountChange[] } = JSON.parse(difference.stdout);
  const toldOf = (id: string) => changes.filter(({ subject }) => subject.id === id).map(({ kind }) => kind);
  expect([toldOf('AIDAALICE1'), toldOf('AIDAALICE2')]).toEqual([['deleted'], ['created']]);
  expect(changes.find(({ kind }) => kind === 'created')?.permissions?.gained[0]?.actions).toEqual(['*']);
  expect((await vigil('diff', '20260301', '20260303')).stdout).toContain(
    'changed   User alice was created; it gained *.\n',
  );
  expect((await vigil('diff', '2026')).stderr).toBe(
    'vigil: `2026` is how the ids of 3 audits begin; name one of them\n',
  );
  expect(await vigil('diff', 'never')).toMatchObject({ exitCode: 2, stdout: '' });
});

it('remembers a saved account only where it is told where', { timeout: 60_000 }, async () => {
  const args = ['audit', '--authorization-details', '2026-03-01.json', '--now', '2026-03-09T00:00:00Z'];
  expect((await runVigil([...args, '--out', 'plain'], directory)).stdout).not.toContain('baseline');
  const told = await runVigil(['runs'], directory);
  expect(told).toMatchObject({ exitCode: 2, stdout: '' });
  expect(told.stderr).toBe(
    `vigil: history: no audit is remembered yet: there is no \`${directory}/.local/state/iam-vigil/history.sqlite\`\n`,
  );
});

it('refuses a database of another kind, without telling its password', async () => {
  const args = ['audit', '--authorization-details', '2026-03-01.json'];
  const ran = await runVigil([...args, '--history', 'mysql://vigil:hunter2@db/vigil'], directory);
  expect(ran).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'vigil: history: a database at `mysql:` is not supported; name a file or a `postgres:` URL\n',
  });
});

it('tells what lost its condition as worsened', { timeout: 60_000 }, async () => {
  await audit('2026-03-04', [administrator('alice', 'AIDAALICE2', WITH_MFA), administrator('bob', 'AIDABOB')]);
  await audit('2026-03-05', [administrator('alice', 'AIDAALICE2'), administrator('bob', 'AIDABOB')]);
  expect(statesOf(reportOf('2026-03-05').findings, 'AIDAALICE2')).toContain('worsened');
});

it('never takes silence for good news', { timeout: 60_000 }, async () => {
  // Only groups were read: nobody knows what became of the users.
  const staff = { Path: '/', GroupName: 'staff', GroupId: 'AGPASTAFF', Arn: 'arn:aws:iam::123456789012:group/staff' };
  const details = { GroupDetailList: [{ ...staff, CreateDate: '2025-01-01T00:00:00Z' }], Policies: [] };
  writeFileSync(join(directory, 'groups.json'), JSON.stringify(details));
  const args = ['--authorization-details', 'groups.json', '--now', '2026-03-06T02:30:00Z', '--out', '2026-03-06'];
  const blind = await runVigil(['audit', ...args, '--history', 'history.sqlite'], directory);
  expect(blind.stdout).toMatch(/ 0 resolved, \d+ not evaluated since 20260305T023000Z\n/);
  expect(statesOf(reportOf('2026-03-06').findings, 'AIDABOB')).toEqual(['not-evaluated']);

  await audit('2026-03-07', [administrator('alice', 'AIDAALICE2'), administrator('bob', 'AIDABOB')]);
  const { findings } = reportOf('2026-03-07');
  expect(statesOf(findings, 'AIDABOB')).toEqual(['open']);
  expect(findings.find(({ subject }) => subject.id === 'AIDABOB')?.firstSeen).toBe('2026-03-01T02:30:00Z');
});
