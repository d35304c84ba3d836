import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { type S3Place, uploadToS3 } from './s3-upload.ts';
import { bucketServer, type Disturbance } from './testing/bucket-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const serve = async (disturb?: (count: number) => Disturbance) => {
  const server = await bucketServer(disturb);
  closing.push(server.close);
  return server;
};

const SECRET = 'do-not-tell';
const placeAt = (endpointUrl: string, more: Partial<S3Place> = {}): S3Place => ({
  bucket: 'evidence',
  prefix: '/vigil/nights/',
  encryption: 'AES256',
  region: 'eu-west-1',
  endpointUrl,
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new Secret(SECRET) },
  ...more,
});

const RUN = '2026/06/01/20260601T030000Z';
const FILES = new Map<string, string | Uint8Array>([
  ['report.html', '<p>Ünïcode</p>'],
  ['evidence.zip', new Uint8Array([80, 75, 0, 255])],
  ['manifest.json', '{}'],
]);
const key = (name: string): string => `/evidence/vigil/nights/${RUN}/${name}`;

describe('a bucket', () => {
  it('gets each file by date and run, in order, encrypted, with type and SHA-256, and only where nothing is', async () => {
    const { url, received } = await serve();
    const uploaded = await uploadToS3(FILES, RUN, placeAt(url, { bucketOwner: '123456789012' }));
    expect(uploaded).toEqual({ ok: true, value: `s3://evidence/vigil/nights/${RUN}/` });
    expect(received.map(({ method, path }) => [method, path])).toEqual([
      ['PUT', key('report.html')],
      ['PUT', key('evidence.zip')],
      ['PUT', key('manifest.json')],
    ]);
    expect(received.map(({ headers }) => headers['content-type'])).toEqual([
      'text/html; charset=utf-8',
      'application/zip',
      'application/json',
    ]);
    for (const { headers, body } of received) {
      expect(headers).toMatchObject({
        'if-none-match': '*',
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-expected-bucket-owner': '123456789012',
        'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
      });
      expect(headers['x-amz-server-side-encryption-aws-kms-key-id']).toBeUndefined();
    }
    expect(received[0]?.body.toString('utf8')).toBe('<p>Ünïcode</p>');
  });

  it('is told the key of KMS to encrypt with', async () => {
    const { url, received } = await serve();
    await uploadToS3(FILES, RUN, placeAt(url, { encryption: 'aws:kms', kmsKeyId: 'alias/audit' }));
    expect(received[0]?.headers).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'alias/audit',
    });
  });

  it('is asked again where it breaks or the connection is cut', async () => {
    const { url, objects } = await serve((count) => (count === 1 ? 503 : count === 2 ? 'cut' : null));
    expect((await uploadToS3(FILES, RUN, placeAt(url))).ok).toBe(true);
    expect([...objects.keys()]).toEqual([...FILES.keys()].map(key));
  });

  it('may have got a file whose answer was lost', async () => {
    const { url, objects } = await serve((count) => (count === 1 ? 'lost' : null));
    expect((await uploadToS3(FILES, RUN, placeAt(url))).ok).toBe(true);
    expect(objects.size).toBe(3);
  });

  it('takes the same run twice, and keeps what it has of another', async () => {
    const { url, objects } = await serve();
    await uploadToS3(FILES, RUN, placeAt(url));
    expect((await uploadToS3(FILES, RUN, placeAt(url))).ok).toBe(true);
    const other = new Map([['report.html', 'tampered']]);
    expect(await uploadToS3(other, RUN, placeAt(url))).toEqual({
      ok: false,
      error: `s3://evidence/vigil/nights/${RUN}/: report.html: another object is there, which is not overwritten`,
    });
    expect(objects.get(key('report.html'))?.body.toString('utf8')).toBe('<p>Ünïcode</p>');
  });

  it.each([
    [403, 'answered 403'],
    [404, 'answered 404'],
  ])('that answers %i is said, nothing after it is sent, and no secret is told', async (status, reason) => {
    const { url, received } = await serve((count) => (count === 2 ? status : null));
    const uploaded = await uploadToS3(FILES, RUN, placeAt(url));
    expect(uploaded.ok ? '' : uploaded.error).toContain(`evidence.zip: ${reason}`);
    expect(uploaded.ok ? '' : uploaded.error).not.toContain(SECRET);
    expect(received).toHaveLength(2);
  });

  it('that stays broken is given up after four tries', async () => {
    const { url, received } = await serve(() => 500);
    const uploaded = await uploadToS3(FILES, RUN, placeAt(url));
    expect(uploaded.ok ? '' : uploaded.error).toContain('report.html: answered 500');
    expect(received).toHaveLength(4);
  });

  it('that nobody answers for is said', async () => {
    const { url } = await serve();
    for (const close of closing.splice(0)) await close();
    const uploaded = await uploadToS3(FILES, RUN, placeAt(url));
    expect(uploaded.ok ? '' : uploaded.error).toContain('could not be reached (ECONNREFUSED)');
  });
});
