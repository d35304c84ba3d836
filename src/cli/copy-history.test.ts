import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MIGRATIONS } from '../store/migrations.ts';
import { takeProcessLock } from '../store/process-lock.ts';
import { openSqliteFile } from '../store/sqlite-file.ts';
import { useEngine } from '../store/testing/engines.ts';
import { answersOf, furnish } from '../store/testing/furnished-history.ts';
import { asked } from '../store/testing/history-example.ts';
import type { CopyHistoryOptions } from './copy-history-options.ts';
import { runCopyHistoryCommand } from './run-copy-history-command.ts';

// Stands for a file in a directory of each test's own.
const FILE = 'FILE';

const postgres = useEngine('PostgreSQL');
let directory = '';
let file = '';
let url = '';
let password = '';
let config = '';

/** Has the configuration name a database, whose password is elsewhere. */
const configure = (place: string): void => {
  const named = new URL(place);
  password = decodeURIComponent(named.password);
  named.password = '';
  url = named.href;
  vi.stubEnv('DATABASE_PASSWORD', password);
  writeFileSync(config, `history: { url: "${url}", password: { env: DATABASE_PASSWORD } }\n`);
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-copy-'));
  file = join(directory, 'history.sqlite');
  config = join(directory, 'vigil.yaml');
  vi.stubEnv('HOME', directory);
  vi.stubEnv('XDG_STATE_HOME', undefined);
  configure(await postgres.newPlace());
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** Runs the command, and gives what it said, which never holds the password. */
const copy = async (options: CopyHistoryOptions) => {
  const printed: string[] = [];
  const said: string[] = [];
  const phases: string[] = [];
  let steps = 0;
  const exitCode = await runCopyHistoryCommand(options, {
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
    progress: { phase: (name, total) => phases.push(`${name} ${String(total ?? 0)}`), step: () => (steps += 1) },
    style: (_, text) => text,
  });
  expect(printed.concat(said).join('\n')).not.toContain(password);
  return { exitCode, printed, said, phases, steps };
};

/** The database's URL with its password. */
const withPassword = (): string => Object.assign(new URL(url), { password }).href;

it('copies a file into the database of the configuration, and that into another file', async () => {
  await asked(file, furnish);
  const { exitCode, printed, said, phases, steps } = await copy({ config, from: file });
  expect({ exitCode, said }).toEqual({ exitCode: 0, said: [] });
  // Counted from what `furnish` does.
  expect(printed).toEqual([
    `Copied 6 audits, 133 findings, 3 nights and 6 alerts, with all that belongs to them (275 rows of 12 tables), from \`${file}\` to \`${url}\``,
  ]);
  expect(phases).toEqual([`copying the history ${String(steps)}`, ' 0']);
  const other = join(directory, 'other', 'history.sqlite');
  expect(await copy({ config, to: other })).toMatchObject({ exitCode: 0, said: [] });
  const answers = await asked(file, answersOf);
  expect(await asked(withPassword(), answersOf)).toEqual(answers);
  expect(await asked(other, answersOf)).toEqual(answers);
});

describe('refuses, with the mend, and changes nothing', () => {
  const nothing = async (): Promise<void> => {};
  const filled = () => asked(file, furnish);
  const older = async () => (await openSqliteFile(file, MIGRATIONS.slice(0, -1))).close();
  const filledTwice = async () => {
    await filled();
    await asked(withPassword(), furnish);
  };
  const forgetPassword = async () => {
    await filled();
    vi.stubEnv('DATABASE_PASSWORD', 'WRONG');
  };
  const daemon = async () => {
    await filled();
    const lock = await takeProcessLock(`${file}.daemon.lock`);
    onTestFinished(() => {
      if (lock.ok) lock.value?.release();
    });
  };
  it.each<readonly [string, () => Promise<unknown>, CopyHistoryOptions, string]>([
    ['the same place twice', filled, { from: FILE, to: FILE }, 'cannot be copied to itself: name the other place as'],
    [
      'the place of the configuration twice',
      filled,
      {},
      'cannot be copied to itself: name the other place as `--from`',
    ],
    ['two files', filled, { from: FILE, to: 'x' }, 'are both files: copy the file while nothing uses it, or name a'],
    ['two databases', filled, { from: 'postgres://db/a' }, 'are both databases: `pg_dump --schema=vigil` copies'],
    ['a file that is not there', nothing, { from: FILE }, 'there is no `'],
    ['a file that is no history', async () => writeFileSync(file, ''), { from: FILE }, 'it holds no history'],
    ['a database where none is', nothing, { to: FILE }, 'it holds no history'],
    ['a history of an earlier version', older, { from: FILE }, '`vigil runs --history '],
    ['a database that holds something', filledTwice, { from: FILE }, '`DROP SCHEMA vigil CASCADE` there first'],
    ['a file that holds something', filledTwice, { to: FILE }, 'histories are not merged: name another file'],
    ['a database that is away', filled, { from: FILE, to: 'postgres://127.0.0.1:1/a' }, 'connect ECONNREFUSED'],
    ['a wrong password', forgetPassword, { from: FILE }, 'password authentication failed'],
    ['a history that a daemon keeps', daemon, { from: FILE }, 'a daemon keeps `'],
  ])('%s', async (_, make, { from, to }, problem) => {
    await make();
    const source = (): Buffer | null => (from === FILE && existsSync(file) ? readFileSync(file) : null);
    const before = source();
    const here = (place: string): string => (place === FILE ? file : place);
    const options = { config, ...(from && { from: here(from) }), ...(to && { to: here(to) }) };
    const { exitCode, printed, said } = await copy(options);
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: [] });
    expect(said).toEqual([expect.stringContaining(problem)]);
    expect(source()).toEqual(before);
  });
});
