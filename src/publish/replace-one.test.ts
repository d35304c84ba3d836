import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskSteps } from './publish-steps.ts';
import { replaceOne } from './replace-one.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-one-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const read = (): string => readFileSync(join(directory, 'index.html'), 'utf8');

it('a file is there for its owner alone, in the place of the one before, and nothing beside it', async () => {
  expect(await replaceOne(directory, 'index.html', 'old')).toEqual({ ok: true, value: undefined });
  await replaceOne(directory, 'index.html', 'new');
  expect(read()).toBe('new');
  expect(statSync(join(directory, 'index.html')).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(['index.html']);
});

it('two at once are one of the two', async () => {
  const texts = ['one'.repeat(100_000), 'two'.repeat(100_000)];
  await Promise.all(texts.map((text) => replaceOne(directory, 'index.html', text)));
  expect(texts).toContain(read());
  expect(readdirSync(directory)).toEqual(['index.html']);
});

it.each(['writeFile', 'rename'] as const)('where %s fails, the old one stays and the reason is told', async (step) => {
  await replaceOne(directory, 'index.html', 'old');
  const steps = { ...diskSteps, [step]: () => Promise.reject(new Error('the disk is full')) };
  const replaced = await replaceOne(directory, 'index.html', 'new', steps);
  expect(replaced).toEqual({ ok: false, error: `cannot write \`${join(directory, 'index.html')}\`: the disk is full` });
  expect(read()).toBe('old');
  expect(readdirSync(directory)).toEqual(['index.html']);
});

it('a directory in the way is told', async () => {
  mkdirSync(join(directory, 'index.html'));
  expect((await replaceOne(directory, 'index.html', 'new')).ok).toBe(false);
});
