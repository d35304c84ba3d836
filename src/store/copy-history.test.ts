import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { isPostgresUrl } from '../kernel/postgres-url.ts';
import { MIGRATIONS, TABLES } from './migrations.ts';
import { copyBetween, sourceAt } from './testing/copy-places.ts';
import { useEngine } from './testing/engines.ts';
import { answersOf, furnish, nextNight } from './testing/furnished-history.ts';
import { asked, at, auditOf, findingAbout, recordAudit } from './testing/history-example.ts';

const script = fileURLToPath(new URL('testing/copy-and-die.ts', import.meta.url));
const sqlite = useEngine('SQLite');
const postgres = useEngine('PostgreSQL');

/** The rows of all tables, in an order of their own. */
const rowsAt = async (place: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const source = await sourceAt(place);
  if (!source.ok) throw new Error(source.error);
  const rows = await source.value.read(async (stored) => {
    const all = new Map<string, readonly string[]>();
    for (const table of TABLES) {
      const texts: string[] = [];
      for await (const some of stored.some(table, 7)) texts.push(...some.map(asText));
      expect(texts).toHaveLength(await stored.count(table));
      all.set(table, texts.sort());
    }
    return all;
  });
  await source.value.close();
  return rows;
};

/** How many rows there are; 0 also where there are not even tables. */
const heldAt = async (place: string): Promise<number> => {
  const source = await sourceAt(place);
  if (!source.ok) {
    expect(source.error).toMatch(/holds no history|unable to open/);
    return 0;
  }
  await source.value.close();
  return [...(await rowsAt(place)).values()].flat().length;
};

const asText = (row: object): string =>
  JSON.stringify(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );

describe.each([
  ['from SQLite into PostgreSQL', sqlite, postgres],
  ['from PostgreSQL into SQLite', postgres, sqlite],
] as const)('copied %s', (_, one, other) => {
  let from = '';
  let to = '';
  beforeEach(async () => {
    from = await one.newPlace();
    to = await other.newPlace();
    await asked(from, furnish);
  });

  it('a history answers all that it was asked before, and goes on as it would have', async () => {
    const copied = await copyBetween(from, to);
    const rows = await rowsAt(from);
    // A table of a later version needs something in `furnish`.
    expect([...rows].filter(([, held]) => held.length === 0)).toEqual([]);
    expect(copied).toEqual({ ok: true, value: new Map([...rows].map(([table, held]) => [table, held.length])) });
    expect(await rowsAt(to)).toEqual(rows);
    expect(await asked(to, answersOf)).toEqual(await asked(from, answersOf));
    expect(await asked(to, nextNight)).toEqual(await asked(from, nextNight));
  });

  it('nothing goes where something is, and what is there stays', async () => {
    await asked(to, (history) => recordAudit(history, auditOf(at('2026-03-01T00:00:00Z'), [])));
    const before = await rowsAt(to);
    expect(await copyBetween(from, to)).toEqual({ ok: false, error: { kind: 'not-empty' } });
    expect(await rowsAt(to)).toEqual(before);
  });

  it('it is as it was at one moment, whoever writes meanwhile', async () => {
    const before = await rowsAt(from);
    let writing: Promise<unknown> = Promise.resolve();
    const phase = (): void => {
      writing = asked(from, (history) =>
        recordAudit(history, auditOf(at('2026-03-09T00:00:00Z'), [findingAbout('A')])),
      );
    };
    expect(await copyBetween(from, to, { phase, step: () => {} })).toMatchObject({ ok: true });
    await writing;
    expect(await rowsAt(to)).toEqual(before);
  });

  it('nothing is there when it fails', async () => {
    await asked(to, answersOf);
    const refusing = {
      SQLite: `CREATE TRIGGER refuses BEFORE INSERT ON told BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
      PostgreSQL: `ALTER TABLE told ADD CONSTRAINT "the disk is full" CHECK (route = '')`,
    };
    await other.exec(to, refusing[isPostgresUrl(to) ? 'PostgreSQL' : 'SQLite']);
    const reason = expect.stringContaining('the disk is full');
    expect(await copyBetween(from, to)).toEqual({ ok: false, error: { kind: 'failed', reason } });
    expect(await heldAt(to)).toBe(0);
  });

  it('nothing is there when it is killed before it is done, and it can begin again', { timeout: 60_000 }, async () => {
    const copying = (place: string, killAt: number) =>
      spawnSync(process.execPath, [script, from, place, String(killAt)], { encoding: 'utf8' });
    const calls = Number(copying(to, 0).stdout);
    const all = await heldAt(to);
    // The last call but one commits, the last lets go of the source.
    for (const killAt of [Math.round(calls / 2), calls - 1]) {
      const place = await other.newPlace();
      expect(copying(place, killAt).signal).toBe('SIGKILL');
      expect(await heldAt(place)).toBe(0);
      // Whoever comes next finds a place that can be copied to.
      expect(await copyBetween(from, place)).toMatchObject({ ok: true });
      expect(await heldAt(place)).toBe(all);
    }
  });
});

describe('what is copied from', () => {
  it('is not changed', async () => {
    const from = await sqlite.newPlace();
    await asked(from, furnish);
    const before = hashOf(from);
    expect(await copyBetween(from, await postgres.newPlace())).toMatchObject({ ok: true });
    expect(hashOf(from)).toBe(before);
  });

  const earlier = MIGRATIONS.slice(0, -1);
  const later = [...MIGRATIONS, 'CREATE TABLE later (n INTEGER)'];
  it.each<readonly [string, (place: string) => Promise<unknown>, RegExp]>([
    ['another text', async (place) => writeFileSync(place, 'my notes\n'.repeat(200)), /: file is not a database$/],
    ['nothing', async (place) => writeFileSync(place, ''), /: it holds no history$/],
    ["another program's database", (place) => sqlite.exec(place, FOREIGN), /: it holds no history$/],
    [
      'an earlier version',
      (place) => sqlite.migrate(place, earlier),
      /`vigil runs --history \S+` brings it to this one$/,
    ],
    [
      'a later version',
      (place) => sqlite.migrate(place, later),
      /: it was written by a later version of Vigil, which can copy it$/,
    ],
  ])('is no file with %s, which stays as it is', async (_, make, problem) => {
    const place = await sqlite.newPlace();
    await make(place);
    const before = hashOf(place);
    const source = await sourceAt(place);
    expect(source).toEqual({ ok: false, error: expect.stringMatching(problem) });
    expect(hashOf(place)).toBe(before);
  });

  it.each<readonly [string, (place: string) => Promise<unknown>, RegExp]>([
    ['nothing', async () => {}, /: it holds no history$/],
    [
      "somebody else's tables",
      (place) => postgres.exec(place, 'CREATE SCHEMA vigil; CREATE TABLE runs (n TEXT)'),
      /somebody else's$/,
    ],
    [
      'an earlier version',
      (place) => postgres.migrate(place, earlier),
      /`vigil runs --history \S+` brings it to this one$/,
    ],
    ['a later version', (place) => postgres.migrate(place, later), /later version of Vigil, which can copy it$/],
  ])('is no database with %s, and no password is told', async (_, make, problem) => {
    const place = await postgres.newPlace();
    await make(place);
    const source = await sourceAt(place);
    expect(source).toEqual({ ok: false, error: expect.stringMatching(problem) });
    expect(JSON.stringify(source)).not.toContain(new URL(place).password);
  });
});

// With a version of its own, which could be one of Vigil's.
const FOREIGN = `CREATE TABLE mine (n INTEGER); PRAGMA user_version = ${String(MIGRATIONS.length)}`;

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
