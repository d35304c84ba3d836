import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseYamlFile } from './yaml-file.ts';

const schema = z.strictObject({ name: z.string(), sizes: z.array(z.number()).default([]) });

it('reads a file that fits its schema', () => {
  expect(parseYamlFile('name: a\nsizes: [1, 2]\n', 'f.yaml', schema)).toEqual({
    ok: true,
    value: { name: 'a', sizes: [1, 2] },
  });
});

it('names the line of each problem, all at once', () => {
  const result = parseYamlFile('name: 3\nsizes:\n  - 1\n  - many\nsise: 4\n', 'f.yaml', schema);
  expect(result).toEqual({
    ok: false,
    error: [
      'f.yaml:1:7: name: must be text, but is a number; put it in quotes',
      'f.yaml:4:5: sizes.1: must be a number, but is text',
      'f.yaml:5:1: the file: unknown key `sise`; did you mean `sizes`?',
    ],
  });
});

it('names the place where the text is no YAML', () => {
  const result = parseYamlFile('name: "a\n', 'f.yaml', schema);
  expect(result.ok).toBe(false);
  expect(result.ok ? [] : result.error[0]).toMatch(/^f\.yaml:\d+:\d+: not YAML: /);
});

it('refuses a file that multiplies itself by aliases', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`).join('\n')}\n`;
  expect(parseYamlFile(bomb, 'f.yaml', z.any())).toMatchObject({ ok: false });
});

it('treats an empty file as one without keys', () => {
  expect(parseYamlFile('# nothing yet\n', 'f.yaml', z.strictObject({}))).toEqual({ ok: true, value: {} });
});

it('refuses a file that nests deeper than the parser can follow', () => {
  expect(parseYamlFile('['.repeat(20_000), 'f.yaml', z.any())).toMatchObject({ ok: false });
});

it('tells a schema that asks for it on which line something stands', () => {
  const result = parseYamlFile('# a comment\nlist:\n  - a\n  - b\n', 'f.yaml', (_, lineOf) =>
    z
      .strictObject({ list: z.array(z.string()) })
      .transform(({ list }) => list.map((_item, at) => lineOf(['list', at]))),
  );
  expect(result).toEqual({ ok: true, value: [3, 4] });
});
