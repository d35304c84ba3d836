import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { alertsOfUploads } from '../alert-content/alerts-of-uploads.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { bucketServer, type Disturbance, type ReceivedPut } from '../publish/testing/bucket-server.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { takeProcessLock } from '../store/process-lock.ts';
import { daemonUploads } from './daemon-uploads.ts';
import { configOfAccount } from './night-order.ts';
import { runStatusCommand } from './run-status-command.ts';
import { nightOnDisk } from './testing/night-on-disk.ts';
import { beginUploads, uploadNights } from './upload-nights.ts';

let directory = '';
let server: Awaited<ReturnType<typeof bucketServer>>;
/** What goes wrong with a request, by how many there were before it in this test, and what it is. */
let disturb: (one: ReceivedPut, count: number) => Disturbance;
const said: string[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-uploads-'));
  said.length = 0;
  disturb = () => null;
  server = await bucketServer((count, one) => disturb(one, count));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'nothing');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(directory, { recursive: true });
});

const textWith = (destinations: readonly object[], report: object = {}): string =>
  JSON.stringify({
    history: { file: join(directory, 'h.sqlite') },
    report: { directory: join(directory, 'reports'), destinations, ...report },
  });
const toBucket = (more: object = {}) => ({
  kind: 's3',
  bucket: 'evidence',
  prefix: 'vigil',
  region: 'eu-west-1',
  endpointUrl: server.url,
  ...more,
});
const configOf = (text = textWith([toBucket()])): Config => {
  const config = loadConfig({ name: 'vigil.yaml', text }, {});
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
};

const FILES = { 'report.html': '<p>page</p>', 'findings.csv': 'a\r\n1\r\n' };
const runOf = (day: string) => ({ id: `202603${day}T023000Z`, startedAt: at(`2026-03-${day}T02:30:00Z`) });

/** A night that is noted and, unless it was killed there, written. */
const night = async (day: string, { config = configOf(), isWritten = true, files = FILES } = {}): Promise<string> => {
  const { id, startedAt } = runOf(day);
  const reports = join(directory, 'reports', id);
  const run = { finishedAt: startedAt, vigilVersion: '1', referenceDate: '2026-01-01', baselineRunId: null };
  await beginUploads(config, { ...run, id, startedAt }, { directory: reports, at: startedAt });
  if (isWritten) nightOnDisk(join(directory, 'reports'), id, { files });
  return reports;
};

const uploadAt = (now: string, config = configOf(), timeoutMs = 5000) =>
  uploadNights(config, {
    clock: { now: () => at(now) },
    terminal: { say: (line) => void said.push(line) },
    patience: { attempts: 1, timeoutMs },
  });

const inBucket = (): readonly string[] =>
  [...server.objects.keys()].map((key) => key.replace('/evidence/vigil/', '')).sort();
const filesOf = (day: string): readonly string[] =>
  ['findings.csv', 'manifest.json', 'report.html'].map((name) => `2026/03/${day}/202603${day}T023000Z/${name}`);
const index = (): string => server.objects.get('/evidence/vigil/index.html')?.body.toString() ?? '';
const waiting = (): readonly string[] =>
  readdirSync(join(directory, 'reports', '.uploads'))
    .filter((name) => name.endsWith('.pending.jsonl'))
    .map((name) => name.slice(0, 16))
    .sort();
const is = (name: string) => (one: ReceivedPut) => one.path.endsWith(name);

describe('reports that are to be uploaded', () => {
  it('arrive with an index at the root of the prefix, that leads to where they lie there', async () => {
    await night('01');
    expect(await uploadAt('2026-03-01T02:31:00Z')).toEqual({ allArrived: true, news: [] });
    await night('02');
    await uploadAt('2026-03-02T02:31:00Z');
    expect(inBucket()).toEqual([...filesOf('01'), ...filesOf('02'), 'index.html']);
    expect([...index().matchAll(/href="([^"]*report\.html)/g)].map(([, href]) => href).slice(-2)).toEqual([
      '2026/03/02/20260302T023000Z/report.html',
      '2026/03/01/20260301T023000Z/report.html',
    ]);
    expect([waiting(), said]).toEqual([[], []]);
    const noted = join(directory, 'reports', '.uploads');
    expect(statSync(noted).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(noted)) expect(statSync(join(noted, name)).mode & 0o777).toBe(0o600);
  });

  it('are not in the index of a place that they have not arrived at, nor is there one where nobody wants it', async () => {
    nightOnDisk(join(directory, 'reports'), '20260228T023000Z', { files: FILES });
    await night('01');
    await uploadAt('2026-03-01T02:31:00Z');
    expect(index()).toContain('20260301T023000Z');
    expect(index()).not.toContain('20260228T023000Z');
    server.objects.clear();
    const config = configOf(textWith([toBucket({ index: false })]));
    await night('02', { config });
    expect(await uploadAt('2026-03-02T02:31:00Z', config)).toMatchObject({ allArrived: true });
    expect(inBucket()).toEqual(filesOf('02'));
  });

  it.each<[string, Disturbance]>([
    ['answers 503', 503],
    ['cuts the connection', 'cut'],
    ['takes a file and cuts before it answers', 'lost'],
    ['hangs', 'hang'],
  ])('are kept where S3 %s, and go when their time has come', async (_, disturbance) => {
    await night('01');
    disturb = (one) => (is('report.html')(one) ? disturbance : null);
    const timeoutMs = disturbance === 'hang' ? 500 : 5000;
    expect(await uploadAt('2026-03-01T02:31:00Z', configOf(), timeoutMs)).toEqual({ allArrived: false, news: [] });
    expect(said.join('\n')).toMatch(
      /^vigil: report not delivered: s3:\/\/evidence\/vigil\/2026\/03\/01\/20260301T023000Z\/: report.html: .*; it is tried again from 1 Mar 2026, 02:32 UTC$/,
    );
    disturb = () => null;
    const before = server.received.length;
    expect(await uploadAt('2026-03-01T02:31:59Z')).toMatchObject({ allArrived: false });
    expect(server.received.length).toBe(before);
    expect(await uploadAt('2026-03-01T02:32:00Z')).toEqual({ allArrived: true, news: [] });
    expect(inBucket()).toEqual([...filesOf('01'), 'index.html']);
    expect(said.at(-1)).toBe('vigil: report 20260301T023000Z: has arrived at s3://evidence/vigil/');
    expect(waiting()).toEqual([]);
  });

  it('go on where they were left: what arrived is not sent again', async () => {
    await night('01');
    disturb = (one) => (is('findings.csv')(one) ? 503 : null);
    await uploadAt('2026-03-01T02:31:00Z');
    server.received.length = 0;
    disturb = () => null;
    await uploadAt('2026-03-01T02:40:00Z');
    expect(server.received.map(({ path }) => path.split('/').at(-1))).toEqual([
      'findings.csv',
      'manifest.json',
      'index.html',
    ]);
  });

  it('of all nights go with the first that comes through', async () => {
    disturb = () => 503;
    for (const day of ['01', '02', '03']) {
      await night(day);
      await uploadAt(`2026-03-${day}T02:31:00Z`);
    }
    expect(waiting()).toHaveLength(3);
    disturb = () => null;
    await night('04');
    expect(await uploadAt('2026-03-03T02:31:30Z')).toMatchObject({ allArrived: true });
    expect(inBucket()).toEqual([...['01', '02', '03', '04'].flatMap(filesOf), 'index.html']);
  });

  it('of an audit that was made again go beside those of the first, which stay', async () => {
    for (const page of ['one', 'two', 'three']) {
      await night('01', { files: { ...FILES, 'report.html': page } });
      expect(await uploadAt('2026-03-01T02:31:00Z')).toEqual({ allArrived: true, news: [] });
    }
    // The same once more is there already.
    await night('01', { files: { ...FILES, 'report.html': 'one' } });
    expect(await uploadAt('2026-03-01T02:31:00Z')).toEqual({ allArrived: true, news: [] });
    const again = [2, 3].flatMap((count) => filesOf('01').map((file) => file.replace('Z/', `Z.${count}/`)));
    expect(inBucket()).toEqual([...filesOf('01'), ...again, 'index.html'].sort());
    expect(server.objects.get('/evidence/vigil/2026/03/01/20260301T023000Z/report.html')?.body.toString()).toBe('one');
    expect(server.objects.get('/evidence/vigil/2026/03/01/20260301T023000Z.3/report.html')?.body.toString()).toBe(
      'three',
    );
  });

  it('are given up, and told, where all places beside are taken too', async () => {
    for (let count = 1; count <= 9; count += 1) {
      await night('01', { files: { 'report.html': `page ${count}`, 'findings.csv': '' } });
      await uploadAt('2026-03-01T02:31:00Z');
    }
    await night('01', { files: { 'report.html': 'page 10', 'findings.csv': '' } });
    expect((await uploadAt('2026-03-01T02:31:00Z')).news).toMatchObject([
      { kind: 'given-up', problem: 'report.html: another object is there, which is not overwritten' },
    ]);
    expect(waiting()).toEqual([]);
  });

  it('wait for the index too, which alone is sent again', async () => {
    await night('01');
    disturb = (one) => (is('index.html')(one) ? 500 : null);
    expect(await uploadAt('2026-03-01T02:31:00Z')).toMatchObject({ allArrived: false });
    expect(waiting()).toEqual(['20260301T023000Z']);
    server.received.length = 0;
    disturb = () => null;
    expect(await uploadAt('2026-03-01T02:40:00Z')).toMatchObject({ allArrived: true });
    expect(server.received.map(({ path }) => path)).toEqual(['/evidence/vigil/index.html']);
  });
});

describe('people are told of reports that do not arrive', () => {
  it('at once where they are refused, once an outage, and again in another one', async () => {
    await night('01');
    disturb = () => 403;
    const told = await uploadAt('2026-03-01T02:31:00Z');
    expect(told.news).toMatchObject([
      { kind: 'stuck', placeUrl: 's3://evidence/vigil/', runIds: ['20260301T023000Z'], since: '2026-03-01T02:31:00Z' },
    ]);
    expect(alertsOfUploads(told.news, 'ops', at('2026-03-01T02:31:00Z'))[0]?.notices[0]?.text).toMatch(
      /^Reports do not arrive at `s3:\/\/evidence\/vigil\/` since 1 Mar 2026, 02:31 UTC: `report.html: answered 403 \(\w+\)`\. Those of 1 run wait, and are given up after 7 days\.$/,
    );
    await night('02');
    expect((await uploadAt('2026-03-02T02:31:00Z')).news).toEqual([]);
    disturb = () => null;
    expect((await uploadAt('2026-03-03T02:31:00Z')).news).toEqual([]);
    disturb = () => 403;
    await night('04');
    expect((await uploadAt('2026-03-04T02:31:00Z')).news).toMatchObject([{ kind: 'stuck' }]);
  });

  it('after a day where S3 is not reached, and when they are given up after a week; the reports stay', async () => {
    const reports = await night('01');
    disturb = () => 503;
    expect((await uploadAt('2026-03-01T02:31:00Z')).news).toEqual([]);
    expect((await uploadAt('2026-03-02T02:30:59Z')).news).toEqual([]);
    expect((await uploadAt('2026-03-02T02:31:00Z')).news).toMatchObject([{ kind: 'stuck' }]);
    await night('03');
    expect((await uploadAt('2026-03-08T02:30:59Z')).news).toEqual([]);
    expect(waiting()).toHaveLength(2);
    const { news } = await uploadAt('2026-03-08T20:31:00Z');
    expect(news).toMatchObject([{ kind: 'given-up', runIds: ['20260301T023000Z'] }]);
    expect(alertsOfUploads(news, 'ops', at('2026-03-08T20:31:00Z'))[0]?.notices[0]?.text).toMatch(
      /^The reports of run `20260301T023000Z` are given up that were to go to `s3:\/\/evidence\/vigil\/`: `report.html: answered 503 \(\w+\)`\. They are not sent there any more, and stay where Vigil wrote them\.$/,
    );
    expect(waiting()).toEqual(['20260303T023000Z']);
    expect(readFileSync(join(reports, 'report.html'), 'utf8')).toBe(FILES['report.html']);
  });

  it.each<[string, (reports: string) => void, string]>([
    [
      'changed',
      (reports) => writeFileSync(join(reports, 'findings.csv'), 'a\r\n2\r\n'),
      'it was changed after it was written',
    ],
    ['taken away', (reports) => rmSync(join(reports, 'findings.csv')), 'it is there no more'],
  ])('at once where one was %s since: it is not sent, and other nights are', async (_, spoil, why) => {
    spoil(await night('01'));
    await night('02');
    const { allArrived, news } = await uploadAt('2026-03-02T02:31:00Z');
    expect(allArrived).toBe(false);
    expect(news).toMatchObject([{ kind: 'given-up', problem: `findings.csv: ${why}`, runIds: ['20260301T023000Z'] }]);
    // Whoever looks for a manifest there finds none of that night.
    expect(inBucket()).toEqual(['2026/03/01/20260301T023000Z/report.html', ...filesOf('02'), 'index.html']);
    expect(index()).not.toContain('20260301T023000Z');
    expect(waiting()).toEqual([]);
  });

  it('where a run was killed before it wrote them, an hour later', async () => {
    await night('01', { isWritten: false });
    expect(await uploadAt('2026-03-01T03:29:59Z')).toEqual({ allArrived: true, news: [] });
    expect(waiting()).toHaveLength(1);
    expect((await uploadAt('2026-03-01T03:30:00Z')).news).toMatchObject([
      { kind: 'given-up', problem: 'they were not written, or are there no more' },
    ]);
    expect(waiting()).toEqual([]);
  });

  it('where nobody wants them there any more, after a week', async () => {
    await night('01');
    const nowhere = configOf(textWith([]));
    expect(await uploadAt('2026-03-08T02:29:59Z', nowhere)).toEqual({ allArrived: true, news: [] });
    expect((await uploadAt('2026-03-08T02:30:00Z', nowhere)).news).toMatchObject([
      { kind: 'given-up', placeUrl: 's3://evidence/vigil/' },
    ]);
    expect(waiting()).toEqual([]);
  });

  it('in the status, which is unwell once somebody should look', async () => {
    const file = join(directory, 'vigil.yaml');
    writeFileSync(file, textWith([toBucket()]));
    const status = async (json: boolean): Promise<string> => {
      const printed: string[] = [];
      await runStatusCommand(
        { config: file, ...(json && { json: true }) },
        {
          print: (line) => void printed.push(line),
          say: () => {},
          progress: { phase: () => {}, step: () => {} },
          style: (_, text) => text,
        },
      );
      return printed.join('\n');
    };
    await night('01');
    expect(await status(false)).toContain('reports to s3://evidence/vigil/: 1 run waits');
    disturb = () => 403;
    await uploadAt('2026-03-01T02:31:00Z');
    expect(await status(false)).toMatch(
      /reports to s3:\/\/evidence\/vigil\/: 1 run waits, failing since 2026-03-01T02:31:00Z: report.html: answered 403/,
    );
    expect(JSON.parse(await status(true))).toMatchObject({ uploads: [{ waiting: 1, isStuck: true }] });
    disturb = () => null;
    await uploadAt('2026-03-02T02:31:00Z');
    expect(JSON.parse(await status(true))).toMatchObject({ uploads: [] });
  });
});

describe('several processes', () => {
  it('upload to a place one at a time', async () => {
    await night('01');
    await uploadAt('2026-03-01T02:31:00Z');
    await night('02');
    const [lock = ''] = readdirSync(join(directory, 'reports', '.uploads')).filter((name) => name.endsWith('.lock'));
    const taken = await takeProcessLock(join(directory, 'reports', '.uploads', lock));
    expect(await uploadAt('2026-03-02T02:31:00Z')).toEqual({ allArrived: false, news: [] });
    expect(said.at(-1)).toContain('another process uploads reports to s3://evidence/vigil/');
    if (taken.ok) taken.value?.release();
    expect(await uploadAt('2026-03-02T02:31:00Z')).toMatchObject({ allArrived: true });
  });

  const script = fileURLToPath(new URL('testing/upload-nights-here.ts', import.meta.url));

  // Two files, the manifest and the index.
  it.each<[number, 'cut' | 'lost']>([
    [1, 'cut'],
    [2, 'lost'],
    [3, 'lost'],
    [4, 'cut'],
    [4, 'lost'],
  ])('make good what one left that was killed at its request %i, which was %s', async (killAt, disturbance) => {
    await night('01');
    const child = spawn(process.execPath, [script, textWith([toBucket()]), '2026-03-01T02:31:00Z'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    disturb = (_, count) => {
      if (count !== killAt) return null;
      child.kill('SIGKILL');
      return disturbance;
    };
    expect(await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))).toBe('SIGKILL');
    expect(waiting()).toHaveLength(1);
    disturb = () => null;
    expect(await uploadAt('2026-03-01T02:31:00Z')).toEqual({ allArrived: true, news: [] });
    expect(waiting()).toEqual([]);
    expect(inBucket()).toEqual([...filesOf('01'), 'index.html']);
    expect(index()).toContain('2026/03/01/20260301T023000Z/report.html');
    expect(said).toEqual([]);
  });
});

describe('the daemon', () => {
  it('uploads without being waited for, once at a time, and tells what there is to tell', async () => {
    const news = [{ kind: 'given-up', placeUrl: 's3://b/', problem: 'p', runIds: ['r'] }] as const;
    const told: unknown[] = [];
    const ends: (() => void)[] = [];
    const upload = () =>
      new Promise<{ allArrived: boolean; news: typeof news }>((resolve) => {
        ends.push(() => resolve({ allArrived: false, news }));
      });
    const look = daemonUploads(
      configOf,
      { say: (line) => void said.push(line) },
      { tell: async (one) => void told.push(one), upload },
    );
    look();
    look();
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    ends[0]?.();
    await vi.waitFor(() => expect(told).toEqual([news]));
    await vi.waitFor(() => {
      look();
      expect(ends).toHaveLength(2);
    });
  });

  it('takes up what the nights of single accounts left, each below its own prefix', async () => {
    const account = {
      key: '444455556666',
      accountId: '444455556666',
      name: null,
      group: null,
      memberRole: null,
      isListed: true,
    };
    const config = configOfAccount(configOf(), account);
    const { id, startedAt } = runOf('01');
    const run = { id, startedAt, finishedAt: startedAt, vigilVersion: '1', referenceDate: '', baselineRunId: null };
    await beginUploads(config, run, { directory: join(config.report.directory, id), at: startedAt });
    nightOnDisk(config.report.directory, id, { files: FILES });
    daemonUploads(configOf, { say: (line) => void said.push(line) }, { tell: async () => {} })();
    const below = 'accounts/444455556666';
    await vi.waitFor(() =>
      expect(inBucket()).toEqual([...filesOf('01').map((file) => `${below}/${file}`), `${below}/index.html`]),
    );
    expect(said).toEqual([]);
  });

  it('goes on where uploading breaks', async () => {
    const look = daemonUploads(
      configOf,
      { say: (line) => void said.push(line) },
      {
        tell: async () => {},
        upload: () => Promise.reject(new Error('the disk is full')),
      },
    );
    look();
    await vi.waitFor(() => expect(said).toEqual(['vigil: the disk is full']));
    expect(existsSync(join(directory, 'reports'))).toBe(false);
  });
});
