import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../ports/progress.ts';
import { createAwsSource } from './aws-source.ts';
import { collectFrom, IAM_ACTIONS, IAM_SOURCES, testOptions } from './testing/collect-from.ts';
import {
  CREATED,
  EVERY_KIND_OF_USER,
  type FakeUser,
  fakeAccount,
  REPORTED,
  userDetail,
} from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeApi, fakeIam } from './testing/fake-iam.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const AFTER_THE_REPORT = '2026-01-01T01:00:00Z';

const answers =
  (result: Readonly<Record<string, unknown>>): FakeApi =>
  () => ({ result });

describe('what is read', () => {
  it('takes account and partition from who the caller is', async () => {
    const Arn = 'arn:aws-us-gov:iam::012345678901:user/auditor';
    fakeIam({ ...fakeAccount(), GetCallerIdentity: answers({ Account: '012345678901', Arn, UserId: 'AIDA' }) });
    const { account } = (await collectFrom(FAKE_ENDPOINT)).documents;
    expect(account).toMatchObject({ accountId: '012345678901', partition: 'aws-us-gov', alias: 'fake' });
  });

  it('reads an empty account whole, without a gap', async () => {
    fakeIam({ ...fakeAccount(), ListOpenIDConnectProviders: answers({ OpenIDConnectProviderList: [] }) });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.account.gaps).toEqual([]);
    expect(documents.authorizationDetails).toEqual({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    expect(documents.accessKeys).toEqual({ AccessKeyMetadata: [] });
    expect(documents.identityProviders).toEqual({ SAMLProviderList: [], OpenIDConnectProviderList: [] });
  });

  it('says when each source was read, and of the credential report when AWS made it', async () => {
    fakeIam(fakeAccount());
    const { sources } = (await collectFrom(FAKE_ENDPOINT)).documents.account;
    expect(sources.map(({ name }) => name)).toEqual([...IAM_SOURCES].sort());
    expect(sources.find(({ name }) => name === 'credential-report')?.time).toBe(REPORTED);
  });

  it('joins the pages of the authorization details, handing back each marker', async () => {
    const page = (name: string, Marker?: string) => ({
      result: { UserDetailList: [userDetail({ name })], IsTruncated: Marker !== undefined, Marker },
    });
    const pages = [page('one', 'm1'), page('two', 'm2'), page('three')];
    const calls = fakeIam({
      ...fakeAccount(),
      GetAccountAuthorizationDetails: (_, earlierCalls) => pages[earlierCalls] ?? { error: 'ServiceFailure' },
    });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.authorizationDetails?.UserDetailList?.map(({ UserName }) => UserName)).toEqual([
      'one',
      'two',
      'three',
    ]);
    const markers = calls
      .filter(({ action }) => action === 'GetAccountAuthorizationDetails')
      .map(({ parameters }) => parameters.get('Marker'));
    expect(markers).toEqual([null, 'm1', 'm2']);
    expect(apiCalls.get('iam:GetAccountAuthorizationDetails')).toBe(3);
  });

  it('keeps policy documents as plain text in which a plus stays a plus', async () => {
    const document = '{"Version":"2012-10-17","Statement":{"Condition":{"StringLike":{"aws:x":"a+b c%"}}}}';
    const RoleDetailList = [
      {
        Path: '/',
        RoleName: 'r',
        RoleId: 'AROA1',
        Arn: 'arn:aws:iam::111122223333:role/r',
        CreateDate: CREATED,
        AssumeRolePolicyDocument: encodeURIComponent(document),
        RoleLastUsed: '',
      },
    ];
    fakeIam({ ...fakeAccount(), GetAccountAuthorizationDetails: answers({ RoleDetailList, IsTruncated: false }) });
    const role = (await collectFrom(FAKE_ENDPOINT)).documents.authorizationDetails?.RoleDetailList?.[0];
    expect(role?.AssumeRolePolicyDocument).toBe(document);
    expect(role?.RoleLastUsed).toEqual({});
  });

  it('fetches a policy that is only a permissions boundary, which AWS may leave out of the details', async () => {
    const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
    fakeIam(
      fakeAccount([
        { name: 'ann', boundary },
        { name: 'bob', boundary },
      ]),
    );
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.authorizationDetails?.Policies).toMatchObject([
      {
        Arn: boundary,
        DefaultVersionId: 'v3',
        PolicyVersionList: [{ VersionId: 'v3', Document: '{"Version":"2012-10-17","Statement":[]}' }],
      },
    ]);
    expect(apiCalls.get('iam:GetPolicy')).toBe(1);
    expect(apiCalls.get('iam:GetPolicyVersion')).toBe(1);
  });

  it('keeps every customer managed policy, and of the AWS managed ones those in use', async () => {
    const policy = (account: string, PolicyName: string) => ({
      PolicyName,
      PolicyId: 'ANPA',
      Arn: `arn:aws:iam::${account}:policy/${PolicyName}`,
      DefaultVersionId: 'v1',
      CreateDate: CREATED,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, CreateDate: CREATED, Document: '%7B%7D' }],
    });
    const attached = { PolicyName: 'used', PolicyArn: 'arn:aws:iam::aws:policy/used' };
    fakeIam({
      ...fakeAccount(),
      GetAccountAuthorizationDetails: answers({
        UserDetailList: [{ ...userDetail({ name: 'ann' }), AttachedManagedPolicies: [attached] }],
        Policies: [policy('111122223333', 'own'), policy('aws', 'used'), policy('aws', 'unused')],
        IsTruncated: false,
      }),
    });
    const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.authorizationDetails?.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['own', 'used']);
    expect(apiCalls.has('iam:GetPolicy')).toBe(false);
  });

  it('takes an account without a password policy or alias for just that', async () => {
    fakeIam({
      ...fakeAccount(),
      GetAccountPasswordPolicy: () => ({ error: 'NoSuchEntity', message: 'there is none', status: 404 }),
      ListAccountAliases: answers({ AccountAliases: [], IsTruncated: false }),
    });
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    expect(documents.passwordPolicy).toEqual({ PasswordPolicy: null });
    expect(documents.account).toMatchObject({ alias: null, gaps: [] });
  });

  it('keeps neither certificates nor keys nor the credentials it was given', async () => {
    fakeIam(fakeAccount(EVERY_KIND_OF_USER));
    const text = JSON.stringify((await collectFrom(FAKE_ENDPOINT)).documents);
    expect(text).not.toMatch(/BEGIN CERTIFICATE|the-secret-access-key/);
  });
});

describe('how few calls are made', () => {
  it('asks about keys, MFA and certificates only the users whom the credential report says to have them', async () => {
    const plain = Array.from({ length: 50 }, (_, index): FakeUser => {
      if (index < 10) return { name: `key${index}`, keys: [CREATED] };
      if (index < 30) return { name: `console${index}`, mfa: 'virtual' };
      if (index < 32) return { name: `token${index}`, mfa: 'hardware' };
      return { name: `plain${index}`, signingCertificate: index === 49 };
    });
    fakeIam(fakeAccount(plain));
    const { apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect(Object.fromEntries(apiCalls)).toEqual({
      'sts:GetCallerIdentity': 1,
      'iam:GetAccountAuthorizationDetails': 1,
      'iam:GenerateCredentialReport': 1,
      'iam:GetCredentialReport': 1,
      'iam:GetAccountSummary': 1,
      'iam:GetAccountPasswordPolicy': 1,
      'iam:ListAccountAliases': 1,
      'iam:ListVirtualMFADevices': 1,
      'iam:ListServiceSpecificCredentials': 1,
      'iam:ListServerCertificates': 1,
      'iam:ListSAMLProviders': 1,
      'iam:ListOpenIDConnectProviders': 1,
      'iam:GetOpenIDConnectProvider': 1,
      'iam:ListInstanceProfiles': 1,
      'iam:ListAccessKeys': 10,
      'iam:ListMFADevices': 2,
      'iam:ListSigningCertificates': 1,
      'iam:ListSSHPublicKeys': 50,
    });
  });

  it('calls every API of IAM in the table of actions where there is something of every kind, and no other', async () => {
    fakeIam(fakeAccount(EVERY_KIND_OF_USER));
    const { apiCalls } = await collectFrom(FAKE_ENDPOINT);
    expect([...apiCalls.keys()].sort()).toEqual([...IAM_ACTIONS, 'sts:GetCallerIdentity'].sort());
  });

  it('asks for the last use of a key where the report does not tell it, and for no other', async () => {
    const later = '2025-06-01T00:00:00Z';
    const calls = fakeIam(
      fakeAccount([
        { name: 'one', keys: [CREATED] },
        { name: 'two', keys: [CREATED, later] },
        { name: 'twins', keys: [CREATED, CREATED] },
      ]),
    );
    const { documents } = await collectFrom(FAKE_ENDPOINT);
    const asked = calls
      .filter(({ action }) => action === 'GetAccessKeyLastUsed')
      .map(({ parameters }) => parameters.get('AccessKeyId'));
    expect(asked).toEqual(['AKIAtwins0', 'AKIAtwins1']);
    const keys = documents.accessKeys?.AccessKeyMetadata ?? [];
    expect(keys.map(({ AccessKeyId, AccessKeyLastUsed }) => [AccessKeyId, AccessKeyLastUsed?.LastUsedDate])).toEqual([
      ['AKIAone0', undefined],
      ['AKIAtwo0', undefined],
      ['AKIAtwo1', undefined],
      ['AKIAtwins0', '2025-12-31T00:00:00Z'],
      ['AKIAtwins1', '2025-12-31T00:00:00Z'],
    ]);
  });

  it('asks for the last use of a key that replaced the reported one', async () => {
    const user: FakeUser = { name: 'rotated', keys: [CREATED] };
    fakeIam({
      ...fakeAccount([user]),
      ListAccessKeys: answers({
        AccessKeyMetadata: [
          { UserName: 'rotated', AccessKeyId: 'AKIANEW', Status: 'Active', CreateDate: AFTER_THE_REPORT },
        ],
        IsTruncated: false,
      }),
    });
    expect((await collectFrom(FAKE_ENDPOINT)).apiCalls.get('iam:GetAccessKeyLastUsed')).toBe(1);
  });

  it('asks everything about a user who is not in the credential report, or is another one of the same name', async () => {
    const users: FakeUser[] = [{ name: 'new', unreported: true }, { name: 'again' }, { name: 'old' }];
    const calls = fakeIam({
      ...fakeAccount(users),
      GetAccountAuthorizationDetails: answers({
        UserDetailList: users.map((user) => ({
          ...userDetail(user),
          CreateDate: user.name === 'old' ? CREATED : AFTER_THE_REPORT,
        })),
        IsTruncated: false,
      }),
    });
    await collectFrom(FAKE_ENDPOINT);
    const asked = (action: string) =>
      calls.filter((call) => call.action === action).map(({ parameters }) => parameters.get('UserName'));
    for (const action of ['ListAccessKeys', 'ListMFADevices', 'ListSigningCertificates']) {
      expect(asked(action)).toEqual(['new', 'again']);
    }
  });
});

describe('progress', () => {
  it('tells each phase with its number of steps, and takes them all', async () => {
    fakeIam(fakeAccount([{ name: 'ann', keys: [CREATED, CREATED], granted: true }]));
    const phases: [name: string, total: number | undefined, steps: number][] = [];
    const progress: Progress = {
      phase: (name, total) => phases.push([name, total, 0]),
      step: () => {
        const phase = phases.at(-1);
        if (phase !== undefined) phase[2] += 1;
      },
    };
    await createAwsSource(testOptions(FAKE_ENDPOINT)).collect(progress);
    expect(phases).toEqual([
      ['account', 1, 1],
      ['account lists', 11, 11],
      // One user's SSH public keys and access keys, and one identity provider.
      ['credentials of users', 3, 3],
      ['last use of access keys', 2, 2],
      ['jobs on last accessed services', 1, 1],
      ['last accessed services', 1, 1],
    ]);
  });
});
