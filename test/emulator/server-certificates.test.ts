import {
  DeleteServerCertificateCommand,
  GetServerCertificateCommand,
  ListServerCertificatesCommand,
  UpdateServerCertificateCommand,
  UploadServerCertificateCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  AUTHORITY,
  CERTIFICATE,
  CERTIFICATE_KEY,
  SHORT_CERTIFICATE,
  SHORT_CERTIFICATE_KEY,
} from './example-certificates.ts';
import { runningAccount } from './running-account.ts';

const www = { ServerCertificateName: 'www', CertificateBody: CERTIFICATE, PrivateKey: CERTIFICATE_KEY };
const BROKEN_CHAIN =
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ';

const UNPARSED = {
  name: 'MalformedCertificateException',
  message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.',
};

describe('server certificates', () => {
  it('are uploaded with their chain, and told without their private key', async () => {
    const { iam } = await runningAccount('{}');
    const Tags = [{ Key: 'a', Value: 'b' }];
    const uploaded = await iam.send(
      new UploadServerCertificateCommand({ ...www, Path: '/cloudfront/', CertificateChain: AUTHORITY, Tags }),
    );
    expect(uploaded.ServerCertificateMetadata).toEqual({
      Path: '/cloudfront/',
      ServerCertificateName: 'www',
      ServerCertificateId: expect.stringMatching(/^ASCA[A-Z2-7]{17}$/) as unknown,
      Arn: 'arn:aws:iam::123456789012:server-certificate/cloudfront/www',
      UploadDate: new Date('2026-01-31T12:00:00Z'),
      Expiration: new Date('2126-10-29T15:48:37Z'),
    });
    expect(uploaded.Tags).toEqual(Tags);
    const { ServerCertificate } = await iam.send(new GetServerCertificateCommand({ ServerCertificateName: 'WWW' }));
    expect(ServerCertificate).toEqual({
      ServerCertificateMetadata: uploaded.ServerCertificateMetadata,
      CertificateBody: CERTIFICATE,
      CertificateChain: AUTHORITY,
      Tags,
    });
  });

  it.each([
    ['text that is no certificate', { CertificateBody: 'certbody' }, UNPARSED],
    ['a certificate with text before it', { CertificateBody: `Subject: x\n${CERTIFICATE}` }, UNPARSED],
    ['a key that is none', { PrivateKey: 'privatekey' }, { name: 'MalformedCertificateException' }],
    ['the key of another', { PrivateKey: SHORT_CERTIFICATE_KEY }, { name: 'KeyPairMismatchException' }],
    [
      'a chain that begins with another than the issuer',
      { CertificateChain: SHORT_CERTIFICATE },
      { name: 'MalformedCertificateException', message: `${BROKEN_CHAIN}-1` },
    ],
    [
      'a chain that goes on with a stranger',
      { CertificateChain: `${AUTHORITY}${SHORT_CERTIFICATE}` },
      { name: 'MalformedCertificateException', message: `${BROKEN_CHAIN}0` },
    ],
    [
      'characters beyond Latin-1',
      { PrivateKey: 'ключ' },
      {
        name: 'ValidationError',
        message: 'The specified value for privateKey is invalid. It must contain only printable ASCII characters.',
      },
    ],
  ])('are refused: %s', async (_, change, refusal) => {
    const { iam } = await runningAccount('{}');
    await expect(iam.send(new UploadServerCertificateCommand({ ...www, ...change }))).rejects.toMatchObject(refusal);
  });

  it('are refused where they have ended', async () => {
    const { iam, clock } = await runningAccount('{}');
    const short = { ...www, CertificateBody: SHORT_CERTIFICATE, PrivateKey: SHORT_CERTIFICATE_KEY };
    clock.moveTo('2026-11-24T00:00:00Z');
    await expect(iam.send(new UploadServerCertificateCommand(short))).rejects.toMatchObject({
      name: 'MalformedCertificateException',
    });
  });

  it('are renamed and moved, but not onto another', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new UploadServerCertificateCommand(www));
    await iam.send(new UploadServerCertificateCommand({ ...www, ServerCertificateName: 'other' }));
    const rename = (NewServerCertificateName: string, NewPath?: string) =>
      iam.send(new UpdateServerCertificateCommand({ ServerCertificateName: 'www', NewServerCertificateName, NewPath }));
    await expect(rename('OTHER')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'The Server Certificate with name OTHER already exists.',
    });
    await rename('web', '/new/');
    const { ServerCertificateMetadataList } = await iam.send(
      new ListServerCertificatesCommand({ PathPrefix: '/new/' }),
    );
    expect(ServerCertificateMetadataList).toMatchObject([
      { ServerCertificateName: 'web', Arn: 'arn:aws:iam::123456789012:server-certificate/new/web' },
    ]);
    await expect(rename('gone')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The Server Certificate with name www cannot be found.',
    });
  });

  it('are twenty an account at most, and make room when they go', async () => {
    const certificates = Array.from(
      { length: 20 },
      (_, at) => `{ serverCertificateName: c${at}, uploadDate: 1d ago, expiration: in 1d }`,
    );
    const { iam } = await runningAccount(`{ serverCertificates: [${certificates.join()}] }`);
    await expect(iam.send(new UploadServerCertificateCommand(www))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for ServerCertificatesPerAccount: 20',
    });
    await iam.send(new DeleteServerCertificateCommand({ ServerCertificateName: 'C3' }));
    await iam.send(new UploadServerCertificateCommand(www));
  });
});
