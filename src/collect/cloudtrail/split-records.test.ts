import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordSplitter } from './split-records.ts';

/** The records in a text that comes in pieces of a size, and whether it ended well. */
const split = (text: string, size = text.length + 1) => {
  const records: (string | null)[] = [];
  const splitter = createRecordSplitter((record) => records.push(record));
  for (let at = 0; at < text.length; at += size) splitter.write(text.slice(at, at + size));
  return { records, ended: splitter.end() };
};

const A = '{"a":{"b":[{"c":"}]"}]}}';
const B = '{"Records":"no list","x":"\\"{","resources":[{"ARN":"x"}]}';

describe('records are found', () => {
  it.each([
    ['in a log file of a trail', `{"Records":[${A},${B}]}`],
    ['in an answer of LookupEvents', `{"NextToken":"{[","Events":[${A} ,\n${B}],"other":[{"n":1}]}`],
    ['in a list', `[${A},${B}]`],
    ['one a line', `${A}\n${B}\n`],
  ])('%s', (_, text) => {
    expect(split(text)).toEqual({ records: [A, B], ended: true });
    expect(split(text, 1)).toEqual({ records: [A, B], ended: true });
  });

  it('of a file that breaks off, as far as they are whole', () => {
    expect(split(`{"Records":[${A},{"a":`)).toEqual({ records: [A], ended: false });
  });

  it('of two files that stand one after the other', () => {
    expect(split(`{"Records":[${A}]}{"Records":[${B}]}`).records).toEqual([A, B]);
  });

  it('but for one that is longer than any event', () => {
    const long = `{"a":"${'x'.repeat(2_000_001)}"}`;
    expect(split(`{"Records":[${long},${A}]}`, 65_536).records).toEqual([null, A]);
  });

  it('as JSON reads them, whatever they hold and wherever the pieces end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 50 }),
        (all, size) => {
          const { records, ended } = split(JSON.stringify({ Records: all }), size);
          expect(ended).toBe(true);
          expect(records).toEqual(all.map((record) => JSON.stringify(record)));
        },
      ),
    );
  });

  it('nowhere in what is no JSON, without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', 'a', ':') }), (text) => {
        for (const record of split(text, 3).records) expect(record?.startsWith('{')).toBe(true);
      }),
    );
  });
});
