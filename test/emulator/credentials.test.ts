import {
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetSAMLProviderCommand,
  GetServerCertificateCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

const account = `
root:
  mfa: [{ kind: virtual, enableDate: 2020-01-01 }]
  accessKeys: [{ createDate: 2019-01-01, accessKeyId: AKIA22222222ROOTKEYS }]
users:
  - userName: alice
    password: { createDate: 2021-01-01, resetRequired: true }
    accessKeys:
      - { accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 2025-01-01, lastUsed: { date: 2026-01-29, service: s3, region: eu-west-1 } }
      - { accessKeyId: AKIA2345ABCDEFGHIJKM, createDate: 2025-06-01, status: Inactive }
    mfa: [{ kind: hardware, serialNumber: GAHT12345678, enableDate: 2022-02-02 }, { kind: virtual, enableDate: 2023-03-03 }]
    sshPublicKeys: [{ sshPublicKeyId: APKA2345ABCDEFGHIJKLM, uploadDate: 2024-01-01 }]
    signingCertificates: [{ certificateId: TA7SMP42TDN5Z26OBPJE7EXAMPLE, uploadDate: 2018-01-01, status: Inactive }]
    serviceSpecificCredentials:
      - { serviceName: codecommit.amazonaws.com, createDate: 2024-01-01 }
      - { serviceName: bedrock.amazonaws.com, createDate: 2025-01-01, expirationDate: 2026-02-01 }
  - { userName: bob, serviceSpecificCredentials: [{ serviceName: codecommit.amazonaws.com, createDate: 2024-02-01 }] }
serverCertificates: [{ serverCertificateName: www, path: /cloudfront/, uploadDate: 2024-01-01, expiration: 2026-01-21 }]
samlProviders: [{ name: corp, createDate: 2022-01-01, validUntil: 2027-01-01, tags: { a: b } }]
oidcProviders:
  - url: https://token.actions.githubusercontent.com
    clientIds: [sts.amazonaws.com]
    thumbprints: [6938fd4d98bab03faadb97b34396831e3780aea1]
    createDate: 2023-01-01
`;

const alice = { UserName: 'alice' };

describe('the credentials of an emulated account', () => {
  it('are access keys with their last use', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new ListAccessKeysCommand(alice))).AccessKeyMetadata).toEqual([
      { ...alice, AccessKeyId: 'AKIA2345ABCDEFGHIJKL', Status: 'Active', CreateDate: new Date('2025-01-01T00:00:00Z') },
      {
        ...alice,
        AccessKeyId: 'AKIA2345ABCDEFGHIJKM',
        Status: 'Inactive',
        CreateDate: new Date('2025-06-01T00:00:00Z'),
      },
    ]);
    expect((await iam.send(new ListAccessKeysCommand({ UserName: 'bob' }))).AccessKeyMetadata).toEqual([]);
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIA2345ABCDEFGHIJKL' }));
    expect(used).toMatchObject({
      ...alice,
      AccessKeyLastUsed: { LastUsedDate: new Date('2026-01-29T00:00:00Z'), ServiceName: 's3', Region: 'eu-west-1' },
    });
    const unused = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIA2345ABCDEFGHIJKM' }));
    expect(unused.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    const absent = new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIANOBODYS222222222' });
    await expect(iam.send(absent)).rejects.toMatchObject({ Code: 'AccessDenied' });
  });

  it('are those of the caller where no user is named', async () => {
    const { iam, as } = await runningAccount(account);
    expect((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toEqual([
      { AccessKeyId: 'AKIA22222222ROOTKEYS', Status: 'Active', CreateDate: new Date('2019-01-01T00:00:00Z') },
    ]);
    const own = await as('AKIA2345ABCDEFGHIJKL').iam.send(new ListAccessKeysCommand({ MaxItems: 1 }));
    expect(own).toMatchObject({ AccessKeyMetadata: [alice], IsTruncated: true });
  });

  it('are MFA devices of both kinds', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new ListMFADevicesCommand(alice))).MFADevices).toEqual([
      { ...alice, SerialNumber: 'GAHT12345678', EnableDate: new Date('2022-02-02T00:00:00Z') },
      { ...alice, SerialNumber: 'arn:aws:iam::123456789012:mfa/alice-2', EnableDate: new Date('2023-03-03T00:00:00Z') },
    ]);
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }));
    expect(VirtualMFADevices).toMatchObject([
      {
        SerialNumber: 'arn:aws:iam::123456789012:mfa/alice-2',
        User: alice,
        EnableDate: new Date('2023-03-03T00:00:00Z'),
      },
      {
        SerialNumber: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device',
        User: { Arn: 'arn:aws:iam::123456789012:root', UserId: '123456789012' },
        EnableDate: new Date('2020-01-01T00:00:00Z'),
      },
    ]);
    const unassigned = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Unassigned' }));
    expect(unassigned.VirtualMFADevices).toEqual([]);
  });

  it('are passwords', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new GetLoginProfileCommand(alice))).LoginProfile).toEqual({
      ...alice,
      CreateDate: new Date('2021-01-01T00:00:00Z'),
      PasswordResetRequired: true,
    });
    await expect(iam.send(new GetLoginProfileCommand({ UserName: 'bob' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Login Profile for User bob cannot be found.',
    });
  });

  it('are keys and certificates that users upload', async () => {
    const { iam } = await runningAccount(account);
    expect((await iam.send(new ListSSHPublicKeysCommand(alice))).SSHPublicKeys).toEqual([
      {
        ...alice,
        SSHPublicKeyId: 'APKA2345ABCDEFGHIJKLM',
        Status: 'Active',
        UploadDate: new Date('2024-01-01T00:00:00Z'),
      },
    ]);
    expect((await iam.send(new ListSigningCertificatesCommand(alice))).Certificates).toMatchObject([
      {
        ...alice,
        CertificateId: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE',
        Status: 'Inactive',
        UploadDate: new Date('2018-01-01T00:00:00Z'),
      },
    ]);
    expect((await iam.send(new ListSSHPublicKeysCommand({}))).SSHPublicKeys).toEqual([]);
  });

  it('are credentials for one service, of one user or of all', async () => {
    const { iam } = await runningAccount(account);
    const list = async (input: object) =>
      (await iam.send(new ListServiceSpecificCredentialsCommand(input))).ServiceSpecificCredentials;
    expect(await list(alice)).toMatchObject([
      { ...alice, ServiceName: 'codecommit.amazonaws.com', ServiceUserName: 'alice-at-123456789012', Status: 'Active' },
      { ...alice, ServiceName: 'bedrock.amazonaws.com', ExpirationDate: new Date('2026-02-01T00:00:00Z') },
    ]);
    expect(await list({ ...alice, ServiceName: 'bedrock.amazonaws.com' })).toHaveLength(1);
    expect((await list({ AllUsers: true }))?.map(({ UserName }) => UserName)).toEqual(['alice', 'alice', 'bob']);
    expect(await list({})).toEqual([]);
    await expect(list({ AllUsers: true, ...alice })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('the certificates and providers of an emulated account', () => {
  it('are server certificates with their expiry', async () => {
    const { iam } = await runningAccount(account);
    const metadata = {
      Path: '/cloudfront/',
      ServerCertificateName: 'www',
      ServerCertificateId: expect.stringMatching(/^ASCA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:server-certificate/cloudfront/www',
      UploadDate: new Date('2024-01-01T00:00:00Z'),
      Expiration: new Date('2026-01-21T00:00:00Z'),
    };
    const list = await iam.send(new ListServerCertificatesCommand({}));
    expect(list.ServerCertificateMetadataList).toEqual([metadata]);
    const one = await iam.send(new GetServerCertificateCommand({ ServerCertificateName: 'WWW' }));
    expect(one.ServerCertificate?.ServerCertificateMetadata).toEqual(metadata);
    const absent = new GetServerCertificateCommand({ ServerCertificateName: 'none' });
    await expect(iam.send(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('are SAML providers', async () => {
    const { iam } = await runningAccount(account);
    const dates = { CreateDate: new Date('2022-01-01T00:00:00Z'), ValidUntil: new Date('2027-01-01T00:00:00Z') };
    const SAMLProviderArn = 'arn:aws:iam::123456789012:saml-provider/corp';
    expect((await iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList).toEqual([
      { Arn: SAMLProviderArn, ...dates },
    ]);
    expect(await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }))).toMatchObject({
      ...dates,
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const absent = new GetSAMLProviderCommand({ SAMLProviderArn: `${SAMLProviderArn}s` });
    await expect(iam.send(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('are OIDC providers', async () => {
    const { iam } = await runningAccount(account);
    const OpenIDConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toEqual([
      { Arn: OpenIDConnectProviderArn },
    ]);
    expect(await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).toMatchObject({
      Url: 'token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
      CreateDate: new Date('2023-01-01T00:00:00Z'),
      Tags: [],
    });
    const absent = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: `${OpenIDConnectProviderArn}/x` });
    await expect(iam.send(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
