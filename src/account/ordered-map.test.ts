import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedMap } from './ordered-map.ts';

describe('OrderedMap', () => {
  it('agrees with a plain Map under any sequence of changes, in key order', () => {
    const change = fc.record({ key: fc.string({ maxLength: 3 }), value: fc.option(fc.nat(), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        let map = OrderedMap.empty<number>();
        const model = new Map<string, number>();
        for (const { key, value } of changes) {
          map = value === undefined ? map.delete(key) : map.set(key, value);
          if (value === undefined) model.delete(key);
          else model.set(key, value);
        }
        const expected = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
        expect([...map.entriesFrom('')]).toEqual(expected);
        expect([...map.entriesFrom('b')]).toEqual(expected.filter(([key]) => key >= 'b'));
        expect([...map.entriesWithPrefix('b')]).toEqual(expected.filter(([key]) => key.startsWith('b')));
        expect(map.size).toBe(model.size);
        for (const prefix of ['', 'b', ...expected.slice(0, 3).map(([key]) => key)]) {
          expect(map.countWithPrefix(prefix)).toBe(expected.filter(([key]) => key.startsWith(prefix)).length);
        }
      }),
      { seed: 42 },
    );
  });

  it('leaves the old map as it was', () => {
    const before = OrderedMap.from([['a', 1]]);
    const after = before.set('b', 2).delete('a');
    expect([...before.entriesFrom('')]).toEqual([['a', 1]]);
    expect([...after.entriesFrom('')]).toEqual([['b', 2]]);
  });

  it('stays shallow when keys come in order', () => {
    let map = OrderedMap.empty<number>();
    const keys = Array.from({ length: 20_000 }, (_, index) => String(index).padStart(6, '0'));
    for (const key of keys) map = map.set(key, 1);
    for (const key of keys.slice(0, 19_000)) map = map.delete(key);
    expect([...map.entriesFrom('')].map(([key]) => key)).toEqual(keys.slice(19_000));
  });

  it('finds no value under the names of object members', () => {
    expect(OrderedMap.empty().get('__proto__')).toBeUndefined();
    expect(OrderedMap.from([['__proto__', 1]]).get('__proto__')).toBe(1);
  });
});
