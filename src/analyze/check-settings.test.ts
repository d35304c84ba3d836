import { describe, expect, it } from 'vitest';
import { parseCheckSettings } from './check-settings.ts';
import { userAccessKeyNotRotated } from './checks/credentials/user-access-key-not-rotated.ts';
import { principalCanReachCrownJewel } from './checks/escalation/principal-can-reach-crown-jewel.ts';

const parse = (disabled: readonly string[], options: Record<string, Record<string, unknown>>) =>
  parseCheckSettings([userAccessKeyNotRotated], { disabled, options });

describe('parseCheckSettings', () => {
  it('takes known ids and options of the right kind', () => {
    const settings = parse(['user-access-key-not-rotated'], { 'user-access-key-not-rotated': { maxAgeDays: 60 } });
    expect(settings).toEqual({
      ok: true,
      value: {
        disabled: new Set(['user-access-key-not-rotated']),
        options: new Map([['user-access-key-not-rotated', { maxAgeDays: 60 }]]),
        trustedAccounts: [],
      },
    });
  });

  it('takes accounts that are trusted, for ever or until a day', () => {
    const trusting = (...trustedAccounts: readonly { id: string; name: string; expires?: string }[]) =>
      parseCheckSettings([], { disabled: [], options: {}, trustedAccounts });
    expect(
      trusting({ id: '444455556666', name: 'Vendor', expires: '2027-01-31' }, { id: '111122223333', name: 'Sister' }),
    ).toMatchObject({
      value: {
        trustedAccounts: [
          { id: '444455556666', name: 'Vendor', owner: null, expires: '2027-01-31T00:00:00Z' },
          { id: '111122223333', name: 'Sister', owner: null, expires: null },
        ],
      },
    });
    expect(trusting({ id: '444455556666', name: 'Vendor', expires: 'soon' })).toMatchObject({
      error: ['expires of trusted account `444455556666`: `soon` is not an ISO-8601 time'],
    });
  });

  it('refuses crown jewels that nobody can tell of', () => {
    const crownJewels = [
      'arn:aws:sqs:eu-west-1:123456789012:orders',
      'arn:aws:iam::123456789012:policy/p',
      'arn:aws',
      'arn:aws:iam::*:*/payroll',
      'arn:aws:*:*:*:*salaries*',
      'arn:aws:s3:::salaries',
    ];
    const parsed = parseCheckSettings([principalCanReachCrownJewel], { disabled: [], options: {}, crownJewels });
    expect(parsed.ok ? [] : parsed.error).toEqual([
      expect.stringMatching(/^crown jewel `arn:aws:sqs:\S+` is of service `sqs`, and only for those of `iam`, `s3`, /),
      'crown jewel `arn:aws:iam::123456789012:policy/p` is no user and no role',
      'crown jewel `arn:aws` is no ARN',
    ]);
  });

  it('hands the crown jewels to the check that tells of them', () => {
    const raw = { disabled: [], options: {}, crownJewels: ['arn:aws:s3:::salaries'] };
    expect(parseCheckSettings([principalCanReachCrownJewel], raw)).toMatchObject({
      value: { options: new Map([['principal-can-reach-crown-jewel', { crownJewels: ['arn:aws:s3:::salaries'] }]]) },
    });
  });

  it('reports every problem', () => {
    const settings = parse(['key-too-old'], {
      'user-access-key-not-rotated': { maxAgeDays: '60', maxAge: 60, constructor: 1 },
      'key-too-old': { days: 1 },
    });
    expect(settings).toEqual({
      ok: false,
      error: [
        '`key-too-old` in disabled is not a check',
        'option `maxAgeDays` of `user-access-key-not-rotated` must be a number from 0',
        '`maxAge` is not an option of `user-access-key-not-rotated`',
        '`constructor` is not an option of `user-access-key-not-rotated`',
        '`key-too-old` in options is not a check',
      ],
    });
  });

  it('refuses a number of days that is negative or no number', () => {
    for (const maxAgeDays of [-1, Number.NaN, Number.POSITIVE_INFINITY, null]) {
      expect(parse([], { 'user-access-key-not-rotated': { maxAgeDays } }).ok).toBe(false);
    }
  });
});
