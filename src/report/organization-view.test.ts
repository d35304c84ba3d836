import { describe, expect, it } from 'vitest';
import { type AccountSummary, type OrganizationReport, organizationReport } from '../finding/organization-night.ts';
import {
  accountSummary,
  allPaths,
  expectedAccount,
  summarizedFinding,
  summarizedPath,
} from '../finding/testing/organization-builder.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { type OrganizationView, organizationView } from './organization-view.ts';
import { exampleFrameworks, exampleOrganization } from './testing/example-organization.ts';

const IDS = ['111111111111', '222222222222', '333333333333'] as const;

const reportOf = (
  accounts: readonly AccountSummary[],
  parts: Partial<Omit<OrganizationReport, 'accounts'>> = {},
): OrganizationReport => organizationReport({ ...exampleOrganization, expected: [], ...parts, accounts });

const viewOf = (...[accounts, parts]: Parameters<typeof reportOf>): OrganizationView =>
  organizationView(reportOf(accounts, parts), {
    frameworks: exampleFrameworks,
    pageOf: ({ runId }) => `../${runId}/report.html`,
  });

const textOf = (parts: readonly { readonly text: string }[]): string => parts.map(({ text }) => text).join('');

describe('the verdict about an organization', () => {
  it('says that all is well', () => {
    expect(viewOf(IDS.map((id) => accountSummary(id))).verdict).toBe(
      'All 3 accounts were audited. No problem was found. Since the audits before: nothing became better or worse.',
    );
  });

  it('says first what is missing, and that the deadline passed', () => {
    const deadline = at('2026-03-02T06:00:00Z');
    const { verdict } = viewOf([accountSummary(IDS[0], { findings: { critical: { open: 1 }, low: { new: 2 } } })], {
      night: { ...exampleOrganization.night, deadline, deadlinePassed: true },
      expected: [
        expectedAccount(IDS[1], { status: 'failed', reason: 'late' }),
        expectedAccount(IDS[2], { status: 'vanished', reason: 'gone' }),
        expectedAccount('444444444444', { status: 'skipped', reason: 'left out' }),
      ],
    });
    expect(verdict).toBe(
      '1 of 3 accounts was audited, 2 could not be. The deadline of 2 Mar 2026, 06:00 UTC passed before all were done. ' +
        'There are 3 problems in 1 account: 1 critical and 2 low. Since the audits before: 2 new.',
    );
  });

  it('counts no news of accounts that were audited for the first time', () => {
    const first = accountSummary(IDS[0], { news: null, baselineRunId: null, findings: { high: { new: 7 } } });
    const known = accountSummary(IDS[1], { findings: { high: { reopened: 1, worsened: 2, resolved: 3 } } });
    expect(viewOf([first, known]).verdict).toContain(
      'Since the audits before: 1 new, 2 worse and 3 resolved; 1 account was audited for the first time.',
    );
    expect(viewOf([first]).verdict).toContain('It was not audited before.');
  });

  it('says of a night without any account only that', () => {
    const { verdict, points, accounts } = viewOf([], {
      expected: [expectedAccount(null, { status: 'failed', reason: 'the organization could not be listed' })],
    });
    expect(verdict).toBe('No account was audited; 1 could not be.');
    expect([points, accounts.rows]).toEqual([[], []]);
  });
});

describe('what several accounts have', () => {
  const mfaOf = (accountId: string) =>
    summarizedFinding(accountId, { summary: `Users of ${accountId} sign in without MFA.` });

  it('is told once, where it differs by nothing but the account', () => {
    const { problems } = viewOf(
      IDS.map((id) => accountSummary(id, { worst: { total: 5, listed: [mfaOf(id), mfaOf(id)] } })),
    );
    expect(problems?.count).toBe('15 problems');
    expect(problems?.rows).toHaveLength(1);
    expect(problems?.rows[0]).toMatchObject({ accountCount: '3 accounts', accounts: { others: null } });
    expect(problems?.rows[0]?.accounts.links.map(({ accountId }) => accountId)).toEqual([...IDS]);
    expect(problems?.rows[0]?.href).toMatch(/^\.\.\/20260302T023000Z-111111111111\/report\.html#f-[0-9a-f]{12}$/);
  });

  it('comes by severity, then by how many accounts have it', () => {
    const severe = summarizedFinding(IDS[2], { severity: 'critical', summary: 'Grave.' });
    const { problems } = viewOf([
      accountSummary(IDS[0], {
        worst: { total: 2, listed: [summarizedFinding(IDS[0], { summary: 'One.' }), mfaOf(IDS[0])] },
      }),
      accountSummary(IDS[1], { worst: { total: 1, listed: [mfaOf(IDS[1])] } }),
      accountSummary(IDS[2], { worst: { total: 1, listed: [severe] } }),
    ]);
    expect(problems?.rows.map(({ sentence }) => textOf(sentence))).toEqual([
      'Grave.',
      `Users of ${IDS[0]} sign in without MFA.`,
      'One.',
    ]);
  });

  it('is apart where it leads elsewhere: paths between accounts come first, then the surest', () => {
    const across = (from: string, into: string) =>
      summarizedPath(from, { proof: 'derived', severity: 'high', reaches: into, into: { total: 1, listed: [into] } });
    const { paths } = viewOf([
      accountSummary(IDS[0], { paths: allPaths([summarizedPath(IDS[0]), across(IDS[0], IDS[1])]) }),
      accountSummary(IDS[1], { paths: allPaths([summarizedPath(IDS[1])]) }),
      accountSummary(IDS[2], { paths: allPaths([across(IDS[2], '999999999999')]) }),
    ]);
    expect(paths?.count).toBe('4 paths');
    expect(paths?.rows.map(({ into, accountCount }) => [into?.links[0]?.accountId ?? null, accountCount])).toEqual([
      [IDS[1], null],
      ['999999999999', null],
      [null, '2 accounts'],
    ]);
    // Of an account that is not of the night there is no page.
    expect(paths?.rows[1]?.into?.links[0]).toEqual({ label: '999999999999', accountId: '999999999999', href: null });
  });

  it('is apart where it is new, with who did it, but for an account that was audited for the first time', () => {
    const by = {
      arn: 'arn:aws:iam::111111111111:user/eve',
      at: at('2026-03-01T00:00:00Z'),
      request: 'iam:X',
      sourceIp: null,
    };
    const { paths } = viewOf([
      accountSummary(IDS[0], { paths: allPaths([summarizedPath(IDS[0], { state: 'new', by })]) }),
      accountSummary(IDS[1], { paths: allPaths([summarizedPath(IDS[1], { by })]) }),
      accountSummary(IDS[2], { paths: allPaths([summarizedPath(IDS[2], { state: 'new' })]), news: null }),
    ]);
    expect(paths?.rows.map(({ news, accountCount }) => [news, accountCount])).toEqual([
      [null, '2 accounts'],
      ['New', null],
    ]);
    expect(paths?.rows.map((row) => row.by?.request ?? null)).toEqual([null, 'iam:X']);
  });

  it('says how much is not shown', () => {
    const many = Array.from({ length: 60 }, (_, index) => summarizedPath(IDS[0], { summary: `Way ${index}.` }));
    const { paths } = viewOf([accountSummary(IDS[0], { paths: { ...allPaths(many), total: 600 } })]);
    expect(paths?.rows).toHaveLength(40);
    expect(paths?.others).toContain('20 more are not shown here: organization-paths.csv');
    expect(paths?.count).toBe('600 paths');
  });
});

describe('what changed in an organization', () => {
  it('names new administrators once for all accounts, and counts changes by kind', () => {
    const news = (id: string): AccountSummary['news'] => ({
      administrators: { total: 1, listed: [{ arn: `arn:aws:iam::${id}:role/ops/breakglass`, by: null }] },
      external: { total: 0, listed: [] },
      changes: { tags: 2, permissions: 1 },
    });
    const view = viewOf([
      ...IDS.slice(0, 2).map((id) => accountSummary(id, { news: news(id) })),
      accountSummary(IDS[2], { news: null, baselineRunId: null }),
    ]);
    expect(view.news?.compared).toBe('Since the audit of each account before; 2 of 3 accounts have one.');
    expect(view.news?.administrators?.rows.map(({ sentence }) => textOf(sentence))).toEqual([
      'Role breakglass is an administrator now.',
    ]);
    expect(view.news?.kinds).toEqual([
      { label: 'Effective permissions', changes: '2', accounts: '2' },
      { label: 'Tags', changes: '4', accounts: '2' },
    ]);
    expect(view.points.map(({ headline, detail }) => `${headline}: ${detail}`)).toEqual([
      '2 users and roles have become administrator: breakglass of 2 accounts.',
    ]);
  });

  it('is nothing where no account was audited before', () => {
    expect(viewOf([accountSummary(IDS[0], { news: null, baselineRunId: null })]).news).toBeNull();
  });
});

describe('controls across accounts', () => {
  const standing = (fail: readonly string[], pass: readonly string[]): AccountSummary['frameworks'] => [
    { framework: 'cis-aws-7.0', controls: { fail, pass, unknown: [], manual: [], 'not-evaluated': [] } },
  ];

  it('are counted by status in the order of the framework, with links to what fails', () => {
    const { frameworks } = viewOf([
      accountSummary(IDS[0], { frameworks: standing(['2.10'], ['2.4']) }),
      accountSummary(IDS[1], { frameworks: standing([], ['2.10', '2.4']) }),
    ]);
    expect(frameworks.map(({ framework, verdict }) => [framework, verdict])).toEqual([
      ['cis-aws-7.0', '1 of 2 controls fails somewhere'],
    ]);
    const [first, second] = frameworks[0]?.rows ?? [];
    expect([first?.control, first?.cells.map(({ count }) => count)]).toEqual(['2.4', ['0', '0', '2', '0', '0']]);
    expect([second?.control, second?.cells.map(({ count }) => count)]).toEqual(['2.10', ['1', '0', '1', '0', '0']]);
    expect(second?.failing?.links.map(({ href }) => href)).toEqual([
      '../20260302T023000Z-111111111111/report.html#q=cis-aws-7.0%3A2.10',
    ]);
  });
});

describe('coverage of an organization', () => {
  it('tells a gap of several accounts once, that of most accounts first', () => {
    const gap = (source: 'mfa-devices' | 'password-policy') =>
      ({ source, status: 'denied', detail: 'AccessDenied', checks: 1 }) as const;
    const { coverage } = viewOf([
      accountSummary(IDS[0], { complete: false, gaps: [gap('password-policy'), gap('mfa-devices')] }),
      accountSummary(IDS[1], { complete: false, gaps: [gap('mfa-devices')] }),
    ]);
    expect(coverage.gaps.map(({ label, accountCount }) => [label, accountCount])).toEqual([
      ['MFA devices', '2 accounts'],
      ['Password policy', '1 account'],
    ]);
  });
});
