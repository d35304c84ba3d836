import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import type { AccountChange } from './account-change.ts';
import type { AuditReport, Finding, PrincipalSummary } from './audit-report.ts';
import type { ControlResult, ControlStatus } from './control-result.ts';
import { parseAccountSummary } from './stored-account-summary.ts';
import { summarizeAccount } from './summarize-account.ts';
import { finding } from './testing/finding-builder.ts';

const ACCOUNT = '123456789012';
const OTHER = '999999999999';
const NOW = at('2026-03-02T02:30:00Z');
const role = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;

const report = (parts: Partial<AuditReport> = {}, baselineRunId: string | null = 'before'): AuditReport => ({
  schemaVersion: '1.0',
  run: {
    id: `20260302T023000Z-${ACCOUNT}`,
    startedAt: NOW,
    finishedAt: NOW,
    vigilVersion: '0.1.0',
    referenceDate: '2026-02-20',
    baselineRunId,
  },
  accounts: [{ accountId: ACCOUNT, alias: 'acme', collectedAt: NOW, complete: true, coverage: [] }],
  principals: [],
  findings: [],
  ...parts,
});

let made = 0;
const problem = (parts: Partial<Finding> = {}): Finding => {
  made += 1;
  return finding({
    subject: { arn: role(`role-${made}`), type: 'Role', id: `AROA${made}`, part: null },
    state: 'open',
    ...parts,
  });
};

const path = (proof: 'proven' | 'derived' | 'conditional', parts: Partial<Finding> = {}): Finding =>
  problem({
    checkId: 'principal-can-become-administrator',
    category: 'escalation',
    severity: 'critical',
    escalation: { reaches: 'administrator', proof, steps: [] },
    ...parts,
  });

const crossing = (into: string, parts: Partial<Finding> = {}): Finding =>
  path('derived', {
    escalation: {
      reaches: role('deployer', into),
      proof: 'derived',
      steps: [{ method: 'sts-001', from: role('runner'), to: role('deployer', into), requests: [] }],
    },
    ...parts,
  });

describe('the summary of an account', () => {
  it('counts what is wrong or was by severity and state, and apart from it what could not be judged', () => {
    const { findings, unjudged } = summarizeAccount(
      report({
        findings: [
          problem({ severity: 'high', state: 'new' }),
          problem({ severity: 'high', state: 'new' }),
          problem({ severity: 'low', state: 'resolved' }),
          problem({ severity: 'low', state: 'not-evaluated' }),
          problem({ severity: 'info', outcome: 'unknown', state: 'not-evaluated' }),
          problem({ severity: 'info', outcome: 'unknown', state: 'suppressed' }),
        ],
      }),
      [],
    );
    expect(findings).toEqual({ high: { new: 2 }, low: { resolved: 1, 'not-evaluated': 1 } });
    expect(unjudged).toBe(2);
  });

  it('counts principals, administrators, and those who can become one', () => {
    const principal = (parts: Partial<PrincipalSummary>): PrincipalSummary => ({
      arn: role('x'),
      type: 'role',
      administrator: 'no',
      escalates: 'no',
      ...parts,
    });
    const principals = [
      principal({ administrator: 'yes' }),
      principal({ administrator: 'yes', type: 'root' }),
      principal({ administrator: 'conditional' }),
      principal({ escalates: 'yes' }),
      principal({ escalates: 'conditional' }),
    ];
    expect(summarizeAccount(report({ principals }), [])).toMatchObject({
      principals: 5,
      administrators: 2,
      escalating: { surely: 1, conditionally: 1 },
    });
  });

  it('tells paths into other accounts first, then the surest, and counts them all', () => {
    const conditional = path('conditional', { severity: 'high' });
    const derived = path('derived');
    const proven = path('proven');
    const across = crossing(OTHER);
    const further = path('proven', { evidence: { otherAccounts: [OTHER, '888888888888'] } });
    const { paths } = summarizeAccount(report({ findings: [conditional, derived, proven, across, further] }), []);
    expect(paths.listed.map(({ key }) => key)).toEqual(
      [further, across, proven, derived, conditional].map((p) => p.key),
    );
    expect(paths.listed.map(({ into }) => into.listed)).toEqual([[OTHER, '888888888888'], [OTHER], [], [], []]);
    expect(paths).toMatchObject({
      total: 5,
      crossing: 2,
      byProof: { proven: 2, derived: 2, conditional: 1 },
    });
  });

  it('tells a path to a crown jewel of another account, though its ARN does not say so', () => {
    const bucket = path('derived', {
      evidence: { account: OTHER },
      escalation: { reaches: 'arn:aws:s3:::salaries', proof: 'derived', steps: [] },
    });
    const { paths } = summarizeAccount(report({ findings: [bucket] }), []);
    expect(paths).toMatchObject({ total: 1, crossing: 1, listed: [{ into: { listed: [OTHER] } }] });
  });

  it('calls a path conditional that hangs on conditions, however it was found', () => {
    const { paths } = summarizeAccount(
      report({ findings: [path('proven', { conditions: { text: 'With MFA.', formula: {} } })] }),
      [],
    );
    expect(paths.listed.map(({ proof }) => proof)).toEqual(['conditional']);
  });

  it('leaves out paths that are resolved, accepted or not evaluated, and those to something less than administrator', () => {
    const jewel = path('proven', { escalation: { reaches: role('payroll'), proof: 'proven', steps: [] } });
    const { paths, worst } = summarizeAccount(
      report({
        findings: [
          path('proven', { state: 'resolved' }),
          path('proven', { state: 'suppressed' }),
          path('proven', { state: 'not-evaluated' }),
          jewel,
        ],
      }),
      [],
    );
    expect(paths.total).toBe(0);
    expect(worst.listed.map(({ key }) => key)).toEqual([jewel.key]);
  });

  it('lists a few of the worst problems and says how many there are', () => {
    const findings = [
      ...Array.from({ length: 30 }, () => problem({ severity: 'low' })),
      problem({ severity: 'critical', checkId: 'grave' }),
    ];
    const { worst } = summarizeAccount(report({ findings }), []);
    expect(worst.total).toBe(31);
    expect(worst.listed).toHaveLength(8);
    expect(worst.listed[0]).toMatchObject({ checkId: 'grave', severity: 'critical' });
  });

  it('names the sources that checks wanted and that were not read whole', () => {
    const [account] = report().accounts;
    const { gaps } = summarizeAccount(
      report({
        accounts: [
          {
            ...(account ?? expect.fail()),
            complete: false,
            coverage: [
              { source: 'authorization-details', status: 'read', detail: '', affects: [] },
              { source: 'mfa-devices', status: 'denied', detail: 'AccessDenied', affects: ['a', 'b'] },
              { source: 'last-accessed', status: 'skipped', detail: 'not asked for', affects: [] },
            ],
          },
        ],
      }),
      [],
    );
    expect(gaps).toEqual([{ source: 'mfa-devices', status: 'denied', detail: 'AccessDenied', checks: 2 }]);
  });

  it('sorts the controls of each framework by their status', () => {
    const control = (id: string, status: ControlStatus, accountId = ACCOUNT): ControlResult => ({
      accountId,
      framework: 'cis',
      control: id,
      title: '',
      assessment: 'automated',
      status,
      failed: 0,
      passed: 0,
      unknown: 0,
      checks: [],
    });
    const controls = [
      control('1.1', 'fail'),
      control('1.10', 'pass'),
      control('1.2', 'fail'),
      control('9', 'fail', OTHER),
    ];
    expect(summarizeAccount(report(), controls).frameworks).toEqual([
      {
        framework: 'cis',
        controls: { fail: ['1.1', '1.2'], pass: ['1.10'], unknown: [], manual: [], 'not-evaluated': [] },
      },
    ]);
  });
});

describe('what is new of an account', () => {
  const actor = { arn: role('ci'), at: NOW, request: 'iam:AttachRolePolicy', sourceIp: '192.0.2.1' };
  const change = (parts: Partial<AccountChange>): AccountChange => ({
    accountId: ACCOUNT,
    kind: 'permissions',
    subject: { arn: role('admin'), type: 'Role', id: 'AROAADMIN', part: null },
    before: null,
    after: null,
    by: [],
    ...parts,
  });
  const gained = {
    gained: [
      {
        service: 'iam',
        accessLevel: 'Permissions management',
        actions: ['iam:*'],
        change: 'action',
        conditional: false,
      },
    ],
    lost: [],
  } as const;
  const principals: readonly PrincipalSummary[] = [
    { arn: role('admin'), type: 'role', administrator: 'yes', escalates: 'no' },
    { arn: role('old-admin'), type: 'role', administrator: 'yes', escalates: 'no' },
    { arn: role('reader'), type: 'role', administrator: 'no', escalates: 'no' },
  ];

  it('is not told where there is no audit before', () => {
    expect(summarizeAccount(report({ changes: [] }, null), []).news).toBeNull();
  });

  it('names the administrators who may do more than before, once each, with who did it', () => {
    const changes = [
      change({ permissions: gained, by: [actor] }),
      change({ kind: 'created', permissions: gained }),
      change({ kind: 'tags', subject: { arn: role('old-admin'), type: 'Role', id: 'AROAOLD', part: 'team' } }),
      change({ subject: { arn: role('reader'), type: 'Role', id: 'AROAREADER', part: null }, permissions: gained }),
    ];
    const { news } = summarizeAccount(report({ principals, changes }), []);
    expect(news?.administrators).toEqual({ total: 1, listed: [{ arn: role('admin'), by: actor }] });
    expect(news?.changes).toEqual({ permissions: 2, created: 1, tags: 1 });
  });

  it('tells access from outside that is new, there again or worse, and says where nothing could be compared', () => {
    const external = { principal: '*', kind: 'public', resource: role('open'), actions: ['sts:AssumeRole'] } as const;
    const findings = (['new', 'reopened', 'worsened', 'open', 'resolved', 'suppressed'] as const).map((state) =>
      problem({ category: 'external', external, state, by: [actor] }),
    );
    const { news } = summarizeAccount(report({ findings }), []);
    expect(news?.external.total).toBe(3);
    expect(news?.external.listed.map(({ state }) => state).sort()).toEqual(['new', 'reopened', 'worsened']);
    expect(news?.external.listed[0]).toMatchObject({ principal: '*', kind: 'public', by: actor });
    expect(news?.changes).toBeNull();
  });
});

describe('a summary', () => {
  it('is small, however many and however long things are', () => {
    const long = 'x'.repeat(10_000);
    const findings = Array.from({ length: 300 }, (_, index) =>
      crossing(OTHER, {
        key: `${index}${long}`,
        subject: { arn: `${role('r')}${long}`, type: 'Role', id: String(index), part: long },
        summary: `😀${long}`,
      }),
    );
    const text = JSON.stringify(summarizeAccount(report({ findings }), []));
    expect(text.length).toBeLessThan(40_000);
    expect(parseAccountSummary(text).ok).toBe(true);
  });

  it('does not cut a character in two', () => {
    const summary = `${'x'.repeat(998)}😀 and more`;
    const { worst } = summarizeAccount(report({ findings: [problem({ summary })] }), []);
    expect(worst.listed[0]?.summary).toBe(`${'x'.repeat(998)}…`);
  });

  it('is of one account', () => {
    const [account] = report().accounts;
    expect(() => summarizeAccount(report({ accounts: [] }), [])).toThrow('one account');
    expect(() => summarizeAccount(report({ accounts: [account, account].flatMap((a) => a ?? []) }), [])).toThrow(
      'one account',
    );
  });

  it('is the same after it was stored, and is refused where it was damaged', () => {
    const summary = summarizeAccount(
      report({ findings: [crossing(OTHER), problem({ state: 'new' })], changes: [] }),
      [],
    );
    const text = JSON.stringify(summary);
    expect(parseAccountSummary(text)).toEqual({ ok: true, value: summary });
    expect(parseAccountSummary(text.slice(1))).toEqual({ ok: false, error: 'the summary is no JSON' });
    const damaged = parseAccountSummary(text.replace('"critical"', '"grave"'));
    expect(damaged.ok ? '' : damaged.error).toContain('the summary at /');
  });
});
