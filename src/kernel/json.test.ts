import { expect, test } from 'vitest';
import { canonicalJson, isJsonList, isJsonObject, type JsonObject, jsonPointer } from './json.ts';

test('equal values give equal text, whatever the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
});

test('the order of a list counts', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test('keys like members of objects are printed like others', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":1,"constructor":2}') as JsonObject)).toBe(
    '{"__proto__":1,"constructor":2}',
  );
});

test('a pointer escapes what means something in it', () => {
  expect(jsonPointer(jsonPointer('', 'a/b~c'), 0)).toBe('/a~1b~0c/0');
});

test('null and lists are no objects', () => {
  expect([{}, [], null, 'x', undefined].map(isJsonObject)).toEqual([true, false, false, false, false]);
  expect([[], {}, null].map((value) => isJsonList(value))).toEqual([true, false, false]);
});
