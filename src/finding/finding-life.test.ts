import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { findingOf } from '../report/testing/example-report.ts';
import type { Actor } from './actor.ts';
import type { Finding, FindingState } from './audit-report.ts';
import type { Escalation } from './check-result.ts';
import { liveFindings } from './finding-life.ts';
import { subjectOfCheck } from './judged-scope.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const FIRST = at('2026-03-01T02:30:00Z');
const LAST = at('2026-03-04T02:30:00Z');
const NOW = at('2026-03-05T02:30:00Z');

const CHECK = 'user-access-key-not-rotated';
const ROOT = 'arn:aws:iam::123456789012:root';

const past = (differing: Partial<Finding> = {}): Finding =>
  findingOf({ state: 'open', firstSeen: FIRST, lastSeen: LAST, ...differing });
const now = (differing: Partial<Finding> = {}): Finding =>
  findingOf({ state: 'new', firstSeen: NOW, lastSeen: NOW, ...differing });
const unknown = (differing: Partial<Finding> = {}): Finding =>
  now({ outcome: 'unknown', severity: 'info', ...differing });
const ofAccount = unknown({
  key: 'gap of the account',
  subject: { arn: ROOT, type: 'Account', id: ROOT, part: 'iam:ListAccessKeys' },
});
const ofAlice = unknown({
  key: 'gap of alice',
  subject: { arn: 'arn:aws:iam::123456789012:user/alice', type: 'User', id: 'AIDAALICE', part: null },
});
const steps = (count: number): Escalation => ({
  reaches: 'administrator',
  proof: 'proven',
  steps: Array.from({ length: count }, () => ({ method: 'iam-001', from: 'a', to: 'b', requests: [] })),
});
const mfa = { text: 'with MFA', formula: { mfa: true } };

interface Night {
  readonly before?: Finding;
  readonly closed?: Finding;
  readonly tonight?: readonly Finding[];
  readonly ran?: readonly string[];
  readonly passed?: readonly string[];
  /** Ids of all users, where their list was read to its end. */
  readonly users?: readonly string[];
}

/** The life of the one finding of interest, with its state and times; null: the report does not have it. */
const lifeAfter = ({
  before,
  closed,
  tonight = [],
  ran = [CHECK],
  passed = [],
  users,
}: Night): readonly string[] | null => {
  const { key } = past();
  const mapOf = (finding: Finding | undefined) => new Map(finding === undefined ? [] : [[finding.key, finding]]);
  const lived = liveFindings({ baselineRunId: 'last night', open: mapOf(before), closed: mapOf(closed) }, tonight, {
    checks: new Set(ran),
    passed: new Set(passed),
    ...(users && { whole: new Map([['User' as const, new Set(users)]]) }),
  }).find((finding) => finding.key === key);
  return lived === undefined ? null : [lived.state, lived.firstSeen, lived.lastSeen];
};

describe('the life of a finding', () => {
  it.each<[string, Night, FindingState | null, Instant?, Instant?]>([
    ['is new where nobody saw it before', { tonight: [now()] }, 'new', NOW, NOW],
    ['is open where it is as it was', { before: past(), tonight: [now()] }, 'open', FIRST, NOW],
    ['is open after it was new', { before: past({ state: 'new' }), tonight: [now()] }, 'open', FIRST, NOW],
    [
      'is worsened where the severity rose',
      { before: past(), tonight: [now({ severity: 'high' })] },
      'worsened',
      FIRST,
      NOW,
    ],
    ['is open where the severity fell', { before: past(), tonight: [now({ severity: 'low' })] }, 'open', FIRST, NOW],
    [
      'is worsened where the path became shorter',
      { before: past({ escalation: steps(3) }), tonight: [now({ escalation: steps(2) })] },
      'worsened',
      FIRST,
      NOW,
    ],
    [
      'is open where the path became longer',
      { before: past({ escalation: steps(2) }), tonight: [now({ escalation: steps(3) })] },
      'open',
      FIRST,
      NOW,
    ],
    [
      'is worsened where its condition is gone',
      { before: past({ conditions: mfa }), tonight: [now({ conditions: null })] },
      'worsened',
      FIRST,
      NOW,
    ],
    ['is open where a condition came', { before: past(), tonight: [now({ conditions: mfa })] }, 'open', FIRST, NOW],
    ['is open once it was worsened', { before: past({ state: 'worsened' }), tonight: [now()] }, 'open', FIRST, NOW],
    ['is resolved where its check finds nothing', { before: past() }, 'resolved', FIRST, LAST],
    [
      'is reopened where it was resolved',
      { closed: past({ state: 'resolved' }), tonight: [now()] },
      'reopened',
      FIRST,
      NOW,
    ],
    [
      'is resolved where it is mended after reopening',
      { before: past({ state: 'reopened' }) },
      'resolved',
      FIRST,
      LAST,
    ],
    ['is not evaluated where its check did not run', { before: past(), ran: [] }, 'not-evaluated', FIRST, LAST],
    [
      'is not evaluated where it is unknown itself',
      { before: past(), tonight: [unknown()] },
      'not-evaluated',
      FIRST,
      LAST,
    ],
    [
      'is not evaluated where its subject is unknown',
      { before: past(), tonight: [ofAlice] },
      'not-evaluated',
      FIRST,
      LAST,
    ],
    ['is not evaluated where the account is', { before: past(), tonight: [ofAccount] }, 'not-evaluated', FIRST, LAST],
    [
      'is resolved where the check found its subject in order, whatever of others is unknown',
      { before: past(), tonight: [ofAccount], passed: [subjectOfCheck(CHECK, 'AIDAALICE')] },
      'resolved',
      FIRST,
      LAST,
    ],
    [
      'is resolved where its subject was deleted, whatever of the account is unknown',
      { before: past(), tonight: [ofAccount], users: ['AIDABOB'] },
      'resolved',
      FIRST,
      LAST,
    ],
    [
      'is resolved where its subject was deleted, although its check did not run',
      { before: past(), ran: [], users: [] },
      'resolved',
      FIRST,
      LAST,
    ],
    [
      'is not evaluated where its subject is still there',
      { before: past(), tonight: [ofAccount], users: ['AIDAALICE', 'AIDABOB'] },
      'not-evaluated',
      FIRST,
      LAST,
    ],
    [
      'stays not evaluated night after night',
      { before: past({ state: 'not-evaluated' }), ran: [] },
      'not-evaluated',
      FIRST,
      LAST,
    ],
    [
      'is open again once it can be judged',
      { before: past({ state: 'not-evaluated' }), tonight: [now()] },
      'open',
      FIRST,
      NOW,
    ],
    ['is resolved once it can be judged', { before: past({ state: 'not-evaluated' }) }, 'resolved', FIRST, LAST],
    ['of which nothing was ever known is not evaluated', { tonight: [unknown()] }, 'not-evaluated', NOW, NOW],
    [
      'of which nothing was known is new once it is judged',
      { before: past({ outcome: 'unknown', severity: 'info', state: 'not-evaluated' }), tonight: [now()] },
      'new',
      NOW,
      NOW,
    ],
    [
      'of which nothing was known is told no more once it is in order',
      { before: past({ outcome: 'unknown', severity: 'info', state: 'not-evaluated' }) },
      null,
    ],
    [
      'is suppressed where a suppression says so',
      { before: past(), tonight: [now({ state: 'suppressed' })] },
      'suppressed',
      FIRST,
      NOW,
    ],
    [
      'is reopened where its suppression ended',
      { before: past({ state: 'suppressed' }), tonight: [now()] },
      'reopened',
      FIRST,
      NOW,
    ],
  ])('%s', (_, night, state, first, last) => {
    expect(lifeAfter(night)).toEqual(state === null ? null : [state, first, last]);
  });

  it('keeps what was known of it while it cannot be judged', () => {
    const before = past({ severity: 'critical', summary: 'The key is 412 days old.' });
    const [lived] = liveFindings(
      { baselineRunId: 'last night', open: new Map([[before.key, before]]), closed: new Map() },
      [unknown()],
      { checks: new Set([CHECK]), passed: new Set() },
    );
    expect(lived).toEqual({ ...before, state: 'not-evaluated' });
  });

  it('of a user who was deleted and made anew is resolved for the one and new for the other', () => {
    const subject = { arn: 'arn:aws:iam::123456789012:user/alice', type: 'User', part: null } as const;
    const first = past({ key: `${CHECK}:123456789012:AIDA1`, subject: { ...subject, id: 'AIDA1' } });
    const second = now({ key: `${CHECK}:123456789012:AIDA2`, subject: { ...subject, id: 'AIDA2' } });
    const lived = liveFindings(
      { baselineRunId: 'last night', open: new Map([[first.key, first]]), closed: new Map() },
      [second],
      { checks: new Set([CHECK]), passed: new Set() },
    );
    expect(lived.map(({ subject: { id }, state }) => [id, state])).toEqual([
      ['AIDA2', 'new'],
      ['AIDA1', 'resolved'],
    ]);
  });
});

describe('who caused a finding', () => {
  const bob: Actor = { arn: 'bob', at: LAST, request: 'iam:AttachUserPolicy', sourceIp: null };
  const eve: Actor = { ...bob, arn: 'eve' };
  const byOf = (before: Finding, tonight: Finding) =>
    liveFindings({ baselineRunId: 'last night', open: new Map([[before.key, before]]), closed: new Map() }, [tonight], {
      checks: new Set([CHECK]),
      passed: new Set(),
    })[0]?.by?.map(({ arn }) => arn);

  it('stays known while it is open', () => {
    expect(byOf(past({ by: [bob] }), now())).toEqual(['bob']);
    expect(byOf(past(), now())).toBeUndefined();
  });

  it('is who made it worse, where that is known, and else nobody', () => {
    const worse = { severity: 'critical' } as const;
    expect(byOf(past({ severity: 'low', by: [bob] }), now({ ...worse, by: [eve] }))).toEqual(['eve']);
    expect(byOf(past({ severity: 'low', by: [bob] }), now(worse))).toBeUndefined();
  });
});
