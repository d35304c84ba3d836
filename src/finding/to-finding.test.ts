import { describe, expect, it } from 'vitest';
import { at, gap } from '../snapshot/testing/collected-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { indexSubjects } from './subject-index.ts';
import { type FindingTemplate, toFinding } from './to-finding.ts';

const check: FindingTemplate = {
  id: 'user-key-old',
  title: 'An old key',
  category: 'credentials',
  severity: 'medium',
  resourceType: 'User',
  doc: { remediation: ['Rotate it.'] },
  frameworks: ['cis-aws-7.0:2.12'],
};

const alice = user('alice', { userId: 'AIDAALICE' });
const context = {
  accountId: '123456789012',
  now: at('2026-01-01T00:00:00Z'),
  subjects: indexSubjects(snapshot({ users: [alice] })),
};

describe('toFinding', () => {
  it('knows the subject by its unique id, so that a user made again is another subject', () => {
    const result = { subject: { arn: alice.arn, part: 'AKIA1' }, outcome: 'fail', evidence: { ageDays: 91 } } as const;
    expect(toFinding(check, result, 'It is old.', context)).toEqual({
      key: 'user-key-old:123456789012:AIDAALICE:AKIA1',
      checkId: 'user-key-old',
      category: 'credentials',
      severity: 'medium',
      outcome: 'fail',
      state: 'new',
      accountId: '123456789012',
      subject: { arn: 'arn:aws:iam::123456789012:user/alice', type: 'User', id: 'AIDAALICE', part: 'AKIA1' },
      title: 'An old key',
      summary: 'It is old.',
      evidence: { ageDays: 91 },
      conditions: null,
      remediation: ['Rotate it.'],
      frameworks: ['cis-aws-7.0:2.12'],
      firstSeen: '2026-01-01T00:00:00Z',
      lastSeen: '2026-01-01T00:00:00Z',
    });
  });

  it('takes the severity and the remediation of the result where it has them', () => {
    const own = { severity: 'low', remediation: ['Delete it.'] } as const;
    const result = { subject: { arn: alice.arn }, outcome: 'fail', evidence: {}, ...own } as const;
    expect(toFinding(check, result, '', context)).toMatchObject(own);
  });

  it('tells what could not be judged as information, with the gap as evidence', () => {
    const result = { subject: { arn: alice.arn }, outcome: 'unknown', evidence: {}, gap: gap() } as const;
    expect(toFinding(check, result, '', context)).toMatchObject({
      severity: 'info',
      outcome: 'unknown',
      evidence: { gap: { action: 'iam:GetAccountAuthorizationDetails', reason: 'denied' } },
    });
  });

  it('takes the ARN of the root user for the account, or for the root user where the check is about it', () => {
    const arn = 'arn:aws:iam::123456789012:root';
    const result = { subject: { arn }, outcome: 'fail', evidence: {} } as const;
    expect(toFinding(check, result, '', context).subject).toEqual({ arn, type: 'Account', id: arn, part: null });
    expect(toFinding({ ...check, resourceType: 'RootUser' }, result, '', context).subject.type).toBe('RootUser');
  });
});

describe('indexSubjects', () => {
  it('knows users, groups, roles and managed policies by ARN', () => {
    const account = snapshot({
      users: [alice],
      groups: [group('dev')],
      roles: [role('app')],
      managedPolicies: [managedPolicy('deploy', {})],
    });
    expect([...indexSubjects(account).values()].map(({ type }) => type)).toEqual([
      'User',
      'Group',
      'Role',
      'ManagedPolicy',
    ]);
  });
});
