import { describe, expect, it } from 'vitest';
import { nameOfArn } from './finding-view.ts';
import { reportView } from './report-view.ts';
import { exampleCheckTexts, exampleReport, findingOf } from './testing/example-report.ts';

const [account] = exampleReport.accounts;
if (account === undefined) throw new Error('the example has an account');

describe('the view of a report', () => {
  it('is about an account by its alias, its id, or how many there are', () => {
    const subject = (...accounts: (typeof account)[]): string => reportView({ ...exampleReport, accounts }, []).subject;
    expect(subject(account)).toBe('acme-production');
    expect(subject({ ...account, alias: null })).toBe('123456789012');
    expect(subject(account, { ...account, accountId: '000000000042' })).toBe('2 accounts');
  });

  it('names first what could not be read, and what was not asked for only where a check wanted it', () => {
    const gapsOf = (...accounts: (typeof account)[]) =>
      reportView({ ...exampleReport, accounts }, []).gaps.map(({ label, statusLabel, affects, accounts: of }) => [
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
      ['Credential report and Access keys', 'Not read', ['a', 'b', 'c'], 'acme-test and acme-production'],
      refused,
    ]);
  });

  it('counts problems alone: neither what is unknown nor what is settled', () => {
    const { severities } = reportView(exampleReport, []).summary;
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
    expect(reportView(report, []).groups.map(({ id, count }) => [id, count])).toEqual([['unjudged', '1 finding']]);
  });

  it('says the guidance of a check once, and apart where the remediation differs', () => {
    const findings = [
      findingOf({ subject: { arn: 'a', type: 'User', id: '1', part: null } }),
      findingOf({ subject: { arn: 'b', type: 'User', id: '2', part: null } }),
      findingOf({ subject: { arn: 'c', type: 'User', id: '3', part: null }, remediation: ['Something else.'] }),
    ];
    const view = reportView({ ...exampleReport, findings }, exampleCheckTexts);
    expect(view.guides.map(({ remediation }) => remediation.length)).toEqual([2, 1]);
    expect(view.groups[0]?.findings.map(({ guide }) => guide.anchor)).toEqual(['guide-1', 'guide-1', 'guide-2']);
  });

  it('links to https references alone', () => {
    const guide = reportView(exampleReport, exampleCheckTexts).guides.find(
      ({ checkId }) => checkId === 'root-user-without-mfa',
    );
    expect(guide?.references).toEqual([
      {
        href: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
        label: 'docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
      },
    ]);
  });

  it('gives a finding the same anchor every night', () => {
    const anchors = [findingOf({}), findingOf({ state: 'worsened', evidence: {}, severity: 'low' })].map(
      (finding) => reportView({ ...exampleReport, findings: [finding] }, []).groups[0]?.findings[0]?.anchor,
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
