import { describe, expect, it } from 'vitest';
import { denied, gap } from '../snapshot/testing/collected-builder.ts';
import { accessKey } from '../snapshot/testing/credential-builder.ts';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import type { CheckSettings } from './check-settings.ts';
import { userAccessKeyNotRotated } from './checks/credentials/user-access-key-not-rotated.ts';
import { userAccessKeyUnused } from './checks/unused/user-access-key-unused.ts';
import type { Check } from './define-check.ts';
import { runChecks } from './run-checks.ts';
import { DEFAULT_CHECK_SETTINGS } from './testing/default-settings.ts';
import { watchedTools } from './testing/watched-tools.ts';

const context = (settings: Partial<CheckSettings> = {}) => ({
  tools: watchedTools(snapshot(), '2026-01-01T00:00:00Z', userAccessKeyUnused, undefined),
  settings: { ...DEFAULT_CHECK_SETTINGS, ...settings },
});

const breaking: Check = {
  ...userAccessKeyUnused,
  id: 'breaks-halfway',
  *run(account, runContext) {
    yield* userAccessKeyUnused.run(account, runContext);
    throw new Error('no such thing');
  },
};

const oldKey = snapshot({
  users: [user('alice', { accessKeys: [accessKey({ createDate: '2025-01-01T00:00:00Z' })] })],
});

describe('runChecks', () => {
  it('names a check that breaks, keeps none of its results, and lets the others report', () => {
    const { results, diagnostics } = runChecks([breaking, userAccessKeyNotRotated], oldKey, context());
    expect(diagnostics).toEqual([
      { checkId: 'breaks-halfway', message: 'check `breaks-halfway` broke: no such thing' },
    ]);
    expect(results.map(({ check, result }) => [check.id, result.outcome])).toEqual([
      ['user-access-key-not-rotated', 'fail'],
    ]);
  });

  it('leaves out disabled checks', () => {
    const settings = { disabled: new Set(['user-access-key-unused']) };
    const { results } = runChecks([userAccessKeyUnused, userAccessKeyNotRotated], oldKey, context(settings));
    expect(results.map(({ check }) => check.id)).toEqual(['user-access-key-not-rotated']);
  });

  it('hands a check its overridden options', () => {
    const options = new Map([['user-access-key-not-rotated', { maxAgeDays: 365 }]]);
    const { results } = runChecks([userAccessKeyNotRotated], oldKey, context({ options }));
    expect(results.map(({ result }) => result.outcome)).toEqual(['pass']);
  });

  it('says once for the account what is unknown of every user for the same reason', () => {
    const unread = { accessKeys: denied('iam:ListAccessKeys') };
    const account = snapshot({ users: [user('alice', unread), user('bob', unread)] });
    const { results } = runChecks([userAccessKeyNotRotated], account, context());
    expect(results.map(({ result }) => result)).toMatchObject([
      {
        subject: { arn: 'arn:aws:iam::123456789012:root', part: 'iam:ListAccessKeys' },
        outcome: 'unknown',
        evidence: { subjects: 2 },
      },
    ]);
  });

  it('keeps what is unknown of one user alone with that user', () => {
    const unread = { accessKeys: denied('iam:ListAccessKeys', 'access-keys', 'alice') };
    const account = snapshot({ users: [user('alice', unread), user('bob')] });
    const { results } = runChecks([userAccessKeyNotRotated], account, context());
    expect(results.map(({ result }) => result)).toMatchObject([
      { subject: { arn: 'arn:aws:iam::123456789012:user/alice' }, outcome: 'unknown' },
    ]);
  });

  it('answers unknown, and asks nothing, where a list that the check reads is missing', () => {
    const account = snapshot({ missingParts: new Map([['users', gap()]]) });
    const { results } = runChecks([userAccessKeyNotRotated], account, context());
    expect(results.map(({ result }) => result)).toMatchObject([{ outcome: 'unknown', gap: gap() }]);
  });

  it('judges what is there of a list that is cut short, and says once that it is not all', () => {
    const account = { ...oldKey, missingParts: new Map([['users', gap()]] as const) };
    const { results } = runChecks([userAccessKeyNotRotated], account, context());
    expect(results.map(({ result }) => result)).toMatchObject([
      { subject: { arn: 'arn:aws:iam::123456789012:user/alice' }, outcome: 'fail' },
      { subject: { arn: 'arn:aws:iam::123456789012:root' }, outcome: 'unknown', gap: gap(), evidence: { subjects: 0 } },
    ]);
  });
});
