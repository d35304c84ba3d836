import { describe, expect, it } from 'vitest';
import { parseSnapshotFiles } from './snapshot-directory.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { accountDocument } from './testing/documents-builder.ts';

const parse = (file: string, content: unknown) =>
  parseSnapshotFiles(
    new Map([
      ['account.json', JSON.stringify(accountDocument())],
      [file, typeof content === 'string' ? content : JSON.stringify(content)],
    ]),
  );

const read = (file: string, content: unknown): SnapshotDocuments => {
  const parsed = parse(file, content);
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
  return parsed.value;
};

const CreateDate = '2025-01-01T00:00:00Z';
const key = { AccessKeyId: 'AKIAALICE', Status: 'Active', CreateDate };
const bobsKey = { ...key, UserName: 'bob', AccessKeyId: 'AKIABOB' };
const use = { LastUsedDate: '2025-12-01T00:00:00Z', ServiceName: 's3', Region: 'eu-west-1' };
const alices = { UserName: 'alice', ...key };

describe('access-keys.json', () => {
  it.each<[string, unknown]>([
    ['as AWS answers', { AccessKeyMetadata: [alices, bobsKey] }],
    ['in pages', [{ AccessKeyMetadata: [alices], IsTruncated: true }, { AccessKeyMetadata: [bobsKey] }]],
    [
      'page after page',
      `${JSON.stringify({ AccessKeyMetadata: [alices] })}\n${JSON.stringify({ AccessKeyMetadata: [bobsKey] })}`,
    ],
    ['as a list', [alices, bobsKey]],
    ['by user, as lists', { alice: [key], bob: [bobsKey] }],
    [
      'by user, as answers',
      { alice: { AccessKeyMetadata: [key], IsTruncated: false }, bob: { AccessKeyMetadata: [bobsKey] } },
    ],
    ['by user, inside the member', { AccessKeyMetadata: { alice: [key], bob: [bobsKey], carol: [] } }],
  ])('is read %s', (_form, content) => {
    expect(read('access-keys.json', content).accessKeys).toEqual({ AccessKeyMetadata: [alices, bobsKey] });
  });

  it.each<[string, unknown]>([
    ['in the key', { AccessKeyMetadata: [{ ...alices, AccessKeyLastUsed: use }] }],
    [
      'in the key, as the whole answer',
      [{ ...alices, AccessKeyLastUsed: { UserName: 'alice', AccessKeyLastUsed: use } }],
    ],
    ['by key id', { AccessKeyMetadata: [alices], AccessKeyLastUsed: { AKIAALICE: use } }],
    [
      'by key id, as the whole answer',
      { AccessKeyMetadata: [alices], AccessKeyLastUsed: { AKIAALICE: { AccessKeyLastUsed: use } } },
    ],
  ])('has the last use %s', (_form, content) => {
    expect(read('access-keys.json', content).accessKeys?.AccessKeyMetadata).toEqual([
      { ...alices, AccessKeyLastUsed: use },
    ]);
  });

  it('takes times as numbers since the epoch', () => {
    const [inSeconds, inMillis] = [1735689600.5, 1735689600500];
    const content = [
      { ...alices, CreateDate: inSeconds },
      { ...bobsKey, CreateDate: inMillis },
    ];
    expect(read('access-keys.json', content).accessKeys).toEqual({ AccessKeyMetadata: [alices, bobsKey] });
  });
});

describe('account-summary.json', () => {
  it.each<[string, unknown]>([
    ['as AWS answers', { SummaryMap: { Users: 5 }, ResponseMetadata: {} }],
    ['as the map alone', { Users: 5 }],
  ])('is read %s', (_form, content) => {
    expect(read('account-summary.json', content).accountSummary).toEqual({ SummaryMap: { Users: 5 } });
  });
});

describe('password-policy.json', () => {
  it.each<[string, unknown]>([
    ['as AWS answers', { PasswordPolicy: { MinimumPasswordLength: 14 } }],
    ['as the policy alone', { MinimumPasswordLength: 14 }],
  ])('is read %s', (_form, content) => {
    expect(read('password-policy.json', content).passwordPolicy).toEqual({
      PasswordPolicy: { MinimumPasswordLength: 14 },
    });
  });

  it.each<[unknown]>([[{ PasswordPolicy: null }], [null], [{ Error: { Code: 'NoSuchEntity', Message: '…' } }]])(
    'says with %j that there is no policy',
    (content) => {
      expect(read('password-policy.json', content).passwordPolicy).toEqual({ PasswordPolicy: null });
    },
  );
});

describe('mfa-devices.json', () => {
  const virtual = {
    SerialNumber: 'arn:aws:iam::123456789012:mfa/root',
    User: { Arn: 'arn:aws:iam::123456789012:root' },
  };
  const token = { SerialNumber: 'GAHT12345678' };

  it.each<[string, unknown]>([
    ['as AWS answers', { VirtualMFADevices: [virtual], MFADevices: [{ UserName: 'alice', ...token }] }],
    ['in pages', [{ VirtualMFADevices: [virtual] }, { MFADevices: [{ UserName: 'alice', ...token }] }]],
    ['as one list', [virtual, { UserName: 'alice', ...token }]],
    ['with devices by user', { VirtualMFADevices: [virtual], MFADevices: { alice: [token] } }],
  ])('is read %s', (_form, content) => {
    expect(read('mfa-devices.json', content).mfaDevices).toEqual({
      VirtualMFADevices: [virtual],
      MFADevices: [{ UserName: 'alice', ...token }],
    });
  });

  it('says nothing of the virtual devices where it holds only those of users', () => {
    expect(read('mfa-devices.json', { alice: { MFADevices: [token] } }).mfaDevices).toEqual({
      MFADevices: [{ UserName: 'alice', ...token }],
    });
  });
});

describe('identity-providers.json', () => {
  const saml = { Arn: 'arn:aws:iam::123456789012:saml-provider/okta', ValidUntil: '2027-01-01T00:00:00Z' };
  const Arn = 'arn:aws:iam::123456789012:oidc-provider/token.example.com';
  const details = { Url: 'token.example.com', ClientIDList: ['sts.amazonaws.com'] };

  it.each<[string, unknown]>([
    ['as AWS answers', { SAMLProviderList: [saml], OpenIDConnectProviderList: [{ Arn, ...details }] }],
    ['with details by ARN beside', { SAMLProviderList: [saml], OpenIDConnectProviderList: [{ Arn }], [Arn]: details }],
    [
      'with details by ARN in another member',
      { SAMLProviderList: [saml], OpenIDConnectProviderList: [{ Arn }], OpenIDConnectProviders: { [Arn]: details } },
    ],
    ['with the list by ARN', { SAMLProviderList: [saml], OpenIDConnectProviderList: { [Arn]: details } }],
    ['by ARN', { [saml.Arn]: saml, [Arn]: details }],
    ['as one list', [{ Arn, ...details }, saml]],
    ['in pages', [{ SAMLProviderList: [saml] }, { OpenIDConnectProviderList: [{ Arn, ...details }] }]],
  ])('is read %s', (_form, content) => {
    expect(read('identity-providers.json', content).identityProviders).toEqual({
      SAMLProviderList: [saml],
      OpenIDConnectProviderList: [{ Arn, ...details }],
    });
  });

  it('keeps a kind that was read and does not occur', () => {
    const none = { SAMLProviderList: [], OpenIDConnectProviderList: [] };
    expect(read('identity-providers.json', none).identityProviders).toEqual(none);
    expect(read('identity-providers.json', [saml]).identityProviders).toEqual({ SAMLProviderList: [saml] });
  });
});

describe('instance-profiles.json and server-certificates.json', () => {
  const profile = {
    InstanceProfileName: 'web',
    InstanceProfileId: 'AIPAWEB',
    Arn: 'arn:aws:iam::123456789012:instance-profile/web',
    CreateDate,
    Roles: [{ RoleName: 'web' }],
  };
  const certificate = {
    Path: '/',
    ServerCertificateName: 'shop',
    ServerCertificateId: 'ASCASHOP',
    Arn: 'arn:aws:iam::123456789012:server-certificate/shop',
    UploadDate: CreateDate,
    Expiration: '2027-01-01T00:00:00Z',
  };

  it.each<[string, string, unknown]>([
    ['as a list', 'instance-profiles.json', [profile]],
    ['as answers about one', 'instance-profiles.json', [{ InstanceProfile: profile }]],
    ['in pages', 'instance-profiles.json', [{ InstanceProfiles: [] }, { InstanceProfiles: [profile] }]],
    ['as a list', 'server-certificates.json', [certificate]],
    [
      'as answers about one',
      'server-certificates.json',
      [{ ServerCertificate: { ServerCertificateMetadata: certificate } }],
    ],
  ])('are read %s', (_form, file, content) => {
    const { instanceProfiles, serverCertificates } = read(file, content);
    expect(instanceProfiles ?? serverCertificates).toEqual(
      file === 'instance-profiles.json'
        ? { InstanceProfiles: [profile] }
        : { ServerCertificateMetadataList: [certificate] },
    );
  });
});

it.each<[string, unknown, string]>([
  ['account-summary.json', {}, ' at /SummaryMap: is missing; write it as AWS answers, {"SummaryMap": {"Users": 5, …}}'],
  ['password-policy.json', {}, ' at /PasswordPolicy: is missing; write it as AWS answers, {"PasswordPolicy": {'],
  ['mfa-devices.json', [], ': expected object, received array; write it as AWS answers, {"VirtualMFADevices": […]'],
  ['access-keys.json', {}, ' at /AccessKeyMetadata: is missing; write it as AWS answers, {"AccessKeyMetadata": [{'],
  ['access-keys.json', { alice: [key], note: 1 }, ' at /AccessKeyMetadata: is missing; write it as AWS answers'],
  ['access-keys.json', [key], ' at /AccessKeyMetadata/0/UserName: is missing; write it as AWS answers'],
  [
    'identity-providers.json',
    [{ Arn: 'arn:aws:iam::123456789012:role/r' }],
    ': expected object, received array; write',
  ],
  [
    'ssh-public-keys.json',
    'true',
    ': expected object, received boolean; write it as AWS answers, {"SSHPublicKeys": [{',
  ],
])('%s that is %j is refused in one line with the mend', (file, content, message) => {
  const parsed = parse(file, content);
  expect(parsed.ok ? [] : parsed.error.map((problem) => problem.message)).toEqual([
    expect.stringContaining(`${file}${message}`),
  ]);
  expect(parsed.ok ? '' : parsed.error[0]?.message).toMatch(/, or collect it anew: vigil collect --out DIR$/);
});
