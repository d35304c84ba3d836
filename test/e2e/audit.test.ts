import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { CATEGORIES } from '../../src/finding/check-result.ts';
import { type Ran, runVigil } from './run-vigil.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const REPORT_FILES = [
  'access-analyzer.csv',
  'access.csv',
  'accounts.csv',
  'columns.csv',
  'control-evidence.csv',
  'controls.csv',
  'coverage.csv',
  'credential-report.csv',
  'escalation-cuts.csv',
  'escalation-paths.csv',
  'external-access.csv',
  'findings.csv',
  'findings.json',
  'manifest.json',
  'policies.csv',
  'populations.csv',
  'principals.csv',
  'report.html',
  'unused-access.csv',
];
const NOW = '2026-06-01T03:00:00Z';

const filesOf = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));
const reportOf = (path: string): AuditReport => JSON.parse(readFileSync(join(path, 'findings.json'), 'utf8'));

describe('an audit of the demo account', () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runVigil(['audit', '--emulated', '--now', NOW, '--out', 'demo'], directory);
  }, 60_000);

  it('exits with 0 and leaves every report, readable by its owner alone', () => {
    expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' });
    const out = join(directory, 'demo');
    expect(readdirSync(out).sort()).toEqual(REPORT_FILES);
    expect(statSync(out).mode & 0o777).toBe(0o700);
    expect(REPORT_FILES.map((file) => statSync(join(out, file)).mode & 0o777)).toEqual(REPORT_FILES.map(() => 0o600));
  });

  it('finds something of every family, and reads the account whole', () => {
    const report = reportOf(join(directory, 'demo'));
    const families = new Set(
      report.findings.filter(({ outcome }) => outcome === 'fail').map(({ category }) => category),
    );
    expect([...families].sort()).toEqual([...CATEGORIES].sort());
    expect(report.accounts.map(({ complete }) => complete)).toEqual([true]);
  });

  it('says how many API calls it made, what is worst, and where the reports lie', () => {
    expect(ran.stdout).toMatch(/\d+ API calls, most of them iam:/);
    expect(ran.stdout).toContain('The 5 worst');
    expect(ran.stdout).toContain(join('demo', 'report.html'));
  });

  it('prints no colours into a pipe', () => {
    expect(ran.stdout).not.toContain('\u001b[');
  });

  it('gives the same bytes again, and from the collected snapshot too', async () => {
    await runVigil(['audit', '--emulated', '--now', NOW, '--out', 'again'], directory);
    expect(filesOf(join(directory, 'again'))).toEqual(filesOf(join(directory, 'demo')));
  });

  it('exits with 1 where there is a finding at the threshold, with 0 above all findings', async () => {
    const critical = await runVigil(['audit', '--emulated', '--out', 'c', '--fail-on', 'critical'], directory);
    expect(critical.exitCode).toBe(1);
  });
});

describe('an audit of what was collected', () => {
  it('finds the same as the live audit, at the time of collection', async () => {
    const collected = await runVigil(['collect', '--emulated', '--out', 'snapshot'], directory);
    expect(collected.exitCode).toBe(0);
    const { collectedAt } = JSON.parse(readFileSync(join(directory, 'snapshot', 'account.json'), 'utf8'));
    await runVigil(['audit', '--from', 'snapshot', '--out', 'saved'], directory);
    await runVigil(['audit', '--emulated', '--now', collectedAt, '--out', 'live'], directory);
    const keys = (out: string) => reportOf(join(directory, out)).findings.map(({ key, summary }) => [key, summary]);
    expect(keys('saved')).toEqual(keys('live'));
    expect(reportOf(join(directory, 'saved')).run.startedAt).toBe(collectedAt);
  });

  it('audits the authorization details alone, and says what is missing', async () => {
    const details = join('snapshot', 'authorization-details.json');
    const { exitCode } = await runVigil(
      ['audit', '--authorization-details', details, '--out', 'details', '--require-complete'],
      directory,
    );
    expect(exitCode).toBe(4);
    const [account] = reportOf(join(directory, 'details')).accounts;
    expect(account?.coverage.find(({ source }) => source === 'credential-report')?.status).toBe('skipped');
  });
});

describe('bad input', () => {
  const gaad = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  const role = {
    Path: '/',
    RoleName: 'r',
    RoleId: 'AROAEXAMPLEEXAMPLE012',
    Arn: 'arn:aws:iam::123456789012:role/r',
    CreateDate: '2026-01-01T00:00:00Z',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
  };
  const audit = (file: string, ...more: string[]): Promise<Ran> =>
    runVigil(['audit', '--authorization-details', file, ...more, '--out', 'bad'], directory);

  it.each([
    ['no JSON', '{"UserDetailList": [', 'bad.json'],
    ['empty', '', 'bad.json'],
    ['a credential report', 'user,arn,user_creation_time\n', 'bad.json'],
    ['JSON of something else', '{"Version": "2012-10-17", "Statement": []}', 'get-account-authorization-details'],
    ['authorization details of nobody', JSON.stringify(gaad), 'bad.json'],
    [
      'an entity without its ARN',
      JSON.stringify({ ...gaad, RoleDetailList: [{ ...role, Arn: 7 }] }),
      '/RoleDetailList/0/Arn',
    ],
  ])('refuses a file that is %s with exit code 2 and no report', async (_, text, named) => {
    writeFileSync(join(directory, 'bad.json'), text);
    const { exitCode, stdout, stderr } = await audit('bad.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(directory)).not.toContain('bad');
  });

  it('refuses a file that is not there, and one that is a directory', async () => {
    mkdirSync(join(directory, 'folder'), { recursive: true });
    for (const file of ['nowhere.json', 'folder']) {
      const { exitCode, stderr } = await audit(file);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(file);
    }
  });

  it('refuses a credential report without one of its columns, naming it', async () => {
    writeFileSync(join(directory, 'good.json'), JSON.stringify({ ...gaad, RoleDetailList: [role] }));
    writeFileSync(join(directory, 'report.csv'), 'user,arn\n<root_account>,arn:aws:iam::123456789012:root\n');
    const { exitCode, stderr } = await audit('good.json', '--credential-report', 'report.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('report.csv');
    expect(stderr).toContain('mfa_active');
  });

  it('audits half of the authorization details, and says that the rest is unknown', async () => {
    writeFileSync(join(directory, 'half.json'), JSON.stringify({ RoleDetailList: [role] }));
    const { exitCode } = await runVigil(['audit', '--authorization-details', 'half.json', '--out', 'half'], directory);
    expect(exitCode).toBe(0);
    const report = reportOf(join(directory, 'half'));
    expect(report.accounts[0]?.coverage.find(({ source }) => source === 'authorization-details')?.status).toBe(
      'partial',
    );
    const unknown = report.findings.filter(({ outcome }) => outcome === 'unknown').map(({ checkId }) => checkId);
    expect(unknown).toContain('user-policy-attached-directly');
  });

  it('grants nothing for a policy document of garbage, says that it cannot be judged, and goes on', async () => {
    const broken = {
      ...role,
      RolePolicyList: [{ PolicyName: 'p', PolicyDocument: '%%%{' }],
      AssumeRolePolicyDocument: 7,
    };
    writeFileSync(join(directory, 'garbage.json'), JSON.stringify({ ...gaad, RoleDetailList: [broken] }));
    const { exitCode } = await runVigil(
      ['audit', '--authorization-details', 'garbage.json', '--out', 'garbage'],
      directory,
    );
    expect(exitCode).toBe(0);
    const { findings } = reportOf(join(directory, 'garbage'));
    const ofRole = findings.filter(({ subject }) => subject.arn === role.Arn);
    expect(ofRole.filter(({ category, outcome }) => category === 'escalation' && outcome === 'fail')).toEqual([]);
    expect(ofRole.filter(({ outcome }) => outcome === 'unknown').map(({ checkId }) => checkId)).toContain(
      'principal-can-become-administrator',
    );
  });

  it('refuses an empty snapshot directory, and one that is a file', async () => {
    mkdirSync(join(directory, 'empty'), { recursive: true });
    writeFileSync(join(directory, 'file'), '');
    for (const from of ['empty', 'file', 'nowhere']) {
      const { exitCode, stderr } = await runVigil(['audit', '--from', from], directory);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(from);
    }
  });

  it('refuses an output directory that is a file, before it overwrites anything', async () => {
    writeFileSync(join(directory, 'taken'), 'mine');
    const { exitCode, stderr } = await runVigil(['audit', '--emulated', '--out', 'taken'], directory);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('taken');
    expect(readFileSync(join(directory, 'taken'), 'utf8')).toBe('mine');
  });

  it('refuses a configuration that names a check or an option that does not exist', async () => {
    writeFileSync(
      join(directory, 'v.yaml'),
      'checks:\n  disabled: [no-such-check]\n  options: { user-access-key-not-rotated: { days: 3 } }\n',
    );
    const { exitCode, stderr } = await runVigil(['audit', '--emulated', '--config', 'v.yaml'], directory);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no-such-check');
    expect(stderr).toContain('days');
  });
});
