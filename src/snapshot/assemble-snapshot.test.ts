import { describe, expect, it } from 'vitest';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import type { AccountSnapshot } from './account-snapshot.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { TEST_ACCOUNT } from './testing/collected-builder.ts';
import {
  deniedCall,
  documents,
  policyDetail,
  reportCsv,
  reportRow,
  roleDetail,
  userDetail,
} from './testing/documents-builder.ts';

const assemble = (parts: SnapshotDocuments): AccountSnapshot => {
  const snapshot = assembleSnapshot(parts, createPolicyInterner());
  if (!snapshot.ok) throw new Error(snapshot.error.map(({ message }) => message).join('\n'));
  return snapshot.value;
};

const onlyUser = (parts: SnapshotDocuments) => {
  const [user] = assemble(parts).users;
  if (user === undefined) throw new Error('there is no user');
  return user;
};

const details = { UserDetailList: [userDetail('alice')] };
const alice = `arn:aws:iam::${TEST_ACCOUNT}:user/alice`;

describe('passwords', () => {
  it('come from the credential report', () => {
    const credentialReport = reportCsv(
      reportRow('alice', {
        password_enabled: 'TRUE',
        password_last_used: '2025-12-30T08:00:00+00:00',
        password_last_changed: '2025-06-01 00:00:00+00:00',
        password_next_rotation: 'N/A',
      }),
    );
    expect(onlyUser(documents({ details, credentialReport })).password).toMatchObject({
      known: true,
      value: {
        enabled: true,
        lastUsed: '2025-12-30T08:00:00Z',
        lastChanged: '2025-06-01T00:00:00Z',
        nextRotation: null,
      },
      source: 'credential-report',
    });
  });

  it('were never used where the report has no information', () => {
    const row = reportRow('alice', { password_enabled: 'true', password_last_used: 'no_information' });
    expect(onlyUser(documents({ details, credentialReport: reportCsv(row) })).password).toMatchObject({
      value: { enabled: true, lastUsed: null },
    });
  });

  it('are a gap where the user is newer than the report', () => {
    const user = onlyUser(documents({ details, credentialReport: reportCsv(reportRow('bob')) }));
    expect(user.password).toMatchObject({ known: false, gap: { source: 'credential-report', subject: alice } });
    expect(user.mfa).toMatchObject({ known: false });
  });

  it('are a gap where the user was made anew after the report, under the name of one who was deleted', () => {
    const row = reportRow('alice', { password_enabled: 'true' });
    const sources = [{ name: 'credential-report' as const, time: '2019-01-01T00:00:00Z' }];
    const account = documents({ details, credentialReport: reportCsv(row), account: { sources } });
    expect(onlyUser(account).password.known).toBe(false);
  });

  it('are those of the row where files that were made by hand disagree about when the user was made', () => {
    const row = reportRow('alice', { user_creation_time: '2019-01-01T00:00:00Z', password_enabled: 'true' });
    expect(onlyUser(documents({ details, credentialReport: reportCsv(row) })).password.known).toBe(true);
  });

  it('are a gap, with the reason that the collector noted, where there is no report', () => {
    const gap = deniedCall('credential-report', 'iam:GetCredentialReport');
    expect(onlyUser(documents({ details, account: { gaps: [gap] } })).password).toEqual({ known: false, gap });
  });

  it('are a gap where the report cannot be read, and the account says so', () => {
    const snapshot = assemble(documents({ details, credentialReport: 'user,arn\nalice,x\n' }));
    expect(snapshot.users[0]?.password).toMatchObject({ known: false, gap: { reason: 'failed' } });
    expect(snapshot.gaps).toContainEqual(expect.objectContaining({ source: 'credential-report', reason: 'failed' }));
  });
});

describe('access keys', () => {
  const key = {
    UserName: 'alice',
    AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    Status: 'Active',
    CreateDate: '2025-03-01T00:00:00Z',
  };
  const accessKeys = { AccessKeyMetadata: [key] };
  const used = {
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2025-03-01T00:00:00+00:00',
    access_key_1_last_used_date: '2025-11-01T00:00:00+00:00',
    access_key_1_last_used_region: 'N/A',
    access_key_1_last_used_service: 's3',
  };

  it('take ids and dates from the list, and their last use from the report', () => {
    const credentialReport = reportCsv(reportRow('alice', used));
    expect(onlyUser(documents({ details, accessKeys, credentialReport })).accessKeys).toMatchObject({
      value: [
        {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          createDate: '2025-03-01T00:00:00Z',
          lastUsed: {
            value: { date: '2025-11-01T00:00:00Z', region: null, service: 's3' },
            source: 'credential-report',
          },
        },
      ],
      source: 'access-keys',
    });
  });

  it('prefer their own last use, which is newer than the report', () => {
    const own = {
      ...key,
      AccessKeyLastUsed: { LastUsedDate: '2025-12-31T00:00:00Z', ServiceName: 'N/A', Region: 'N/A' },
    };
    const credentialReport = reportCsv(reportRow('alice', used));
    const user = onlyUser(documents({ details, accessKeys: { AccessKeyMetadata: [own] }, credentialReport }));
    expect(user.accessKeys).toMatchObject({
      value: [{ lastUsed: { value: { date: '2025-12-31T00:00:00Z', service: null }, source: 'access-keys' } }],
    });
  });

  it('were never used where their own last use has no date', () => {
    const own = { ...key, AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } };
    expect(onlyUser(documents({ details, accessKeys: { AccessKeyMetadata: [own] } })).accessKeys).toMatchObject({
      value: [{ lastUsed: { known: true, value: null } }],
    });
  });

  it('are matched by date where the report has them in another order', () => {
    const older = { ...key, AccessKeyId: 'AKIAOLDER00000000000', CreateDate: '2024-01-01T00:00:00Z' };
    const credentialReport = reportCsv(
      reportRow('alice', {
        access_key_1_active: 'true',
        access_key_1_last_rotated: '2024-01-01T00:00:00Z',
        access_key_1_last_used_date: '2024-02-02T00:00:00Z',
        access_key_2_active: 'true',
        access_key_2_last_rotated: '2025-03-01T00:00:00Z',
      }),
    );
    const user = onlyUser(documents({ details, accessKeys: { AccessKeyMetadata: [key, older] }, credentialReport }));
    expect(user.accessKeys).toMatchObject({
      value: [
        { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', lastUsed: { value: null } },
        { accessKeyId: 'AKIAOLDER00000000000', lastUsed: { value: { date: '2024-02-02T00:00:00Z' } } },
      ],
    });
  });

  it('are the same key where its date is that of a change since, and nothing else is left', () => {
    const row = reportRow('alice', { ...used, access_key_1_last_rotated: '2025-05-05T00:00:00Z' });
    expect(onlyUser(documents({ details, accessKeys, credentialReport: reportCsv(row) })).accessKeys).toMatchObject({
      value: [{ lastUsed: { known: true, value: { service: 's3' } } }],
    });
  });

  it('have an unknown last use where they are newer than the report', () => {
    const row = reportRow('alice', { ...used, access_key_1_last_rotated: '2025-01-05T00:00:00Z' });
    const user = onlyUser(documents({ details, accessKeys, credentialReport: reportCsv(row) }));
    expect(user.accessKeys).toMatchObject({
      value: [{ lastUsed: { known: false, gap: { action: 'iam:GetAccessKeyLastUsed', subject: alice } } }],
    });
  });

  it('are called by number where only the report was read', () => {
    const credentialReport = reportCsv(reportRow('alice', used));
    expect(onlyUser(documents({ details, credentialReport })).accessKeys).toMatchObject({
      value: [{ accessKeyId: 'key 1', status: 'Active', createDate: '2025-03-01T00:00:00Z' }],
      source: 'credential-report',
    });
  });

  it('are a gap for the user that the list was denied for, and known for the others', () => {
    const gap = deniedCall('access-keys', 'iam:ListAccessKeys', alice);
    const { users } = assemble(
      documents({
        details: { UserDetailList: [userDetail('alice'), userDetail('bob')] },
        accessKeys: { AccessKeyMetadata: [] },
        account: { gaps: [gap] },
      }),
    );
    expect(users.map(({ accessKeys: keys }) => keys)).toMatchObject([
      { known: false, gap },
      { known: true, value: [] },
    ]);
  });

  it('fail the assembly where a date is no date, with its place', () => {
    const broken = { AccessKeyMetadata: [{ ...key, CreateDate: 'yesterday' }] };
    expect(assembleSnapshot(documents({ details, accessKeys: broken }), createPolicyInterner())).toMatchObject({
      ok: false,
      error: [{ file: 'access-keys.json', place: '/AccessKeyMetadata/0/CreateDate' }],
    });
  });
});

describe('MFA', () => {
  const virtual = { SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:mfa/alice`, User: { Arn: alice } };

  it('is on by a virtual device, though the older report says no', () => {
    const mfaDevices = { VirtualMFADevices: [virtual], MFADevices: [] };
    const credentialReport = reportCsv(reportRow('alice'));
    expect(onlyUser(documents({ details, mfaDevices, credentialReport })).mfa).toMatchObject({
      value: { active: true, devices: { value: [{ kind: 'virtual' }] } },
      source: 'mfa-devices',
    });
  });

  it('tells security keys and tokens from virtual devices', () => {
    const MFADevices = [
      { UserName: 'alice', SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:u2f/user/alice/key-1` },
      { UserName: 'alice', SerialNumber: 'GAHT12345678' },
      { UserName: 'alice', SerialNumber: virtual.SerialNumber },
    ];
    expect(onlyUser(documents({ details, mfaDevices: { MFADevices } })).mfa).toMatchObject({
      value: { devices: { value: [{ kind: 'hardware' }, { kind: 'hardware' }, { kind: 'virtual' }] } },
    });
  });

  it('is what the report says where devices were not listed, and the devices are a gap', () => {
    const on = reportCsv(reportRow('alice', { mfa_active: 'true' }));
    expect(onlyUser(documents({ details, credentialReport: on })).mfa).toMatchObject({
      value: { active: true, devices: { known: false } },
    });
    const off = reportCsv(reportRow('alice'));
    expect(onlyUser(documents({ details, credentialReport: off })).mfa).toMatchObject({
      value: { active: false, devices: { known: true, value: [] } },
    });
  });

  it('is a gap where only virtual devices were listed: there may be a hardware one', () => {
    expect(onlyUser(documents({ details, mfaDevices: { VirtualMFADevices: [] } })).mfa.known).toBe(false);
  });
});

describe('the root user', () => {
  const summary = (SummaryMap: Record<string, number>) => ({ accountSummary: { SummaryMap } });

  it('has hardware MFA where MFA is on and no virtual device is its', () => {
    const on = summary({ AccountMFAEnabled: 1 });
    const { root } = assemble(documents({ ...on, mfaDevices: { VirtualMFADevices: [] } }));
    expect(root).toMatchObject({ mfaActive: { value: true }, mfaKind: { value: 'hardware' } });
  });

  it('has virtual MFA by the owner or by the name of a device', () => {
    const on = summary({ AccountMFAEnabled: 1 });
    for (const device of [
      { SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:mfa/x`, User: { Arn: `arn:aws:iam::${TEST_ACCOUNT}:root` } },
      { SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:mfa/root-account-mfa-device` },
    ]) {
      const { root } = assemble(documents({ ...on, mfaDevices: { VirtualMFADevices: [device] } }));
      expect(root.mfaKind).toMatchObject({ value: 'virtual' });
    }
  });

  it('has MFA of unknown kind where devices were not listed', () => {
    expect(assemble(documents(summary({ AccountMFAEnabled: 1 }))).root.mfaKind.known).toBe(false);
    expect(assemble(documents(summary({ AccountMFAEnabled: 0 }))).root.mfaKind).toMatchObject({ value: 'none' });
  });

  it('was last used by the later of password and keys, and has as many keys as the report tells', () => {
    const credentialReport = reportCsv().replace(
      /^<root_account>.*$/m,
      [
        `<root_account>,arn:aws:iam::${TEST_ACCOUNT}:root,2016-01-01T00:00:00Z,not_supported`,
        '2025-01-01T00:00:00Z,not_supported,not_supported,true',
        'true,2016-01-01T00:00:00Z,2025-10-10T00:00:00Z,us-east-1,s3',
        'false,2017-01-01T00:00:00Z,N/A,N/A,N/A,false,N/A,false,N/A',
      ].join(','),
    );
    const { root } = assemble(documents({ credentialReport, ...summary({ AccountAccessKeysPresent: 1 }) }));
    expect(root).toMatchObject({
      mfaActive: { value: true, source: 'credential-report' },
      accessKeyCount: { value: 2 },
      lastUsed: { value: '2025-10-10T00:00:00Z' },
    });
  });

  it('has no keys where the summary, which is newer, says so', () => {
    const credentialReport = reportCsv();
    const { root } = assemble(documents({ credentialReport, ...summary({ AccountAccessKeysPresent: 0 }) }));
    expect(root.accessKeyCount).toMatchObject({ value: 0, source: 'account-summary' });
  });

  it('is unknown where nothing was read', () => {
    const { root } = assemble(documents());
    expect([root.mfaActive, root.mfaKind, root.accessKeyCount, root.lastUsed].map(({ known }) => known)).toEqual(
      Array(4).fill(false),
    );
  });
});

describe('roles and managed policies', () => {
  it('tell a role that was not used from one whose use was not read', () => {
    const { RoleLastUsed: _, ...unread } = roleDetail('unread');
    const used = roleDetail('used', { RoleLastUsed: { LastUsedDate: '2025-12-01T00:00:00Z', Region: 'eu-west-1' } });
    const { roles } = assemble(documents({ details: { RoleDetailList: [roleDetail('idle'), unread, used] } }));
    expect(roles.map(({ lastUsed }) => lastUsed)).toMatchObject([
      { known: true, value: null },
      { known: false, gap: { source: 'authorization-details' } },
      { known: true, value: { date: '2025-12-01T00:00:00Z', region: 'eu-west-1' } },
    ]);
  });

  it('share the documents of equal policies, however they are spelled', () => {
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    const inline = (PolicyDocument: unknown) => ({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument }] });
    const { roles } = assemble(
      documents({
        details: {
          RoleDetailList: [
            roleDetail('a', inline(document)),
            roleDetail('b', inline(encodeURIComponent(JSON.stringify(document)))),
          ],
        },
      }),
    );
    expect(roles[0]?.inlinePolicies[0]?.document).toBe(roles[1]?.inlinePolicies[0]?.document);
  });

  it('keep a policy whose document is garbage, without any grant', () => {
    const garbage = { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: '%7Bnot json' }] };
    const { roles } = assemble(documents({ details: { RoleDetailList: [roleDetail('a', garbage)] } }));
    expect(roles[0]?.inlinePolicies[0]?.document).toMatchObject({ statements: [] });
    expect(roles[0]?.inlinePolicies[0]?.document.problems).not.toEqual([]);
  });

  it('count the uses of a policy where the details do not', () => {
    const attached = { AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: policyDetail('p').Arn }] };
    const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: policyDetail('p').Arn } };
    const { managedPolicies } = assemble(
      documents({
        details: {
          UserDetailList: [userDetail('alice', attached)],
          RoleDetailList: [roleDetail('a', { ...attached, ...boundary })],
          Policies: [policyDetail('p')],
        },
      }),
    );
    expect(managedPolicies[0]).toMatchObject({ attachmentCount: 2, permissionsBoundaryUsageCount: 1 });
  });
});

describe('what is missing', () => {
  it('stands in missingParts for each list that the details do not have', () => {
    const { missingParts, gaps } = assemble({
      ...documents(),
      authorizationDetails: { UserDetailList: [], GroupDetailList: [] },
    });
    expect([...missingParts.keys()]).toEqual(['roles', 'managedPolicies']);
    expect(missingParts.get('roles')).toMatchObject({ source: 'authorization-details', reason: 'skipped' });
    expect(gaps).toContain(missingParts.get('roles'));
  });

  it('is also what may follow lists that are cut short, which hold what was read', () => {
    const cut = {
      ...deniedCall('authorization-details', 'iam:GetAccountAuthorizationDetails'),
      reason: 'failed',
    } as const;
    const { users, missingParts } = assemble(
      documents({ account: { gaps: [cut] }, details: { UserDetailList: [userDetail('alice')] } }),
    );
    expect(users).toHaveLength(1);
    expect([...missingParts.values()]).toEqual([cut, cut, cut, cut]);
  });

  it('has the reason of the refused call where there are no details at all', () => {
    const gap = deniedCall('authorization-details', 'iam:GetAccountAuthorizationDetails');
    const { account } = documents({ account: { gaps: [gap] } });
    const { missingParts } = assemble({ account });
    expect([...missingParts.values()]).toEqual([gap, gap, gap, gap]);
  });

  it('leaves the alias unknown where it could not be read, and null where there is none', () => {
    const gap = deniedCall('account-alias', 'iam:ListAccountAliases');
    expect(assemble(documents({ account: { gaps: [gap] } })).alias).toEqual({ known: false, gap });
    expect(assemble(documents()).alias).toMatchObject({ known: true, value: null });
  });

  it('leaves identity providers unknown unless both kinds were listed', () => {
    const gap = deniedCall('identity-providers', 'iam:ListOpenIDConnectProviders');
    const identityProviders = { SAMLProviderList: [] };
    expect(assemble(documents({ identityProviders, account: { gaps: [gap] } })).identityProviders).toEqual({
      known: false,
      gap,
    });
  });
});

describe('repeated entities', () => {
  it('are one where they are equal', () => {
    const snapshot = assemble(documents({ details: { UserDetailList: [userDetail('alice'), userDetail('alice')] } }));
    expect(snapshot.users).toHaveLength(1);
    expect(snapshot.gaps.filter(({ source }) => source === 'authorization-details')).toEqual([]);
  });

  it('are the later one where they differ, and the account says so', () => {
    const changed = userDetail('alice', { GroupList: ['admins'] });
    const snapshot = assemble(documents({ details: { UserDetailList: [userDetail('alice'), changed] } }));
    expect(snapshot.users).toMatchObject([{ groups: ['admins'] }]);
    expect(snapshot.gaps).toContainEqual(expect.objectContaining({ subject: alice, reason: 'failed' }));
  });
});

it('assembles hostile names as they are', () => {
  const details = {
    UserDetailList: [userDetail('__proto__', { Tags: [{ Key: '__proto__', Value: '<img src=x onerror=alert(1)>' }] })],
  };
  const credentialReport = reportCsv(reportRow('__proto__', { password_enabled: 'true' }));
  const accountSummary = { SummaryMap: JSON.parse('{"__proto__": 3}') };
  const user = onlyUser(documents({ details, credentialReport, accountSummary }));
  expect(user.tags.get('__proto__')).toBe('<img src=x onerror=alert(1)>');
  expect(user.password).toMatchObject({ value: { enabled: true } });
});
