import { beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, TABLES } from './migrations.ts';
import { ENGINES, useEngine } from './testing/engines.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';

/** What a history of each version may hold beside what one before it holds, as that version wrote it. */
const ROWS: readonly string[] = [
  `
  INSERT INTO documents VALUES ('hash', x'ab560200');
  INSERT INTO runs (id, started_at, finished_at, vigil_version, reference_date, baseline_run_id)
    VALUES ('old', '2026-02-01T00:00:00Z', '2026-02-01T00:01:00Z', '0.0.1', '2026-01-01', NULL);
  INSERT INTO run_accounts VALUES ('old', '123456789012', 'prod', 1);
  INSERT INTO snapshots VALUES ('old', '123456789012', 'account.json', 'hash');
  INSERT INTO findings VALUES ('old', 'key', '999999999999', 'open', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'hash');
  INSERT INTO removals VALUES ('older', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 'age');
  `,
  `UPDATE runs SET expected = '[]'`,
  `
  INSERT INTO alerts VALUES (1, 'told', 'chat', '2026-02-01T00:00:00Z', 'delivered', '2026-02-01T00:00:00Z', x'ab560200');
  INSERT INTO alert_routes VALUES ('chat', 2, '2026-02-01T00:00:00Z', NULL, NULL, 0, 'answered 503', NULL, NULL, NULL);
  INSERT INTO told VALUES ('chat', 'key', '123456789012', 'open high 0', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  `,
  `
  INSERT INTO nights VALUES ('20260201T000000Z-nightly', 'nightly', '2026-02-01T00:00:00Z', '2026-02-01T06:00:00Z', '[]',
    NULL, NULL, NULL);
  INSERT INTO night_accounts VALUES ('20260201T000000Z-nightly', '123456789012',
    '{"key":"123456789012","accountId":"123456789012","name":null,"group":null,"memberRole":null,"isListed":true}',
    'failed', NULL, NULL, 'denied', NULL);
  `,
  `INSERT INTO run_states VALUES ('old', 'resolved', 2)`,
];

it('has rows to try each version with', () => {
  expect(ROWS).toHaveLength(MIGRATIONS.length);
});

/** How many findings the audit has that a history of a version holds. */
const statesOf = (version: number) => (version < 5 ? { open: 1 } : { resolved: 2 });

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);
  let place = '';
  beforeEach(async () => {
    place = await engine.newPlace();
  });

  it.each([0, ...MIGRATIONS.keys()].map((_, index) => index))(
    'brings a history of version %i to the latest, with what it holds',
    async (version) => {
      if (version > 0) await engine.migrate(place, MIGRATIONS.slice(0, version));
      for (const rows of ROWS.slice(0, version)) await engine.exec(place, rows);
      const history = await opened(place);
      const { baselineRunId } = await recordAudit(history, auditOf(at('2026-03-01T00:00:00Z'), [findingAbout('A')]));
      expect(baselineRunId).toBe(version === 0 ? null : 'old');
      expect((await history.runs()).map(({ id, states }) => [id, states])).toEqual([
        ['20260301T000000Z', { new: 1 }],
        ...(version === 0 ? [] : [['old', statesOf(version)]]),
      ]);
      expect((await history.removals()).length).toBe(version === 0 ? 0 : 1);
      if (version > 0) expect((await history.snapshot('old', '123456789012')).has('account.json')).toBe(true);
      expect((await history.outbox.standings()).map(({ delivered, health }) => [delivered, health.failures])).toEqual(
        version < 3 ? [] : [[1, 2]],
      );
      expect((await history.nights.latest()).map(({ failed }) => [...failed])).toEqual(
        version < 4 ? [] : [[['123456789012', 'denied']]],
      );
      await history.close();
      expect(await engine.versionOf(place)).toBe(MIGRATIONS.length);
    },
  );

  it('has the tables that are known to be copied, each after those that it refers to', async () => {
    await engine.migrate(place, MIGRATIONS);
    const [known, referring] = {
      SQLite: [
        `SELECT name FROM sqlite_master WHERE type = 'table'`,
        `SELECT m.name, f."table" AS other FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f`,
      ],
      PostgreSQL: [
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'vigil' AND tablename <> 'version'`,
        `SELECT conrelid::regclass::text AS name, confrelid::regclass::text AS other FROM pg_constraint WHERE contype = 'f'`,
      ],
    }[name] as [string, string];
    expect((await engine.exec(place, known)).map((table) => table['name']).sort()).toEqual([...TABLES].sort());
    const placeOf = (table: unknown): number => TABLES.indexOf(String(table));
    const references = await engine.exec(place, referring);
    expect(references.length).toBeGreaterThan(4);
    expect(references.filter((row) => placeOf(row['other']) >= placeOf(row['name']))).toEqual([]);
  });

  const scripts = [
    'CREATE TABLE one (n INTEGER)',
    'ALTER TABLE one RENAME TO two',
    'INSERT INTO two VALUES (3)',
  ] as const;

  it('runs the scripts that are missing, and those alone, in their order', async () => {
    await engine.migrate(place, scripts.slice(0, 1));
    for (const _ of ['once', 'again']) await engine.migrate(place, scripts);
    expect(await engine.versionOf(place)).toBe(3);
    expect(await engine.exec(place, 'SELECT n FROM two')).toMatchObject([{ n: 3 }]);
  });

  it('changes nothing where a script fails', async () => {
    await engine.migrate(place, scripts.slice(0, 1));
    await expect(engine.migrate(place, [...scripts.slice(0, 2), 'no SQL'])).rejects.toThrow('syntax error');
    expect(await engine.versionOf(place)).toBe(1);
    expect(await engine.exec(place, 'SELECT n FROM one')).toEqual([]);
  });

  it('leaves a history of a later Vigil alone', async () => {
    await engine.migrate(place, [...MIGRATIONS, 'CREATE TABLE later (n INTEGER)']);
    await expect(opened(place)).rejects.toThrow(
      'opened as a history database: it was written by a later version of Vigil',
    );
    expect(await engine.exec(place, 'SELECT n FROM later')).toEqual([]);
  });
});
