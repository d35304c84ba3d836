import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { at, denied, gap } from '../snapshot/testing/collected-builder.ts';
import { accessKey } from '../snapshot/testing/credential-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { type SnapshotParts, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { analyzeAccount } from './analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from './testing/default-settings.ts';

const analyze = async (parts: SnapshotParts) =>
  analyzeAccount(snapshot(parts), {
    now: at('2026-01-01T00:00:00Z'),
    reference: await loadServiceReference(),
    settings: DEFAULT_CHECK_SETTINGS,
  });

describe('analyzeAccount', () => {
  it('puts the worst finding first, keyed by the unique id of its subject', async () => {
    const { findings } = await analyze({
      root: { mfaActive: false },
      users: [user('alice', { userId: 'AIDAALICE', inlinePolicies: { read: allow('s3:GetObject') } })],
    });
    const two = ['root-user-without-mfa', 'user-has-inline-policy'];
    const found = findings.filter(({ checkId }) => two.includes(checkId));
    expect(found.map(({ key, severity }) => [severity, key])).toEqual([
      ['critical', 'root-user-without-mfa:123456789012:arn:aws:iam::123456789012:root'],
      ['low', 'user-has-inline-policy:123456789012:AIDAALICE'],
    ]);
  });

  it('says once what a file says twice', async () => {
    const alice = user('alice', { inlinePolicies: { read: allow('s3:GetObject') } });
    const { findings } = await analyze({ users: [alice, alice] });
    expect(findings.filter(({ checkId }) => checkId === 'user-has-inline-policy')).toHaveLength(1);
    expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
  });

  it('says of each principal whether it is administrator or can become one', async () => {
    const { principals } = await analyze({
      users: [
        user('admin', { inlinePolicies: { all: allow('*') } }),
        user('putter', { inlinePolicies: { put: allow('iam:PutUserPolicy') } }),
        user('reader', { inlinePolicies: { read: allow('s3:Get*') } }),
      ],
    });
    expect(
      principals.map(({ arn, administrator, escalates }) => [arn.split(':')[5], administrator, escalates]),
    ).toEqual([
      ['root', 'yes', 'no'],
      ['user/admin', 'yes', 'no'],
      ['user/putter', 'no', 'yes'],
      ['user/reader', 'no', 'no'],
    ]);
  });

  it('tells for each source how much of it was read and which checks suffer', async () => {
    const keysDenied = gap({
      source: 'access-keys',
      action: 'iam:ListAccessKeys',
      detail: 'iam:ListAccessKeys was denied',
    });
    const { account } = await analyze({
      users: [user('alice', { accessKeys: denied('iam:ListAccessKeys') })],
      sources: [{ name: 'authorization-details', time: at('2026-01-01T00:00:00Z') }],
      gaps: [keysDenied],
    });
    expect(account).toMatchObject({
      accountId: '123456789012',
      alias: 'test-account',
      complete: false,
      coverage: [
        { source: 'authorization-details', status: 'read', affects: [] },
        {
          source: 'access-keys',
          status: 'denied',
          detail: 'iam:ListAccessKeys was denied',
          affects: expect.arrayContaining([
            'user-access-key-not-rotated',
            'user-access-key-unused',
            'user-has-two-active-access-keys',
          ]),
        },
      ],
    });
  });

  it('calls a source partial that was read with gaps, and counts its gaps', async () => {
    const gapOf = (subject: string) =>
      gap({ source: 'access-keys', action: 'iam:ListAccessKeys', subject, detail: `throttled at ${subject}` });
    const { account } = await analyze({
      sources: [{ name: 'access-keys', time: at('2026-01-01T00:00:00Z') }],
      gaps: [gapOf('alice'), gapOf('bob'), gapOf('carol')],
    });
    expect(account.coverage).toEqual([
      { source: 'access-keys', status: 'partial', detail: 'throttled at alice, and 2 more', affects: [] },
    ]);
  });

  it('evaluates the controls of the frameworks it is given, and none unless told', async () => {
    const control = {
      id: '1.13',
      title: 'The root user has MFA',
      assessment: 'automated',
      checks: ['root-user-without-mfa'],
    } as const;
    const framework = {
      id: 'some-1.0',
      title: 'Some',
      scope: 'all',
      reference: 'https://example.com/',
      controls: [control],
    };
    const account = snapshot({ root: { mfaActive: false } });
    const context = { now: at('2026-01-01T00:00:00Z'), reference: await loadServiceReference() };
    const statuses = (disabled: readonly string[]) =>
      analyzeAccount(account, {
        ...context,
        settings: { ...DEFAULT_CHECK_SETTINGS, disabled: new Set(disabled) },
        frameworks: [framework],
      }).controls.map(({ status }) => status);
    expect(statuses([])).toEqual(['fail']);
    expect(statuses(['root-user-without-mfa'])).toEqual(['not-evaluated']);
    expect((await analyze({})).controls).toEqual([]);
  });

  it('says of a crown jewel that names nobody of the account', async () => {
    const crownJewels = [
      'arn:aws:iam::123456789012:role/payrol',
      'arn:aws:iam::123456789012:user/al*',
      'arn:aws:iam::210987654321:role/payroll',
      'arn:aws:s3:::salaries',
    ];
    const { diagnostics } = analyzeAccount(snapshot({ users: [user('alice')] }), {
      now: at('2026-01-01T00:00:00Z'),
      reference: await loadServiceReference(),
      settings: {
        ...DEFAULT_CHECK_SETTINGS,
        options: new Map([['principal-can-reach-crown-jewel', { crownJewels }]]),
      },
    });
    expect(diagnostics).toEqual([
      'crown jewel `arn:aws:iam::123456789012:role/payrol` names no user or role of account 123456789012',
    ]);
  });

  it('answers the same again, to the byte', async () => {
    const account = { users: [user('alice', { accessKeys: [accessKey()], inlinePolicies: { p: allow('iam:*') } })] };
    expect(JSON.stringify(await analyze(account))).toBe(JSON.stringify(await analyze(account)));
  });

  it('survives hostile names and policies', async () => {
    const hostile = user('<img src=x onerror=alert(1)>', {
      groups: ['__proto__', 'constructor'],
      tags: { __proto__: 'x', 'aws:evil': '${aws:username}' },
      inlinePolicies: { __proto__: allow('*'), "=cmd|' /C calc'!A0": '{"Statement":[[[[', toString: null },
    });
    const { diagnostics } = await analyze({ users: [hostile] });
    expect(diagnostics).toEqual([]);
  });
});
