import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { collectFrom } from './testing/collect-from.ts';
import { arnOf, type FakeUser, fakeAccount } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeApi, fakeIam } from './testing/fake-iam.ts';

const GENERATE = 'iam:GenerateServiceLastAccessedDetails';
const GET = 'iam:GetServiceLastAccessedDetails';
const ann: FakeUser = { name: 'ann', granted: true };
const bob: FakeUser = { name: 'bob', granted: true };

let directory: string;
let warnings: string[];
beforeEach(() => {
  nock.disableNetConnect();
  directory = join(mkdtempSync(join(tmpdir(), 'vigil-cache-')), 'cache');
  warnings = [];
});
afterEach(() => {
  nock.cleanAll();
  rmSync(join(directory, '..'), { recursive: true });
});

const TWO = '2026-01-01T02:00:00Z';

/** Collects at a time, and tells how many jobs were asked for and read. */
const collect = async (time = TWO, users = [ann, bob], { endpoint = FAKE_ENDPOINT, hours = 24 } = {}) => {
  const { documents, apiCalls } = await collectFrom(endpoint, {
    clock: { now: () => at(time) },
    lastAccessedCache: { directory, hours, warn: (message) => void warnings.push(message) },
  });
  const known = Object.keys(documents.lastAccessed ?? {});
  expect(known).toEqual(users.map(arnOf));
  const source = documents.account.sources.find(({ name }) => name === 'last-accessed');
  return { calls: [apiCalls.get(GENERATE) ?? 0, apiCalls.get(GET) ?? 0], documents, time: source?.time };
};

const theFile = (): string => join(directory, readdirSync(directory)[0] ?? '');

describe('what was last accessed is remembered', () => {
  it('for a day: the second run asks nothing, knows the same, and says how old it is', async () => {
    fakeIam(fakeAccount([ann, bob]));
    const first = await collect();
    expect(first.calls).toEqual([2, 2]);
    const second = await collect('2026-01-02T01:59:59Z');
    expect(second.calls).toEqual([0, 0]);
    expect(second.documents.lastAccessed).toEqual(first.documents.lastAccessed);
    expect(second.time).toBe(TWO);
    expect((await collect('2026-01-02T02:00:00Z')).calls).toEqual([2, 2]);
    expect(readFileSync(theFile(), 'utf8').trim().split('\n')).toHaveLength(4);
    expect(warnings).toEqual([]);
  });

  it('where nobody else can read it', async () => {
    fakeIam(fakeAccount([ann]));
    await collect(TWO, [ann]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(theFile()).mode & 0o777).toBe(0o600);
    chmodSync(theFile(), 0o644);
    await collect(TWO, [ann]);
    expect(statSync(theFile()).mode & 0o777).toBe(0o600);
  });

  it('of those who were known: a new one alone is asked about', async () => {
    fakeIam(fakeAccount([ann]));
    await collect(TWO, [ann]);
    nock.cleanAll();
    fakeIam(fakeAccount([ann, bob]));
    expect((await collect()).calls).toEqual([1, 1]);
  });

  it('by what is asked: another endpoint may be another account of that number', async () => {
    fakeIam(fakeAccount([ann]));
    await collect(TWO, [ann]);
    nock.cleanAll();
    const calls = fakeIam(fakeAccount([ann]));
    await collectFrom(`${FAKE_ENDPOINT}/`, { lastAccessedCache: { directory, hours: 24, warn: () => {} } });
    expect(calls.filter(({ action }) => action === 'GenerateServiceLastAccessedDetails')).toHaveLength(1);
  });

  it('when the run was killed: jobs that were asked for are read, and asked for anew where they are gone', async () => {
    const account = fakeAccount([ann, bob]);
    const never: FakeApi = () => ({ error: 'ServiceFailure', status: 500 });
    fakeIam({ ...account, GetServiceLastAccessedDetails: never });
    await collectFrom(FAKE_ENDPOINT, {
      clock: { now: () => at(TWO) },
      lastAccessedCache: { directory, hours: 24, warn: () => {} },
    });
    nock.cleanAll();
    const read = account['GetServiceLastAccessedDetails'] ?? never;
    fakeIam({
      ...account,
      GetServiceLastAccessedDetails: (parameters, earlier) =>
        parameters.get('JobId') === 'job-of-bob' && earlier < 2
          ? { error: 'NoSuchEntity', status: 404 }
          : read(parameters, earlier),
    });
    expect((await collect()).calls).toEqual([1, 3]);
  });

  it('unless a line cannot be read, of which is told', async () => {
    fakeIam(fakeAccount([ann, bob]));
    await collect();
    const lines = readFileSync(theFile(), 'utf8').trim().split('\n');
    const broken = [...lines.filter((line) => line.includes('user/ann ')), '{"key":', '[]', '{"key":1}', 'x'.repeat(9)];
    writeFileSync(theFile(), `${broken.join('\n')}\n{"key":"k","at":"${TWO}","services":[7]}`);
    expect((await collect()).calls).toEqual([1, 1]);
    expect(warnings).toEqual([`${theFile()}: 5 lines cannot be read and are ignored`]);
    expect((await collect()).calls).toEqual([0, 0]);
    expect(warnings).toHaveLength(1);
  });

  it('by no run that cannot write there, which goes on without', async () => {
    writeFileSync(directory, 'a file is in the way');
    fakeIam(fakeAccount([ann]));
    expect((await collect(TWO, [ann])).calls).toEqual([1, 1]);
    expect(warnings).toEqual([expect.stringContaining('what was last accessed is asked for anew')]);
  });
});
