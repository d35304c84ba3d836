import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJsonValues } from './json-text.ts';

const problem = (text: string) => {
  const parsed = parseJsonValues(text);
  return parsed.ok ? 'no problem' : `${parsed.error.place}: ${parsed.error.what}`;
};

it('reads one value, and values one after the other', () => {
  expect(parseJsonValues(' {"a": [1, "}{"]} ')).toEqual({ ok: true, value: [{ a: [1, '}{'] }] });
  expect(parseJsonValues('{"page": 1}\n{"page": 2}[3] "4"')).toEqual({
    ok: true,
    value: [{ page: 1 }, { page: 2 }, [3], '4'],
  });
});

it('names line and column where the text breaks, and what was expected', () => {
  expect(problem('{\n  "a": 1,\n  b: 2\n}')).toBe(
    'line 3, column 3: is not JSON: expected a key in double quotes, found "b"',
  );
  expect(problem('{"a" 1}')).toBe('line 1, column 6: is not JSON: expected `:`, found "1"');
  expect(problem('[1 2]')).toBe('line 1, column 4: is not JSON: expected `,` or `]`, found "2"');
  expect(problem('{"a": 1, }')).toBe('line 1, column 10: is not JSON: expected a key in double quotes, found "}"');
  expect(problem('{"a": nul}')).toBe('line 1, column 7: is not JSON: expected a value, found "n"');
  expect(problem('{"a": "x\ny"}')).toMatch(/^line \d, column \d+: is not JSON: expected a value/);
});

it('says where a text that was cut off ends', () => {
  expect(problem('{"a": [1,\n')).toBe('line 2, column 1: is not JSON: it ends too early');
  expect(problem('')).toBe('line 1, column 1: is not JSON: it ends too early');
});

it('refuses what is nested deeper than any answer of AWS, and takes brackets in texts for text', () => {
  expect(problem(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBe(
    'line 1, column 201: is nested deeper than 200 levels',
  );
  expect(parseJsonValues(JSON.stringify('['.repeat(100_000))).ok).toBe(true);
  expect(parseJsonValues(JSON.stringify({ a: `\\"${'['.repeat(300)}` })).ok).toBe(true);
});

it('reads every sequence of values that JSON.stringify prints', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 4 }), (values) => {
      const text = values.map((value) => JSON.stringify(value, null, 1)).join('\n');
      const plain: unknown = JSON.parse(JSON.stringify(values));
      expect(parseJsonValues(text)).toEqual({ ok: true, value: plain });
    }),
  );
});

it('agrees with JSON.parse on what is JSON', () => {
  const mutated = fc.tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom('', ',', '"', '}', '[', 'x', '\\', ' '));
  fc.assert(
    fc.property(mutated, ([json, position, replacement]) => {
      const at = position % json.length;
      const text = json.slice(0, at) + replacement + json.slice(at + 1);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const parsed = parseJsonValues(text);
      // A text that is no value may still be several.
      expect(parsed.ok && parsed.value.length === 1).toBe(isJson);
    }),
    { numRuns: 500 },
  );
});
