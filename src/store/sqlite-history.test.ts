import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteHistory } from './sqlite-history.ts';
import { opened } from './testing/history-example.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-history-'));
  file = join(directory, 'state', 'history.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('is for its owner alone', async () => {
  await (await opened(file)).close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'state')).mode & 0o777).toBe(0o700);
});

it('says of a file that is something else that it is', async () => {
  const other = join(directory, 'notes.txt');
  writeFileSync(other, 'my notes, of which not a byte may change\n'.repeat(200));
  const history = await openSqliteHistory(other);
  expect(history).toEqual({
    ok: false,
    error: `history: \`${other}\` cannot be opened as a history database: file is not a database`,
  });
  expect(readFileSync(other, 'utf8')).toBe('my notes, of which not a byte may change\n'.repeat(200));
});
