import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { runDiffCommand } from '../../src/cli/run-diff-command.ts';
import { nightInOutbox, routeTold } from '../../src/outbox/testing/night-in-outbox.ts';
import { drain, movableClock, testedChannel } from '../../src/outbox/testing/tested-outbox.ts';
import { at, opened } from '../../src/store/testing/history-example.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-removed-'));
  file = join(directory, 'history.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const night = (day: number) => at(`2026-03-0${String(day)}T02:30:00Z`);

/** Four nights of which the first two are removed; what the last one told route `down` waits. */
const retained = async () => {
  const history = await opened(file);
  const routes = [routeTold('up'), routeTold('down')];
  const channels = [
    { name: 'up', ...testedChannel() },
    { name: 'down', ...testedChannel(() => ({})) },
  ];
  for (const [index, users] of [['A'], ['A', 'B'], ['B'], ['B', 'C']].entries()) {
    await nightInOutbox(history, night(index + 1), { users, routes });
    await drain(history.outbox, channels, movableClock(night(index + 1)));
  }
  const removed = await history.retain({ now: night(4), maxAgeDays: 1, maxRuns: 2 });
  expect(removed.map(({ runId }) => runId)).toEqual(['20260302T023000Z', '20260301T023000Z']);
  return { history, routes, channels };
};

it('leaves nothing that refers to what is removed, and loses no alert that waits', async () => {
  const { history, routes, channels } = await retained();
  const database = new DatabaseSync(file, { readOnly: true });
  const count = (sql: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()?.['n']);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  for (const table of ['findings', 'snapshots', 'run_accounts'])
    expect([table, count(`${table} WHERE run_id NOT IN (SELECT id FROM runs)`)]).toEqual([table, 0]);
  expect(
    count('documents WHERE hash NOT IN (SELECT document_hash FROM findings UNION SELECT document_hash FROM snapshots)'),
  ).toBe(0);
  database.close();
  // The route that took nothing has all four nights coming, those of removed audits too.
  const [down] = (await history.outbox.standings()).filter(({ route }) => route === 'down');
  expect(down?.waiting.map(({ alert }) => alert.runId?.slice(0, 8))).toEqual([
    '20260301',
    '20260302',
    '20260303',
    '20260304',
  ]);
  // Nobody hears again what was told at an audit that is removed.
  const before = channels[0]?.taken.length;
  await nightInOutbox(history, night(5), { users: ['B', 'C'], routes });
  await drain(history.outbox, channels.slice(0, 1), movableClock(night(5)));
  expect(channels[0]?.taken).toHaveLength(before ?? -1);
  await history.close();
});

it('says of an audit that is removed that it is, and when', async () => {
  await (await retained()).history.close();
  const said: string[] = [];
  const terminal = {
    print: (line: string) => void said.push(line),
    say: (line: string) => void said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_: unknown, text: string) => text,
  };
  const options = { history: file };
  expect(await runDiffCommand({ before: '20260301T023000Z', after: null }, options, terminal)).toBe(EXIT.usage);
  expect(said).toEqual([
    'vigil: audit `20260301T023000Z` was removed at 2026-03-04T02:30:00Z, by `history.maxAgeDays`; `vigil runs` lists those that are remembered',
  ]);
});
