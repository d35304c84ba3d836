import { expect, test } from 'vitest';
import { splitLines } from './decide-lines.ts';

async function* chunksOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

const linesOf = async (maxBytes: number | undefined, ...chunks: readonly (string | Uint8Array)[]) => {
  const batches: (readonly string[])[] = [];
  for await (const lines of splitLines(chunksOf(...chunks), maxBytes)) {
    batches.push(lines.map((line) => (line.kind === 'text' ? line.text : `! ${line.message}`)));
  }
  return batches;
};

test('lines come as soon as a chunk completes them', async () => {
  expect(await linesOf(undefined, 'a\nb', 'c\nd\n', 'e')).toEqual([['a'], ['bc', 'd'], ['e']]);
});

test('a line that ends with a carriage return is the same line for JSON', async () => {
  expect((await linesOf(undefined, '{}\r\n')).flat().map((line) => JSON.parse(line) as unknown)).toEqual([{}]);
});

test('empty lines are left out, and a byte order mark', async () => {
  expect(await linesOf(undefined, '\uFEFFa\n\n  \r\n', '\n')).toEqual([['a']]);
});

test('characters that a chunk cuts in two stay whole; line separators of Unicode are none', async () => {
  const bytes = Buffer.from('"é\u2028ü"\n');
  expect(await linesOf(undefined, bytes.subarray(0, 2), bytes.subarray(2))).toEqual([['"é\u2028ü"']]);
});

test('what is no UTF-8 is told, and the others stand', async () => {
  expect(await linesOf(undefined, 'a\n', Buffer.from([0xff, 0x0a]), 'b\n')).toEqual([
    ['a'],
    ['! the line is not UTF-8'],
    ['b'],
  ]);
});

test('a line that is too long is told, and the others stand', async () => {
  const tooLong = '! the line is longer than 4 bytes';
  expect(await linesOf(4, 'aaa', 'aa', 'a\nbbbb\nccccc', '\nd')).toEqual([[tooLong, 'bbbb'], [tooLong], ['d']]);
});
