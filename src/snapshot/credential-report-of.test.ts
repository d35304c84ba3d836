import { describe, expect, it } from 'vitest';
import { credentialReportOf } from './credential-report-of.ts';
import { at, collected, denied } from './testing/collected-builder.ts';
import { accessKey, password, virtualMfa } from './testing/credential-builder.ts';
import { reportRow } from './testing/documents-builder.ts';
import { snapshot, user } from './testing/snapshot-builder.ts';

const rowOf = (of: Parameters<typeof user>) => credentialReportOf(snapshot({ users: [user(...of)] }))[1];

describe('credentialReportOf', () => {
  it('is the report that AWS issued, where there is one', () => {
    const rows = [reportRow('<root_account>'), reportRow('zoe')];
    const credentialReport = { generatedTime: at('2025-12-31T20:00:00Z'), rows };
    expect(credentialReportOf(snapshot({ credentialReport, users: [user('alice')] }))).toEqual(rows);
  });

  it('has root first, then users by name without regard to case', () => {
    const users = ['bob', 'Carol', 'alice', 'Bob2'].map((name) => user(name));
    expect(credentialReportOf(snapshot({ users })).map((row) => row.user)).toEqual([
      '<root_account>',
      'alice',
      'bob',
      'Bob2',
      'Carol',
    ]);
  });

  it('writes what a user has as AWS does', () => {
    const row = rowOf([
      'alice',
      {
        password: password({ lastUsed: '2025-12-01T10:00:00Z', lastChanged: '2025-06-01T00:00:00Z' }),
        mfa: virtualMfa(),
        accessKeys: [
          accessKey({ accessKeyId: 'AKIANEWER', status: 'Inactive', createDate: '2025-09-01T00:00:00Z' }),
          accessKey({ accessKeyId: 'AKIAOLDER', createDate: '2025-02-01T00:00:00Z', lastUsed: '2025-12-31T00:00:00Z' }),
        ],
        signingCertificates: collected(
          [{ id: 'C', status: 'Active', uploadDate: at('2024-01-01T00:00:00Z') }],
          'signing-certificates',
        ),
      },
    ]);
    expect(row).toEqual({
      user: 'alice',
      arn: 'arn:aws:iam::123456789012:user/alice',
      user_creation_time: '2025-01-01T00:00:00Z',
      password_enabled: 'true',
      password_last_used: '2025-12-01T10:00:00Z',
      password_last_changed: '2025-06-01T00:00:00Z',
      password_next_rotation: 'N/A',
      mfa_active: 'true',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2025-02-01T00:00:00Z',
      access_key_1_last_used_date: '2025-12-31T00:00:00Z',
      access_key_1_last_used_region: 'N/A',
      access_key_1_last_used_service: 'N/A',
      access_key_2_active: 'false',
      access_key_2_last_rotated: '2025-09-01T00:00:00Z',
      access_key_2_last_used_date: 'N/A',
      access_key_2_last_used_region: 'N/A',
      access_key_2_last_used_service: 'N/A',
      cert_1_active: 'true',
      cert_1_last_rotated: '2024-01-01T00:00:00Z',
      cert_2_active: 'false',
      cert_2_last_rotated: 'N/A',
    });
  });

  it('tells a password that was never used from none at all', () => {
    expect(rowOf(['alice', { password: password() }])?.password_last_used).toBe('no_information');
    expect(rowOf(['alice'])).toMatchObject({ password_enabled: 'false', password_last_used: 'N/A' });
  });

  it('never says no of what is not known', () => {
    const unknown = rowOf([
      'alice',
      {
        password: denied('iam:GetCredentialReport'),
        mfa: denied('iam:ListMFADevices'),
        accessKeys: denied('iam:ListAccessKeys'),
        signingCertificates: denied('iam:ListSigningCertificates'),
      },
    ]);
    const { user: _, arn, user_creation_time, ...cells } = unknown ?? reportRow('none');
    expect(new Set(Object.values(cells))).toEqual(new Set(['no_information']));
  });

  it('leaves the last use of a key open where only that is unknown', () => {
    const key = accessKey({ lastUsed: denied('iam:GetAccessKeyLastUsed') });
    expect(rowOf(['alice', { accessKeys: [key] }])).toMatchObject({
      access_key_1_active: 'true',
      access_key_1_last_used_date: 'no_information',
    });
  });

  it('knows of the root user what the snapshot knows', () => {
    const root = { mfaActive: false, accessKeyCount: 1, lastUsed: at('2025-12-20T00:00:00Z') };
    expect(credentialReportOf(snapshot({ root }))[0]).toMatchObject({
      user: '<root_account>',
      arn: 'arn:aws:iam::123456789012:root',
      password_enabled: 'not_supported',
      password_last_used: '2025-12-20T00:00:00Z',
      mfa_active: 'false',
      access_key_1_active: 'no_information',
      access_key_2_active: 'false',
    });
  });
});
