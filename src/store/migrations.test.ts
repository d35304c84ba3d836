import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { openSqliteHistory } from './sqlite-history.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-history-'));
  file = join(directory, 'history.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const versionOf = (database: DatabaseSync): unknown => database.prepare('PRAGMA user_version').get()?.['user_version'];

it.each(MIGRATIONS.map((_, index) => index))('brings a history of version %i to the latest', async (version) => {
  (await openSqliteFile(file, MIGRATIONS.slice(0, version))).close();
  const history = await opened(file);
  await recordAudit(history, auditOf(at('2026-03-01T00:00:00Z'), [findingAbout('A')]));
  expect(await history.runs()).toHaveLength(1);
  await history.close();
  const database = new DatabaseSync(file);
  expect(versionOf(database)).toBe(MIGRATIONS.length);
  database.close();
});

it('runs the scripts that are missing, and those alone, in their order', async () => {
  const scripts = ['CREATE TABLE one (n)', 'ALTER TABLE one RENAME TO two', 'INSERT INTO two VALUES (3)'];
  (await openSqliteFile(file, scripts.slice(0, 1))).close();
  (await openSqliteFile(file, scripts)).close();
  const database = await openSqliteFile(file, scripts);
  expect([versionOf(database), database.prepare('SELECT count(*) AS n FROM two').get()?.['n']]).toEqual([3, 1]);
  database.close();
});

it('changes nothing where a script fails', async () => {
  (await openSqliteFile(file, ['CREATE TABLE one (n)'])).close();
  const broken = ['CREATE TABLE one (n)', 'CREATE TABLE two (n)', 'no SQL'];
  await expect(openSqliteFile(file, broken)).rejects.toThrow('syntax error');
  const database = await openSqliteFile(file, ['CREATE TABLE one (n)']);
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toMatchObject([
    { name: 'one' },
  ]);
  database.close();
});

it('leaves a history of a later Vigil alone', async () => {
  (await openSqliteFile(file, [...MIGRATIONS, 'CREATE TABLE later (n)'])).close();
  expect(await openSqliteHistory(file)).toEqual({
    ok: false,
    error: `history: \`${file}\` cannot be opened as a history database: it was written by a later version of Vigil`,
  });
});
