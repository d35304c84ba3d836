import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { err, ok } from '../kernel/result.ts';
import { Secret } from '../kernel/secret.ts';
import type { S3Place } from './s3-place.ts';
import { replaceInS3, uploadToS3, urlIn } from './s3-upload.ts';
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
/** Uploads files, and says which arrived. */
const upload = async (
  files: ReadonlyMap<string, string | Uint8Array>,
  place: S3Place,
  patience = { attempts: 4, timeoutMs: 5000 },
) => {
  const arrived: string[] = [];
  const uploaded = await uploadToS3(
    [...files].map(([name, content]) => ({ name, read: async () => ok(content) })),
    RUN,
    place,
    { patience, onArrived: async (name) => void arrived.push(name) },
  );
  return { arrived, ok: uploaded.ok, problem: uploaded.ok ? null : uploaded.error };
};
const ALL = [...FILES.keys()];
const key = (name: string): string => `/evidence/vigil/nights/${RUN}/${name}`;

describe('a bucket', () => {
  it('gets each file by date and run, in order, encrypted, with type and SHA-256, and only where nothing is', async () => {
    const { url, received } = await serve();
    const place = placeAt(url, { bucketOwner: '123456789012' });
    expect(await upload(FILES, place)).toEqual({ ok: true, arrived: ALL, problem: null });
    expect(urlIn(place, RUN)).toBe(`s3://evidence/vigil/nights/${RUN}`);
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
    await upload(FILES, placeAt(url, { encryption: 'aws:kms', kmsKeyId: 'alias/audit' }));
    expect(received[0]?.headers).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'alias/audit',
    });
  });

  it('is asked again where it breaks or the connection is cut', async () => {
    const { url, objects } = await serve((count) => (count === 1 ? 503 : count === 2 ? 'cut' : null));
    expect((await upload(FILES, placeAt(url))).ok).toBe(true);
    expect([...objects.keys()]).toEqual([...FILES.keys()].map(key));
  });

  it('may have got a file whose answer was lost', async () => {
    const { url, objects } = await serve((count) => (count === 1 ? 'lost' : null));
    expect((await upload(FILES, placeAt(url))).ok).toBe(true);
    expect(objects.size).toBe(3);
  });

  it('takes the same run twice, and keeps what it has of another', async () => {
    const { url, objects } = await serve();
    await upload(FILES, placeAt(url));
    expect((await upload(FILES, placeAt(url))).ok).toBe(true);
    const other = new Map([['report.html', 'tampered']]);
    const message = 'report.html: another object is there, which is not overwritten';
    expect(await upload(other, placeAt(url))).toEqual({ ok: false, arrived: [], problem: { kind: 'taken', message } });
    expect(objects.get(key('report.html'))?.body.toString('utf8')).toBe('<p>Ünïcode</p>');
  });

  it('that may not be read cannot tell what it has from another', async () => {
    const { url } = await serve((count) => (count === 4 ? 412 : count === 5 ? 403 : null));
    await upload(FILES, placeAt(url));
    expect((await upload(FILES, placeAt(url))).problem).toEqual({
      kind: 'refused',
      message: expect.stringMatching(
        /^report.html: an object is there, which cannot be compared \(s3:GetObject: answered 403/,
      ),
    });
  });

  it.each([
    [403, 'refused'],
    [404, 'refused'],
    [400, 'refused'],
  ])('that answers %i is said, nothing after it is sent, and no secret is told', async (status, kind) => {
    const { url, received } = await serve((count) => (count === 2 ? status : null));
    const { arrived, problem } = await upload(FILES, placeAt(url));
    expect(arrived).toEqual(['report.html']);
    expect(problem).toMatchObject({ kind, message: expect.stringContaining(`evidence.zip: answered ${status}`) });
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(received).toHaveLength(2);
  });

  it.each<[string, Disturbance, string]>([
    ['stays broken', 500, 'report.html: answered 500'],
    ['is too busy', 503, 'report.html: answered 503'],
    ['cuts each connection', 'cut', 'report.html: could not be reached'],
  ])('that %s is left after four tries, for a later time', async (_, disturbance, message) => {
    const { url, received } = await serve(() => disturbance);
    const { arrived, problem } = await upload(FILES, placeAt(url));
    expect(problem).toEqual({ kind: 'unreachable', message: expect.stringContaining(message) });
    expect([arrived, received.length]).toEqual([[], 4]);
  });

  it('that never answers is left in bounded time', async () => {
    const { url, received } = await serve(() => 'hang');
    const { problem } = await upload(FILES, placeAt(url), { attempts: 2, timeoutMs: 400 });
    expect(problem).toEqual({
      kind: 'unreachable',
      message: expect.stringContaining('could not be reached (ETIMEDOUT)'),
    });
    expect(received.length).toBeLessThanOrEqual(2);
  });

  it('that hangs once and is fine again gets everything', async () => {
    const { url, objects } = await serve((count) => (count === 2 ? 'hang' : null));
    expect((await upload(FILES, placeAt(url), { attempts: 4, timeoutMs: 500 })).arrived).toEqual(ALL);
    expect(objects.size).toBe(3);
  });

  it('that nobody answers for is said', async () => {
    const { url } = await serve();
    for (const close of closing.splice(0)) await close();
    expect((await upload(FILES, placeAt(url))).problem).toEqual({
      kind: 'unreachable',
      message: 'report.html: could not be reached (ECONNREFUSED)',
    });
  });

  it('is sent no file that is not what it was', async () => {
    const { url, received } = await serve();
    const read = async () => err('it was changed');
    expect(await uploadToS3([{ name: 'report.html', read }], RUN, placeAt(url))).toEqual(
      err({ kind: 'files', message: 'report.html: it was changed' }),
    );
    expect(received).toEqual([]);
  });

  it('has one page that is overwritten', async () => {
    const { url, received, objects } = await serve();
    await replaceInS3('index.html', 'one', placeAt(url));
    expect(await replaceInS3('index.html', 'two', placeAt(url))).toEqual(ok(undefined));
    expect(objects.get('/evidence/vigil/nights/index.html')?.body.toString()).toBe('two');
    expect(received[1]?.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-amz-server-side-encryption': 'AES256',
    });
    expect(received[1]?.headers['if-none-match']).toBeUndefined();
  });

  it.each([
    [403, 'refused'],
    [500, 'unreachable'],
  ])('that answers %i keeps the page that it had', async (status, kind) => {
    const { url, objects } = await serve((count) => (count === 1 ? null : status));
    await replaceInS3('index.html', 'one', placeAt(url));
    expect(await replaceInS3('index.html', 'two', placeAt(url))).toMatchObject({ ok: false, error: { kind } });
    expect(objects.get('/evidence/vigil/nights/index.html')?.body.toString()).toBe('one');
  });
});
