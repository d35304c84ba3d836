import { generateKeyPairSync } from 'node:crypto';
import {
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  GetSSHPublicKeyCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { AUTHORITY, CERTIFICATE, SHORT_CERTIFICATE } from './example-certificates.ts';
import { ED25519_KEY, KEY_FINGERPRINT, PEM_KEY, SHORT_SSH_KEY, SSH_KEY } from './example-ssh-keys.ts';
import { runningAccount } from './running-account.ts';

const account = '{ users: [{ userName: Bob }, { userName: Eve }] }';
const UserName = 'Bob';

/** SSH keys that are all different. */
const someKeys = (count: number): string[] =>
  Array.from({ length: count }, () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  );

describe('SSH public keys', () => {
  it.each([
    ['SSH', SSH_KEY],
    ['PEM', PEM_KEY],
  ])('uploaded as %s are given back in both encodings', async (_encoding, SSHPublicKeyBody) => {
    const { iam } = await runningAccount(account);
    const { SSHPublicKey } = await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }));
    expect(SSHPublicKey).toEqual({
      UserName,
      SSHPublicKeyId: expect.stringMatching(/^APKA[A-Z2-7]{17}$/) as unknown,
      Fingerprint: KEY_FINGERPRINT,
      SSHPublicKeyBody,
      Status: 'Active',
      UploadDate: new Date('2026-01-31T12:00:00Z'),
    });
    const id = { UserName, SSHPublicKeyId: SSHPublicKey?.SSHPublicKeyId };
    const ssh = (await iam.send(new GetSSHPublicKeyCommand({ ...id, Encoding: 'SSH' }))).SSHPublicKey;
    expect(ssh?.SSHPublicKeyBody?.split(' ').slice(0, 2)).toEqual(SSH_KEY.split(' ').slice(0, 2));
    const pem = (await iam.send(new GetSSHPublicKeyCommand({ ...id, Encoding: 'PEM' }))).SSHPublicKey;
    expect(pem).toMatchObject({ SSHPublicKeyBody: PEM_KEY, Fingerprint: KEY_FINGERPRINT });
  });

  it('are switched off and deleted', async () => {
    const { iam } = await runningAccount(account);
    const uploaded = await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: SSH_KEY }));
    const key = { UserName, SSHPublicKeyId: uploaded.SSHPublicKey?.SSHPublicKeyId };
    await iam.send(new UpdateSSHPublicKeyCommand({ ...key, Status: 'Inactive' }));
    expect((await iam.send(new ListSSHPublicKeysCommand({ UserName }))).SSHPublicKeys).toEqual([
      { ...key, Status: 'Inactive', UploadDate: new Date('2026-01-31T12:00:00Z') },
    ]);
    const absent = {
      name: 'NoSuchEntityException',
      message: `The Public Key with id ${key.SSHPublicKeyId ?? ''} cannot be found.`,
    };
    await expect(iam.send(new DeleteSSHPublicKeyCommand({ ...key, UserName: 'Eve' }))).rejects.toMatchObject(absent);
    await iam.send(new DeleteSSHPublicKeyCommand(key));
    await expect(iam.send(new GetSSHPublicKeyCommand({ ...key, Encoding: 'SSH' }))).rejects.toMatchObject(absent);
  });

  it.each([
    ['of another encoding', 'no key', 'UnrecognizedPublicKeyEncodingException'],
    ['of another kind', ED25519_KEY, 'InvalidPublicKeyException'],
    ['of few bits', SHORT_SSH_KEY, 'InvalidPublicKeyException'],
    ['cut off', SSH_KEY.slice(0, 100), 'InvalidPublicKeyException'],
    ['of no key', 'ssh-rsa AAAAB3NzaC1yc2EAAAAAAAAAAA==', 'InvalidPublicKeyException'],
    ['broken', PEM_KEY.replace('MIIBI', 'AAAAA'), 'InvalidPublicKeyException'],
  ])('%s are refused', async (_what, SSHPublicKeyBody, name) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }))).rejects.toMatchObject({
      name,
      message: 'Invalid public key uploaded.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('are five a user, and each once', async () => {
    const { iam } = await runningAccount(account);
    const upload = (SSHPublicKeyBody: string) =>
      iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }));
    await upload(SSH_KEY);
    await expect(upload(PEM_KEY)).rejects.toMatchObject({
      name: 'DuplicateSSHPublicKeyException',
      $metadata: { httpStatusCode: 400 },
    });
    await iam.send(new UploadSSHPublicKeyCommand({ UserName: 'Eve', SSHPublicKeyBody: SSH_KEY }));
    const [last = '', ...others] = someKeys(5);
    for (const key of others) await upload(key);
    await expect(upload(last)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for SSHPublicKeysPerUser: 5',
    });
  });
});

describe('what the account file says was uploaded', () => {
  it('is there with its text', async () => {
    const { iam } = await runningAccount(`
users:
  - userName: Bob
    sshPublicKeys: [{ uploadDate: 1y ago, sshPublicKeyId: APKA2345ABCDEFGHIJKLM, sshPublicKeyBody: "${SSH_KEY}" }]
    signingCertificates: [{ uploadDate: 1y ago, certificateBody: "${CERTIFICATE.replaceAll('\n', '\\n')}" }]
`);
    const { SSHPublicKey } = await iam.send(
      new GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId: 'APKA2345ABCDEFGHIJKLM', Encoding: 'PEM' }),
    );
    expect(SSHPublicKey).toMatchObject({ SSHPublicKeyBody: PEM_KEY, Fingerprint: KEY_FINGERPRINT });
    const { Certificates } = await iam.send(new ListSigningCertificatesCommand({ UserName }));
    expect(Certificates?.[0]?.CertificateBody).toBe(CERTIFICATE);
    await expect(iam.send(new UploadSigningCertificateCommand({ CertificateBody: CERTIFICATE }))).rejects.toMatchObject(
      { name: 'DuplicateCertificateException' },
    );
  });
});

describe('signing certificates', () => {
  it('are uploaded, listed, switched off and deleted', async () => {
    const { iam } = await runningAccount(account);
    const { Certificate } = await iam.send(
      new UploadSigningCertificateCommand({ UserName: 'bob', CertificateBody: CERTIFICATE }),
    );
    expect(Certificate).toEqual({
      UserName,
      CertificateId: expect.stringMatching(/^[A-Z0-9]{32}$/) as unknown,
      CertificateBody: CERTIFICATE,
      Status: 'Active',
      UploadDate: new Date('2026-01-31T12:00:00Z'),
    });
    const one = { UserName, CertificateId: Certificate?.CertificateId };
    await iam.send(new UpdateSigningCertificateCommand({ ...one, Status: 'Inactive' }));
    expect((await iam.send(new ListSigningCertificatesCommand({ UserName }))).Certificates).toEqual([
      { ...Certificate, Status: 'Inactive' },
    ]);
    await iam.send(new DeleteSigningCertificateCommand(one));
    await expect(iam.send(new DeleteSigningCertificateCommand(one))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The Certificate with id ${one.CertificateId ?? ''} cannot be found.`,
    });
    await iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: CERTIFICATE }));
  });

  it('are one user’s alone, the root user’s too, and two a user', async () => {
    const { iam } = await runningAccount(
      '{ quotas: { SigningCertificatesPerUser: 1 }, users: [{ userName: Bob }, { userName: Eve }] }',
    );
    await iam.send(new UploadSigningCertificateCommand({ CertificateBody: AUTHORITY }));
    const duplicate = { name: 'DuplicateCertificateException', $metadata: { httpStatusCode: 409 } };
    const upload = (user: string, CertificateBody: string) =>
      iam.send(new UploadSigningCertificateCommand({ UserName: user, CertificateBody }));
    await expect(upload('Bob', AUTHORITY)).rejects.toMatchObject(duplicate);
    await upload('Bob', CERTIFICATE);
    await expect(upload('Eve', CERTIFICATE)).rejects.toMatchObject(duplicate);
    await expect(upload('Bob', SHORT_CERTIFICATE)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for SigningCertificatesPerUser: 1',
    });
  });

  it.each([
    ['no certificate', 'no certificate'],
    ['two certificates', `${CERTIFICATE}\n${AUTHORITY}`],
  ])('are refused for %s', async (_what, CertificateBody) => {
    const { iam } = await runningAccount(account);
    await expect(iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }))).rejects.toMatchObject({
      name: 'MalformedCertificateException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('are refused once they have ended', async () => {
    const { iam, clock } = await runningAccount(account);
    clock.moveTo('2027-01-01T00:00:00Z');
    await expect(
      iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: SHORT_CERTIFICATE })),
    ).rejects.toMatchObject({ name: 'MalformedCertificateException' });
  });
});
