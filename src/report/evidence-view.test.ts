import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { evidenceRows } from './evidence-view.ts';

/** What is set of the view of one datum. */
const shown = (value: JsonValue): object => {
  const [row] = evidenceRows({ datum: value });
  return Object.fromEntries(Object.entries(row?.value ?? {}).filter(([, part]) => part !== null));
};

const labels = (evidence: JsonObject): (string | boolean)[][] =>
  evidenceRows(evidence).map(({ label, verbatim }) => [label, verbatim]);

describe('evidence', () => {
  it('is named in words, but for keys that are data', () => {
    expect(labels({ maxPasswordAge: 3, 'aws:SourceIp': 1, 'tag key': 2, 'a\u202Eb': 3 })).toEqual([
      ['Max password age', false],
      ['aws:SourceIp', true],
      ['tag key', true],
      ['a⟨U+202E⟩b', true],
    ]);
  });

  it('moves the unit from the name to the number', () => {
    expect(evidenceRows({ maxAgeDays: 1090, idleHours: 1 }).map(({ label, value }) => [label, value.plain])).toEqual([
      ['Max age', '1,090 days'],
      ['Idle', '1 hour'],
    ]);
  });

  it.each([
    [null, { plain: 'none' }],
    [true, { plain: 'yes' }],
    [false, { plain: 'no' }],
    [-1.5, { plain: '-1.5' }],
    ['', { plain: 'empty text' }],
    ['alice', { code: 'alice' }],
    ['two words', { plain: 'two words' }],
    ['two\nlines', { block: 'two\nlines' }],
    ['2026-01-02T03:04:05Z', { time: { iso: '2026-01-02T03:04:05Z', text: '2 Jan 2026, 03:04 UTC' } }],
    ['2026-99-99Tnever', { code: '2026-99-99Tnever' }],
    [[], { plain: 'none' }],
    [{}, { plain: 'none' }],
  ] as const)('shows %j as it reads best', (value, view) => {
    expect(shown(value)).toEqual(view);
  });

  it('shows a statement as JSON', () => {
    expect(shown({ Effect: 'Allow' })).toEqual({ block: '{\n  "Effect": "Allow"\n}' });
  });

  it('folds a long list, and cuts a very long one', () => {
    const [row] = evidenceRows({ users: Array.from({ length: 1000 }, (_, index) => `user-${index}`) });
    const list = row?.value.list;
    expect(list?.first).toHaveLength(8);
    expect(list?.rest).toMatchObject({ label: '992 more', cut: '800 more in findings.json' });
    expect(list?.rest?.items).toHaveLength(192);
  });

  it('does not fold one item alone', () => {
    const [row] = evidenceRows({ users: Array.from({ length: 9 }, (_, index) => `user-${index}`) });
    expect(row?.value.list?.first).toHaveLength(9);
    expect(row?.value.list?.rest).toBeNull();
  });

  it('survives any depth and size', () => {
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? { deep } : [deep];
    expect(JSON.stringify(evidenceRows({ deep }))).toContain('nested too deep to show');
    expect(JSON.stringify(evidenceRows({ long: 'x'.repeat(1_000_000) })).length).toBeLessThan(30_000);
  });
});
