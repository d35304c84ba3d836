import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  type IAMClient,
  ListAccountAliasesCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { ANY_POLICY, runningAccount } from './running-account.ts';

const account = `
alias: acme-production
root: { createDate: 2016-03-01, passwordLastUsed: 2025-12-24T18:00:00Z, mfa: [{ kind: hardware }] }
passwordPolicy: { minimumPasswordLength: 14, requireSymbols: true, maxPasswordAge: 90, passwordReusePrevention: 24 }
policies:
  - { policyName: deploy, document: ${ANY_POLICY} }
  - { policyName: unused, document: ${ANY_POLICY} }
groups: [{ groupName: developers, attachedPolicies: [deploy], inlinePolicies: [{ policyName: i, document: ${ANY_POLICY} }] }]
users:
  - userName: alice
    createDate: 2021-05-04T01:02:03Z
    groups: [developers]
    attachedPolicies: [SecurityAudit]
    inlinePolicies: [{ policyName: "i+=", document: '{"Statement":[{"Sid":"(*)!''~ü","Effect":"Deny","Action":"*","Resource":"*"}]}' }]
    password: { createDate: 2022-01-01, lastChanged: 2025-12-01, lastUsed: 2026-01-30 }
    mfa: [{ kind: virtual }]
    accessKeys:
      - { createDate: 2025-01-01, lastUsed: { date: 2026-01-29, service: s3, region: us-east-1 } }
      - { createDate: 2025-02-01, status: Inactive }
    signingCertificates: [{ uploadDate: 2018-01-01, status: Inactive }]
  - { userName: Bob, createDate: 2021-05-05, password: {} }
  - { userName: "=1+1", createDate: 2021-05-06 }
roles: [{ roleName: r, assumeRolePolicyDocument: ${ANY_POLICY}, permissionsBoundary: deploy }]
`;

/** All pages of the authorization details, merged. */
const details = async (iam: IAMClient, input: GetAccountAuthorizationDetailsCommandInput) => {
  const merged = {
    users: [] as unknown[],
    groups: [] as unknown[],
    roles: [] as unknown[],
    policies: [] as unknown[],
    pages: 0,
  };
  let Marker: string | undefined;
  do {
    const answer = await iam.send(new GetAccountAuthorizationDetailsCommand({ ...input, Marker }));
    merged.users.push(...(answer.UserDetailList ?? []).map(({ UserName }) => UserName));
    merged.groups.push(...(answer.GroupDetailList ?? []).map(({ GroupName }) => GroupName));
    merged.roles.push(...(answer.RoleDetailList ?? []).map(({ RoleName }) => RoleName));
    merged.policies.push(...(answer.Policies ?? []).map(({ PolicyName }) => PolicyName));
    merged.pages += 1;
    expect(answer.IsTruncated).toBe(answer.Marker !== undefined);
    Marker = answer.Marker;
  } while (Marker !== undefined);
  return merged;
};

describe('the authorization details of an emulated account', () => {
  it('hold each user, group, role and policy in use by AWS or made by the customer', async () => {
    const { iam } = await runningAccount(account);
    const everything = {
      users: ['=1+1', 'alice', 'Bob'],
      groups: ['developers'],
      roles: ['r'],
      policies: ['deploy', 'unused', 'SecurityAudit'],
    };
    expect(await details(iam, {})).toEqual({ ...everything, pages: 1 });
    expect(await details(iam, { MaxItems: 1 })).toEqual({ ...everything, pages: 8 });
    expect(await details(iam, { MaxItems: 3 })).toEqual({ ...everything, pages: 3 });
  });

  it('are limited by filters', async () => {
    const { iam } = await runningAccount(account);
    const none = { users: [], groups: [], roles: [], policies: [] };
    expect(await details(iam, { Filter: ['Group', 'AWSManagedPolicy'], MaxItems: 1 })).toEqual({
      ...none,
      groups: ['developers'],
      policies: ['SecurityAudit'],
      pages: 2,
    });
    expect(await details(iam, { Filter: ['Role'] })).toEqual({ ...none, roles: ['r'], pages: 1 });
    const bad = new GetAccountAuthorizationDetailsCommand({ Filter: ['Everything' as 'User'] });
    await expect(iam.send(bad)).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]",
    });
  });

  it('URL-encode policy documents as RFC 3986 has it', async () => {
    const { iam } = await runningAccount(account);
    const { UserDetailList } = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User'] }));
    const policy = UserDetailList?.find(({ UserName }) => UserName === 'alice')?.UserPolicyList?.[0];
    expect(policy).toEqual({
      PolicyName: 'i+=',
      PolicyDocument:
        '%7B%22Statement%22%3A%5B%7B%22Sid%22%3A%22%28%2A%29%21%27~%C3%BC%22%2C%22Effect%22%3A%22Deny%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D',
    });
    expect(decodeURIComponent(policy?.PolicyDocument ?? '')).toBe(
      `{"Statement":[{"Sid":"(*)!'~ü","Effect":"Deny","Action":"*","Resource":"*"}]}`,
    );
  });

  it('are refused for filters that there are not, and for the marker of other filters', async () => {
    const { iam } = await runningAccount(account);
    const ask = (input: object) => iam.send(new GetAccountAuthorizationDetailsCommand(input));
    await expect(ask({ Filter: ['user'] })).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(
        "at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]",
      ) as unknown,
    });
    const { Marker } = await ask({ Filter: ['User'], MaxItems: 1 });
    for (const input of [{ Filter: ['Role'], Marker }, { Marker: 'not-a-marker' }]) {
      await expect(ask(input)).rejects.toMatchObject({
        name: 'ValidationError',
        message: 'Marker and Filter do not match',
      });
    }
  });
});

describe('what belongs to an emulated account as a whole', () => {
  it('is its alias', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['acme-production']);
    const bare = await runningAccount('{}');
    expect((await bare.iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
  });

  it('is its password policy, or none', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy).toEqual({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
      PasswordReusePrevention: 24,
      HardExpiry: false,
    });
    const bare = await runningAccount('{}');
    await expect(bare.iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The Password Policy with domain name 123456789012 cannot be found.',
    });
  });

  it('is its summary', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({
      Users: 3,
      Groups: 1,
      Roles: 1,
      Policies: 2,
      PolicyVersionsInUse: 2,
      MFADevices: 1,
      MFADevicesInUse: 1,
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
      AccountPasswordPresent: 1,
      Providers: 0,
      UsersQuota: 5000,
      AccessKeysPerUserQuota: 2,
    });
  });
});

describe('the credential report of an emulated account', () => {
  const report = async (iam: IAMClient): Promise<string> => {
    const { Content } = await iam.send(new GetCredentialReportCommand({}));
    return new TextDecoder().decode(Content);
  };

  it('is there once it was generated, after some polls', async () => {
    const { iam } = await runningAccount(account);
    const generate = async () => (await iam.send(new GenerateCredentialReportCommand({}))).State;
    await expect(report(iam)).rejects.toMatchObject({
      name: 'CredentialReportNotPresentException',
      $metadata: { httpStatusCode: 410 },
    });
    const first = await iam.send(new GenerateCredentialReportCommand({}));
    expect(first).toMatchObject({
      State: 'STARTED',
      Description: expect.stringContaining('No report exists') as unknown,
    });
    await expect(report(iam)).rejects.toMatchObject({
      name: 'CredentialReportNotReadyException',
      $metadata: { httpStatusCode: 404 },
    });
    expect(await generate()).toBe('INPROGRESS');
    expect(await generate()).toBe('COMPLETE');
    expect(await iam.send(new GetCredentialReportCommand({}))).toMatchObject({
      ReportFormat: 'text/csv',
      GeneratedTime: new Date('2026-01-31T12:00:00Z'),
    });
  });

  it('is also there once some seconds have passed', async () => {
    const { iam, clock } = await runningAccount(account);
    await iam.send(new GenerateCredentialReportCommand({}));
    clock.moveTo('2026-01-31T12:00:02Z');
    expect(await report(iam)).toContain('<root_account>');
  });

  it('is kept for four hours, then has expired', async () => {
    const { iam, clock } = await runningAccount(account);
    const generate = async () => (await iam.send(new GenerateCredentialReportCommand({}))).State;
    for (const state of ['STARTED', 'INPROGRESS', 'COMPLETE']) expect(await generate()).toBe(state);
    clock.moveTo('2026-01-31T15:59:59Z');
    expect(await generate()).toBe('COMPLETE');
    expect((await iam.send(new GetCredentialReportCommand({}))).GeneratedTime).toEqual(
      new Date('2026-01-31T12:00:00Z'),
    );
    clock.moveTo('2026-01-31T16:00:00Z');
    await expect(report(iam)).rejects.toMatchObject({
      name: 'CredentialReportExpiredException',
      $metadata: { httpStatusCode: 410 },
    });
    expect(await generate()).toBe('STARTED');
  });

  it('has AWS’s columns and words', async () => {
    const { iam, clock } = await runningAccount(account);
    await iam.send(new GenerateCredentialReportCommand({}));
    clock.moveTo('2026-01-31T12:01:00Z');
    expect((await report(iam)).split('\n')).toEqual([
      'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated',
      '<root_account>,arn:aws:iam::123456789012:root,2016-03-01T00:00:00Z,not_supported,2025-12-24T18:00:00Z,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      '=1+1,arn:aws:iam::123456789012:user/=1+1,2021-05-06T00:00:00Z,false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      'alice,arn:aws:iam::123456789012:user/alice,2021-05-04T01:02:03Z,true,2026-01-30T00:00:00Z,2025-12-01T00:00:00Z,2026-03-01T00:00:00Z,true,true,2025-01-01T00:00:00Z,2026-01-29T00:00:00Z,us-east-1,s3,false,2025-02-01T00:00:00Z,N/A,N/A,N/A,false,2018-01-01T00:00:00Z,false,N/A',
      'Bob,arn:aws:iam::123456789012:user/Bob,2021-05-05T00:00:00Z,true,no_information,2021-05-05T00:00:00Z,2021-08-03T00:00:00Z,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
    ]);
  });

  it('tells active credentials first, and whether the root user has a password', async () => {
    const { iam, clock } = await runningAccount(`
users:
  - userName: u
    accessKeys: [{ createDate: 2025-01-01, status: Inactive }, { createDate: 2025-02-01 }]
    signingCertificates: [{ uploadDate: 2018-01-01, status: Inactive }, { uploadDate: 2019-01-01 }]
`);
    await iam.send(new GenerateCredentialReportCommand({}));
    clock.moveTo('2026-01-31T12:01:00Z');
    const [header = '', root = '', user = ''] = (await report(iam)).split('\n').map((line) => line.split(','));
    const cell = (row: string[] | string, name: string) => row[header.indexOf(name)];
    expect(cell(root, 'password_enabled')).toBe('not_supported');
    expect(cell(user, 'access_key_1_active')).toBe('true');
    expect(cell(user, 'access_key_1_last_rotated')).toBe('2025-02-01T00:00:00Z');
    expect(cell(user, 'access_key_2_last_rotated')).toBe('2025-01-01T00:00:00Z');
    expect(cell(user, 'cert_1_last_rotated')).toBe('2019-01-01T00:00:00Z');
  });
});
