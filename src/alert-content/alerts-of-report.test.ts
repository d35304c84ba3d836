import { describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { exampleReport, findingOf } from '../report/testing/example-report.ts';
import { alertOfFailure, alertsOfReport } from './alerts-of-report.ts';
import { NIGHT } from './testing/alert-builder.ts';
import type { RouteFilter } from './told-item.ts';

const ACCOUNT = '123456789012';
const route = (differing: Partial<RouteFilter> = {}): RouteFilter => ({
  name: 'security',
  severity: 'info',
  categories: [],
  accounts: [],
  owners: [],
  resolved: false,
  gaps: false,
  ...differing,
});
const LINK = 'https://vigil.example.com/r/1/report.html';

const reportOf = (findings: readonly Finding[], baselineRunId: string | null, complete = true): AuditReport => {
  const coverage = [
    { source: 'authorization-details', status: 'read', detail: 'read', affects: [] },
    { source: 'organization', status: 'skipped', detail: 'not asked for', affects: [] },
    {
      source: 'credential-report',
      status: 'denied',
      detail: 'iam:GetCredentialReport was denied',
      affects: ['a', 'b'],
    },
  ] as const;
  return {
    ...exampleReport,
    run: { ...exampleReport.run, baselineRunId },
    accounts: [
      {
        accountId: ACCOUNT,
        alias: 'prod',
        collectedAt: NIGHT,
        complete,
        coverage: complete ? coverage.slice(0, 2) : coverage,
      },
    ],
    findings,
  };
};

const keyed = (key: string, differing: Partial<Finding>): Finding => ({ ...findingOf(differing), key });
const told = (findings: readonly Finding[], baseline: string | null, differing: Partial<RouteFilter> = {}) =>
  alertsOfReport(reportOf(findings, baseline), route(differing), LINK).flatMap(({ items }) =>
    items.map(({ key, transition }) => `${key} ${transition}`),
  );

const STATES = ['new', 'open', 'worsened', 'reopened', 'resolved', 'suppressed', 'not-evaluated'] as const;
const inEachState = STATES.map((state) => keyed(state, { state, checkId: `check-${state}` }));

describe('what a route is told', () => {
  it('is all that is open now where no earlier run is known', () => {
    expect(told(inEachState, null).sort()).toEqual(['new open', 'open open', 'reopened open', 'worsened open']);
  });

  it('is what came to pass since the run before', () => {
    expect(told(inEachState, 'before').sort()).toEqual(['new new', 'reopened reopened', 'worsened worsened']);
  });

  it('is what was resolved too where it wants that', () => {
    expect(told(inEachState, 'before', { resolved: true })).toContain('resolved resolved');
  });

  it('is never what could not be judged', () => {
    expect(told([keyed('x', { outcome: 'unknown', severity: 'info', state: 'new' })], 'before')).toEqual([]);
  });

  it('is nothing where nothing came to pass', () => {
    expect(alertsOfReport(reportOf([keyed('x', { state: 'open' })], 'before'), route(), LINK)).toEqual([]);
  });

  it.each<[string, Partial<RouteFilter>, readonly string[]]>([
    ['its severity and worse', { severity: 'high' }, ['a', 'b']],
    ['its categories', { categories: ['external'] }, ['b']],
    ['its owners', { owners: ['data'] }, ['c']],
    ['its accounts', { accounts: ['210987654321'] }, []],
  ])('keeps to %s', (_, filter, expected) => {
    const findings = [
      keyed('a', { severity: 'critical', state: 'new', owner: 'platform' }),
      keyed('b', { severity: 'high', state: 'new', category: 'external', owner: null }),
      keyed('c', { severity: 'medium', state: 'new', owner: 'data' }),
      keyed('d', { severity: 'low', state: 'new' }),
    ];
    expect(told(findings, 'before', filter)).toEqual(expected.map((key) => `${key} new`));
  });

  it('begins with the worst', () => {
    const findings = [
      keyed('low', { severity: 'low', state: 'new' }),
      keyed('critical', { severity: 'critical', state: 'new' }),
    ];
    expect(told(findings, 'before')).toEqual(['critical new', 'low new']);
  });

  it('has the statements of a path, the conditions, the owner, and a link to the finding', () => {
    const finding = exampleReport.findings.find(({ escalation }) => escalation !== undefined);
    if (finding === undefined) throw new Error('the example has a path');
    const [alert] = alertsOfReport(reportOf([{ ...finding, owner: 'ci' }], 'before'), route(), LINK);
    expect(alert?.items[0]).toMatchObject({
      who: { name: 'deploy-bot' },
      owner: 'ci',
      by: null,
      why: [
        '`iam:CreatePolicyVersion` is allowed by statement 1 of `arn:aws:iam::123456789012:policy/deploy`',
        'it holds where: The request comes from an address in 10.0.0.0/8.',
      ],
      link: expect.stringMatching(/^https:\/\/vigil\.example\.com\/r\/1\/report\.html#f-[0-9a-f]{12}$/),
    });
  });

  it('is what could not be read, but not what nobody asked for', () => {
    const alerts = alertsOfReport(reportOf([], 'before', false), route({ gaps: true }), LINK);
    expect(alerts.map(({ gaps }) => gaps)).toEqual([
      [{ source: 'credential-report', detail: 'iam:GetCredentialReport was denied', checks: 2 }],
    ]);
    expect(alertsOfReport(reportOf([], 'before', false), route(), LINK)).toEqual([]);
  });

  it('has the same id for the same run and another for another route', () => {
    const idOf = (name: string) => alertsOfReport(reportOf(inEachState, 'before'), route({ name }), LINK)[0]?.id;
    expect(idOf('a')).toBe(idOf('a'));
    expect(idOf('a')).not.toBe(idOf('b'));
  });
});

it('tells that an account could not be audited', () => {
  expect(alertOfFailure('sts:GetCallerIdentity was denied', route(), NIGHT)).toMatchObject({
    account: null,
    failure: 'sts:GetCallerIdentity was denied',
    items: [],
  });
});
