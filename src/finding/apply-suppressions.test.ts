import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { applySuppressions } from './apply-suppressions.ts';
import type { Finding } from './audit-report.ts';
import { evidencePin } from './evidence-pin.ts';
import type { SuppressionRule } from './suppression.ts';
import { finding } from './testing/finding-builder.ts';

const NOW = at('2026-03-01T02:00:00Z');
const LIMITS = { critical: 30, high: 90, medium: 180, low: 365, info: 365 };
const DEPLOY = 'arn:aws:iam::123456789012:role/ci/deploy';

const rule = (parts: Partial<SuppressionRule> = {}): SuppressionRule => ({
  file: 's.yaml',
  line: 2,
  check: 'role-unused',
  principal: DEPLOY,
  resource: null,
  account: null,
  part: null,
  glob: false,
  reason: 'intended',
  justification: 'For emergencies.',
  owner: 'ann',
  approver: 'bob',
  ticket: null,
  created: null,
  expires: at('2026-04-01'),
  pin: null,
  ...parts,
});

const apply = (findings: readonly Finding[], ...rules: SuppressionRule[]) =>
  applySuppressions(findings, rules, { now: NOW, limits: LIMITS });

const statesUnder = (parts: Partial<SuppressionRule>, found = finding()) => {
  const { findings, statuses } = apply([found], rule(parts));
  return [findings[0]?.state, statuses[0]?.matches.map(({ verdict }) => verdict)];
};

const bucket = finding({
  checkId: 'resource-public',
  category: 'external',
  subject: { arn: 'arn:aws:s3:::reports', type: 'Resource', id: 'arn:aws:s3:::reports', part: '*' },
  external: {
    principal: 'arn:aws:iam::999999999999:root',
    kind: 'account',
    resource: 'arn:aws:s3:::reports',
    actions: [],
  },
});

const SUPPRESSED = ['suppressed', ['suppressed']];
const NOTHING = ['new', []];

describe('what a suppression is about', () => {
  it.each<[string, Partial<SuppressionRule>, unknown]>([
    ['a principal by its ARN', {}, SUPPRESSED],
    ['a principal by its name', { principal: 'deploy' }, SUPPRESSED],
    ['a resource by its ARN', { principal: null, resource: DEPLOY }, SUPPRESSED],
    ['a principal of its account', { principal: 'deploy', account: '123456789012' }, SUPPRESSED],
    ['no principal of another account', { principal: 'deploy', account: '999999999999' }, NOTHING],
    ['no other check', { check: 'user-unused' }, NOTHING],
    ['no other name', { principal: 'Deploy' }, NOTHING],
    ['no beginning of a name', { principal: 'dep' }, NOTHING],
    ['no pattern unless asked', { principal: 'dep*' }, NOTHING],
    ['a pattern of names where asked', { principal: 'dep*', glob: true }, SUPPRESSED],
    ['a pattern of ARNs where asked', { principal: 'arn:aws:iam::*:role/ci/*', glob: true }, SUPPRESSED],
    ['no name by a pattern of ARNs', { principal: 'arn:aws:s3:::*', glob: true }, NOTHING],
    ['no part of a subject without parts', { part: 'AKIA1' }, NOTHING],
    ['principal and resource together', { principal: 'deploy', resource: 'other' }, NOTHING],
  ])('is %s', (_, parts, expected) => {
    expect(statesUnder(parts)).toEqual(expected);
  });

  it.each<[string, Partial<SuppressionRule>, unknown]>([
    ['the resource by its name', { principal: null, resource: 'reports' }, SUPPRESSED],
    ['whom an external finding lets in', { principal: 'arn:aws:iam::999999999999:root' }, SUPPRESSED],
    ['that one part', { principal: null, resource: 'reports', part: '*' }, SUPPRESSED],
    ['no other part', { principal: null, resource: 'reports', part: 'x' }, NOTHING],
    ['no principal of the name of a resource', { principal: 'reports' }, NOTHING],
  ])('is %s', (_, parts, expected) => {
    expect(statesUnder({ check: 'resource-public', ...parts }, bucket)).toEqual(expected);
  });
});

it('is not about a resource where it names principals, though by a pattern', () => {
  const plain = finding({ subject: { arn: 'arn:aws:s3:::reports', type: 'Resource', id: 'r', part: null } });
  expect(statesUnder({ principal: '*', glob: true }, plain)).toEqual(NOTHING);
});

describe('whether a suppression holds', () => {
  it('holds until its day begins, and leaves its finding as it was from then on', () => {
    const found = finding({ state: 'open' });
    const on = (now: string) =>
      applySuppressions([found], [rule({ expires: at('2026-03-02') })], { now: at(now), limits: LIMITS });
    expect(on('2026-03-01T23:59:59Z').findings[0]?.state).toBe('suppressed');
    const after = on('2026-03-02T00:00:00Z');
    expect(after.findings).toEqual([found]);
    expect(after.statuses[0]).toMatchObject({ matches: [{ key: found.key, verdict: 'expired' }], notice: null });
    expect(after.statuses[0]?.daysLeft).toBeLessThan(0);
  });

  it.each<[string, Partial<SuppressionRule>, Finding['severity'], string]>([
    // 30 days after 1 March 02:00 is 31 March 02:00.
    ['critical, 30 days ahead', { expires: at('2026-03-31') }, 'critical', 'suppressed'],
    ['critical, 31 days ahead', { expires: at('2026-04-01') }, 'critical', 'too-long'],
    ['high, 90 days ahead', { expires: at('2026-05-30') }, 'high', 'suppressed'],
    ['high, 91 days ahead', { expires: at('2026-05-31') }, 'high', 'too-long'],
    ['medium, 181 days ahead', { expires: at('2026-08-29') }, 'medium', 'too-long'],
    ['low, 365 days ahead', { expires: at('2027-03-01') }, 'low', 'suppressed'],
    ['low, 366 days ahead', { expires: at('2027-03-02') }, 'low', 'too-long'],
    ['critical, written long ago', { created: at('2026-01-01'), expires: at('2026-03-05') }, 'critical', 'too-long'],
    ['critical, written in time', { created: at('2026-02-10'), expires: at('2026-03-05') }, 'critical', 'suppressed'],
    ['critical, dated ahead', { created: at('2026-05-01'), expires: at('2026-05-20') }, 'critical', 'too-long'],
  ])('depends on the severity: %s', (_, parts, severity, verdict) => {
    expect(statesUnder(parts, finding({ severity }))[1]).toEqual([verdict]);
  });

  it('holds no more when the evidence is not that of its pin', () => {
    const pin = evidencePin(finding());
    expect(statesUnder({ pin })).toEqual(SUPPRESSED);
    const changed = finding({ evidence: { lastUsed: '2026-02-02T00:00:00Z' } });
    expect(statesUnder({ pin }, changed)).toEqual(['new', ['evidence-changed']]);
  });

  it('never suppresses what could not be judged, nor what is resolved', () => {
    expect(statesUnder({}, finding({ outcome: 'unknown' }))).toEqual(NOTHING);
    expect(statesUnder({}, finding({ state: 'resolved' }))).toEqual(['resolved', []]);
    expect(statesUnder({}, finding({ state: 'not-evaluated' }))).toEqual(['not-evaluated', []]);
  });
});

describe('suppressed findings', () => {
  it('are kept in their order, and say by which rule, why and until when', () => {
    const other = finding({ checkId: 'user-unused' });
    const { findings } = apply(
      [other, finding()],
      rule({ expires: at('2026-01-01') }),
      rule({ line: 9, owner: 'eve' }),
    );
    expect(findings[0]).toBe(other);
    expect(findings[1]).toEqual({
      ...finding(),
      state: 'suppressed',
      suppression: {
        file: 's.yaml',
        line: 9,
        reason: 'intended',
        justification: 'For emergencies.',
        owner: 'eve',
        approver: 'bob',
        ticket: null,
        expires: '2026-04-01T00:00:00Z',
        pin: null,
      },
    });
  });

  it('leave what was given unchanged', () => {
    const given = Object.freeze(finding());
    apply([given], rule());
    expect(given).toEqual(finding());
  });
});

it.each([
  ['2026-03-16', 14, null],
  ['2026-03-15', 13, 14],
  ['2026-03-08', 6, 7],
  ['2026-03-02', 0, 1],
])(
  'tells of a suppression that expires on %s that %i whole days are left, and reminds at %s',
  (day, daysLeft, notice) => {
    expect(apply([], rule({ expires: at(day) })).statuses[0]).toMatchObject({ matches: [], daysLeft, notice });
  },
);
