import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLogFile } from './log-files.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-log-files-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const lengthOf = async (content: string, longest: number): Promise<number> => {
  const path = join(directory, 'log.json.gz');
  writeFileSync(path, gzipSync(content));
  let length = 0;
  for await (const piece of readLogFile(path, longest)) length += piece.length;
  return length;
};

describe('a packed log file', () => {
  it('is read up to the longest length', async () => {
    expect(await lengthOf(' '.repeat(100_000), 100_000)).toBe(100_000);
  });

  it('that unpacks to more is no log file, and is not read to its end', async () => {
    await expect(lengthOf(' '.repeat(100_001), 100_000)).rejects.toThrow('unpacks to more than 100000 characters');
  });
});
