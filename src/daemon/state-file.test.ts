import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toInstant } from '../kernel/time.ts';
import { type GroupRecord, newRecord } from './group-record.ts';
import { recordFile } from './state-file.ts';

let directory = '';
let file = '';
const lost: unknown[] = [];
const log = { warn: (message: string) => void lost.push(message) };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-state-'));
  file = join(directory, 'deep', 'history.sqlite.daemon.json');
  lost.length = 0;
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = toInstant(1_800_000_000_000);
const record: GroupRecord = {
  name: '__proto__',
  since: at,
  lastSuccess: { startedAt: at, finishedAt: at, auditId: 'a' },
  lastFailure: { startedAt: at, finishedAt: at, reason: 'no "credentials"\n' },
  unfinished: 2,
  overdueTold: at,
};

it('gives back what was saved, in a file of its owner alone', () => {
  const records = [record, newRecord('nightly', at)];
  recordFile(file, log).save([newRecord('before', at)]);
  recordFile(file, log).save(records);
  expect(recordFile(file, log).load()).toEqual(records);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(directory, 'deep'))).toEqual(['history.sqlite.daemon.json']);
});

it('knows nothing where there is no file yet', () => {
  expect(recordFile(file, log).load()).toEqual([]);
  expect(lost).toEqual([]);
});

it.each([
  ['half of one', '{"groups": [{"na'],
  ['nothing', ''],
  ['another JSON', '[1]'],
  ['a time that is none', JSON.stringify({ groups: [{ ...record, since: 'yesterday' }] })],
])('begins anew, and says so, where the file holds %s', (_, text) => {
  const place = join(directory, 'state.json');
  writeFileSync(place, text);
  expect(recordFile(place, log).load()).toEqual([]);
  expect(lost).toEqual(['what was known of the groups is lost']);
});
