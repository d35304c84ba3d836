import { describe, expect, it } from 'vitest';
import { nameOfArn } from './name-of-arn.ts';
import { type ReportTexts, reportView } from './report-view.ts';
import { exampleReport, exampleTexts, findingOf } from './testing/example-report.ts';

const [account] = exampleReport.accounts;
if (account === undefined) throw new Error('the example has an account');

const NO_TEXTS: ReportTexts = { checks: [], methods: new Map() };

describe('the view of a report', () => {
  it('is about an account by its alias, its id, or how many there are', () => {
    const subject = (...accounts: (typeof account)[]): string =>
      reportView({ ...exampleReport, accounts }, NO_TEXTS).subject;
    expect(subject(account)).toBe('acme-production');
    expect(subject({ ...account, alias: null })).toBe('123456789012');
    expect(subject(account, { ...account, accountId: '000000000042' })).toBe('2 accounts');
  });

  it('names first what could not be read, and what was not asked for only where a check wanted it', () => {
    const gapsOf = (...accounts: (typeof account)[]) =>
      reportView({ ...exampleReport, accounts }, NO_TEXTS).gaps.map(({ label, statusLabel, affects, accounts: of }) => [
        label,
        statusLabel,
        affects,
        of,
      ]);
    const refused = ['MFA devices', 'Refused', ['user-without-mfa'], 'acme-production'];
    expect(gapsOf(account)).toEqual([refused]);
    const fromFiles: typeof account = {
      ...account,
      coverage: [
        { source: 'credential-report', status: 'skipped', detail: 'not given', affects: ['a', 'b'] },
        { source: 'access-keys', status: 'skipped', detail: 'not given', affects: ['b', 'c'] },
        { source: 'last-accessed', status: 'skipped', detail: 'not given', affects: [] },
      ],
    };
    expect(gapsOf(account, fromFiles, { ...fromFiles, accountId: '000000000042', alias: 'acme-test' })).toEqual([
      ['Credential report and access keys', 'Not read', ['a', 'b', 'c'], 'acme-test and acme-production'],
      refused,
    ]);
  });

  it('tells many refusals in one sentence', () => {
    const refused = (['credential-report', 'password-policy', 'mfa-devices'] as const).map((source) => ({
      source,
      status: 'denied' as const,
      detail: `AWS refused ${source}`,
      affects: [source, 'root-user-without-mfa'],
    }));
    const { gaps } = reportView({ ...exampleReport, accounts: [{ ...account, coverage: refused }] }, NO_TEXTS);
    expect(gaps).toEqual([
      {
        label: 'Credential report, password policy and MFA devices',
        statusLabel: 'Refused',
        detail: '',
        affects: ['credential-report', 'root-user-without-mfa', 'password-policy', 'mfa-devices'],
        affectsLabel: '4 checks could not judge everything',
        accounts: 'acme-production',
      },
    ]);
  });

  it('names the audit that it is compared with by its time, or by its id where that tells none', () => {
    const baseline = (baselineRunId: string | null): string | null =>
      reportView({ ...exampleReport, run: { ...exampleReport.run, baselineRunId } }, NO_TEXTS).run.baseline;
    expect(baseline('20260301T023000Z')).toBe('Audit of 1 Mar 2026, 02:30 UTC');
    expect(baseline('before-the-merger')).toBe('Audit of before-the-merger');
    expect(baseline(null)).toBeNull();
  });

  it('says beside the counts how many things could not be judged, so that zeros do not read as all clear', () => {
    const { total, unjudged } = reportView(
      { ...exampleReport, findings: [findingOf({ outcome: 'unknown', severity: 'info' })] },
      NO_TEXTS,
    ).summary;
    expect([total, unjudged]).toEqual([null, '1']);
  });

  it('counts problems alone: neither what is unknown nor what is settled', () => {
    const { severities } = reportView(exampleReport, NO_TEXTS).summary;
    expect(severities.map(({ severity, count }) => [severity, count])).toEqual([
      ['critical', '2'],
      ['high', '1'],
      ['medium', '1'],
      ['low', '4'],
      ['info', '0'],
    ]);
  });

  it('puts a finding that was not evaluated with what could not be judged', () => {
    const report = { ...exampleReport, findings: [findingOf({ state: 'not-evaluated' })] };
    expect(reportView(report, NO_TEXTS).groups.map(({ id, count }) => [id, count])).toEqual([
      ['unjudged', '1 finding'],
    ]);
  });

  it('says the guidance of a check once, and each remediation with the subjects that it mends', () => {
    const findings = [
      findingOf({ subject: { arn: 'a', type: 'User', id: '1', part: null } }),
      findingOf({ subject: { arn: 'b', type: 'User', id: '2', part: null } }),
      findingOf({ subject: { arn: 'c', type: 'User', id: '3', part: null }, remediation: ['Something else.'] }),
    ];
    const view = reportView({ ...exampleReport, findings }, exampleTexts);
    expect(view.guides.map(({ mendings }) => mendings.map(({ subjects, steps }) => [subjects, steps.length]))).toEqual([
      [
        ['a and b', 2],
        ['c', 1],
      ],
    ]);
    expect(view.groups[0]?.findings.map(({ guide }) => guide.mending)).toEqual(['guide-1-1', 'guide-1-1', 'guide-1-2']);
  });

  it('links to https references alone', () => {
    const guide = reportView(exampleReport, exampleTexts).guides.find(
      ({ checkId }) => checkId === 'root-user-without-mfa',
    );
    expect(guide?.references).toEqual([
      {
        href: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
        pieces: ['docs.aws.amazon.com/', 'IAM/', 'latest/', 'UserGuide/', 'enable-', 'mfa-', 'for-', 'root.html'],
      },
    ]);
  });

  it('gives a finding the same anchor every night', () => {
    const anchors = [findingOf({}), findingOf({ state: 'worsened', evidence: {}, severity: 'low' })].map(
      (finding) => reportView({ ...exampleReport, findings: [finding] }, NO_TEXTS).groups[0]?.findings[0]?.anchor,
    );
    expect(anchors[0]).toMatch(/^f-[0-9a-f]{12}$/);
    expect(anchors[1]).toBe(anchors[0]);
  });
});

describe('the name of an ARN', () => {
  it.each([
    ['arn:aws:iam::123456789012:user/alice', 'alice'],
    ['arn:aws:iam::123456789012:user/team/eu/alice', 'alice'],
    ['arn:aws:iam::123456789012:root', 'root user'],
    ["arn:aws:iam::123456789012:user/=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"],
    ['arn:aws:s3:::bucket', 'bucket'],
    ['no arn', 'no arn'],
  ])('%s is called %s', (arn, name) => {
    expect(nameOfArn(arn)).toBe(name);
  });
});
