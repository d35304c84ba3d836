import { describe, expect, it } from 'vitest';
import { toCollectionGap } from './saved-gap.ts';

const saved = { source: 'access-keys', action: 'iam:ListAccessKeys', reason: 'denied', detail: null, subject: null };

describe('toCollectionGap', () => {
  it.each([
    ['denied', 'denied'],
    ['AccessDenied', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['access denied by an SCP', 'denied'],
    ['unauthorized', 'denied'],
    ['not authorized to perform: iam:ListAccessKeys', 'denied'],
    ['UnauthorizedOperation', 'denied'],
    ['Forbidden', 'denied'],
    ['skipped', 'skipped'],
    ['Skipped by configuration', 'skipped'],
    ['not collected', 'skipped'],
    ['not requested', 'skipped'],
    ['failed', 'failed'],
    ['Throttling: Rate exceeded', 'failed'],
    ['', 'failed'],
  ])('takes the reason `%s` for %s', (reason, expected) => {
    expect(toCollectionGap({ ...saved, reason }).reason).toBe(expected);
  });

  it('keeps the words in the detail', () => {
    const details = (parts: object) => toCollectionGap({ ...saved, ...parts }).detail;
    expect(details({})).toBe('iam:ListAccessKeys: denied');
    expect(details({ detail: 'refused' })).toBe('refused');
    expect(details({ reason: 'Throttling: Rate exceeded' })).toBe('iam:ListAccessKeys: Throttling: Rate exceeded');
    expect(details({ reason: 'timeout', detail: 'after 30 s' })).toBe('after 30 s: timeout');
  });

  it.each([
    ['access-keys', 'x', 'access-keys'],
    ['access_keys', 'x', 'access-keys'],
    ['AccessKeys', 'x', 'access-keys'],
    ['access-keys.json', 'x', 'access-keys'],
    ['Credential report', 'x', 'credential-report'],
    ['iam', 'iam:GetAccountAuthorizationDetails', 'authorization-details'],
    ['iam', 'ListMFADevices', 'mfa-devices'],
    ['iam', 'iam:GetPolicyVersion', 'authorization-details'],
    ['iam', 'iam:ListOpenIDConnectProviders', 'identity-providers'],
    ['organizations', 'organizations:DescribeOrganization', 'organization'],
    ['s3-buckets', 's3:ListBuckets', 'other'],
    ['__proto__', '', 'other'],
  ])('finds for `%s` and `%s` the source %s', (source, action, expected) => {
    expect(toCollectionGap({ ...saved, source, action }).source).toBe(expected);
  });

  it('tells of a source that Vigil has no word for by its own', () => {
    const gap = toCollectionGap({ ...saved, source: 's3-buckets', action: 's3:ListBuckets', reason: 'AccessDenied' });
    expect(gap).toEqual({
      source: 'other',
      action: 's3:ListBuckets',
      reason: 'denied',
      detail: 's3-buckets: s3:ListBuckets: AccessDenied',
      subject: null,
    });
    expect(toCollectionGap(gap)).toEqual(gap);
  });

  it('names an action as IAM does', () => {
    expect(toCollectionGap({ ...saved, action: 'ListAccessKeys' }).action).toBe('iam:ListAccessKeys');
  });
});
