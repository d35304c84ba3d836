import { expect, it } from 'vitest';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { Severity } from '../finding/check-result.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { auditSummary } from './audit-summary.ts';

const instant = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const readAt = instant('2026-01-02T03:04:05Z');

const finding = (severity: Severity, summary: string, outcome: 'fail' | 'unknown' = 'fail'): Finding => ({
  key: summary,
  checkId: 'some-check',
  category: 'credentials',
  severity,
  outcome,
  state: 'new',
  accountId: '123456789012',
  subject: { arn: 'arn:aws:iam::123456789012:user/a', type: 'User', id: 'AIDA', part: null },
  title: 'Some title',
  summary,
  evidence: {},
  conditions: null,
  remediation: [],
  frameworks: [],
  firstSeen: readAt,
  lastSeen: readAt,
});

const report: AuditReport = {
  schemaVersion: '1.0',
  run: {
    id: '20260102T030405Z',
    startedAt: readAt,
    finishedAt: readAt,
    vigilVersion: '0.1.0',
    referenceDate: '2026-01-01',
    baselineRunId: null,
  },
  accounts: [
    {
      accountId: '123456789012',
      alias: 'acme',
      collectedAt: readAt,
      complete: false,
      coverage: [
        { source: 'authorization-details', status: 'read', detail: '', affects: [] },
        { source: 'access-keys', status: 'denied', detail: 'AccessDenied', affects: ['one', 'two'] },
        { source: 'mfa-devices', status: 'skipped', detail: 'not given', affects: ['three'] },
        { source: 'resources', status: 'skipped', detail: 'not given', affects: ['three'] },
      ],
    },
  ],
  principals: [
    { arn: 'arn:aws:iam::123456789012:user/a', type: 'user', administrator: 'yes', escalates: 'no' },
    { arn: 'arn:aws:iam::123456789012:user/b', type: 'user', administrator: 'no', escalates: 'yes' },
    { arn: 'arn:aws:iam::123456789012:user/c', type: 'user', administrator: 'conditional', escalates: 'no' },
  ],
  findings: [
    ...['a', 'b', 'c', 'd', 'e'].map((name) => finding('critical', `Critical ${name}.`)),
    finding('low', 'Low \u001b[31mred.'),
    finding('info', 'Not known.', 'unknown'),
  ],
};

const plain = (_: string, text: string): string => text;

it('tells account, counts, the five worst, coverage, calls and files', () => {
  const calls = new Map([
    ['iam:ListAccessKeys', 30],
    ['sts:GetCallerIdentity', 1],
  ]);
  expect(auditSummary({ report, apiCalls: calls, files: ['out/report.html'] }, plain).join('\n')).toBe(
    `Account 123456789012 (acme), as read at 2026-01-02T03:04:05Z

  5 critical   0 high   0 medium   1 low   0 info
  1 could not be judged, for want of data

The 5 worst
  critical  Critical a.
  critical  Critical b.
  critical  Critical c.
  critical  Critical d.
  critical  Critical e.
  … and 1 more in the reports

  3 principals: 1 administrator, 1 that can become one, 1 under conditions

  Incomplete: not everything of account 123456789012 could be read
    access-keys: denied, AccessDenied; 2 checks cannot judge
    skipped: mfa-devices, resources; 1 check cannot judge
  31 API calls, most of them iam:ListAccessKeys (30), sts:GetCallerIdentity (1)

Reports
  out/report.html`,
  );
});

it('shows account data that would steer the terminal as text', () => {
  const hostile = { ...report, findings: [finding('low', 'Low \u001b[31mred.')] };
  expect(auditSummary({ report: hostile, apiCalls: new Map(), files: [] }, plain).join('\n')).toContain(
    'low       Low \\u{1b}[31mred.',
  );
});

it('says so when nothing was found and everything was read', () => {
  const clean = {
    ...report,
    findings: [],
    accounts: report.accounts.map((account) => ({ ...account, complete: true, coverage: [] })),
  };
  const text = auditSummary({ report: clean, apiCalls: new Map(), files: [] }, plain).join('\n');
  expect(text).toContain('Nothing found.');
  expect(text).toContain('Complete: every source of account 123456789012 was read');
});

it('cuts what AWS answered at length', () => {
  const [account] = report.accounts;
  const coverage = [
    { source: 'access-keys' as const, status: 'denied' as const, detail: 'x'.repeat(500), affects: [] },
  ];
  const denied = { ...report, accounts: account === undefined ? [] : [{ ...account, coverage }] };
  const lines = auditSummary({ report: denied, apiCalls: new Map(), files: [] }, plain);
  expect(lines).toContain(`    access-keys: denied, ${'x'.repeat(120)}…`);
});

it('tells which of the accounts expected were not read, what is amiss by name', () => {
  const unread = { group: null, lastRead: null, reason: 'the role cannot be\u001b assumed' };
  const expected = [
    { ...unread, accountId: '123456789012', name: 'acme', status: 'collected', reason: null, droppedOut: false },
    { ...unread, accountId: '222222222222', name: 'payments', status: 'failed', droppedOut: true },
    { ...unread, accountId: '333333333333', name: 'old', status: 'suspended', droppedOut: false },
    { ...unread, accountId: null, name: 'the accounts of the organization', status: 'failed', droppedOut: false },
  ] as const;
  const lines = auditSummary({ report: { ...report, expected }, apiCalls: new Map(), files: [] }, (_, text) => text);
  expect(lines.slice(1, 4)).toEqual([
    'Accounts: 1 of 4 accounts read, 1 suspended',
    '  payments 222222222222: dropped out, failed: the role cannot be\\u{1b} assumed',
    '  the accounts of the organization: failed: the role cannot be\\u{1b} assumed',
  ]);
});

it('names ten accounts of many, and gathers those that are complete', () => {
  const accounts = Array.from({ length: 12 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    alias: null,
    collectedAt: readAt,
    complete: index > 0,
    coverage: [{ source: 'mfa-devices' as const, status: 'denied' as const, detail: 'no', affects: [] }],
  }));
  const lines = auditSummary({ report: { ...report, accounts }, apiCalls: new Map(), files: [] }, (_, text) => text);
  expect(lines.filter((line) => line.startsWith('Account '))).toHaveLength(10);
  expect(lines).toContain('… and 2 more accounts');
  expect(lines.filter((line) => /omplete:/.test(line))).toEqual([
    '  Complete: every source of 11 accounts was read',
    '  Incomplete: not everything of account 100000000000 could be read',
  ]);
});
