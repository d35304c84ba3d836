import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeProcessLock } from './process-lock.ts';

let directory = '';
let file = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-lock-'));
  file = join(directory, 'deeper', 'daemon.lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

it('is had by one, until that one releases it', async () => {
  const first = await takeProcessLock(file);
  expect(first).toMatchObject({ ok: true, value: { release: expect.any(Function) } });
  expect(await takeProcessLock(file)).toEqual({ ok: true, value: null });
  if (first.ok) first.value?.release();
  const second = await takeProcessLock(file);
  expect(second).toMatchObject({ ok: true, value: { release: expect.any(Function) } });
  if (second.ok) second.value?.release();
});

it('ends with a process that is killed', async () => {
  const module = new URL('./process-lock.ts', import.meta.url).href;
  const script = `const { takeProcessLock } = await import(${JSON.stringify(module)});
    await takeProcessLock(${JSON.stringify(file)}); console.log('taken'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => other.stdout.once('data', resolve));
  expect(await takeProcessLock(file)).toEqual({ ok: true, value: null });
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('close', resolve));
  const own = await takeProcessLock(file);
  expect(own).toMatchObject({ ok: true, value: { release: expect.any(Function) } });
  if (own.ok) own.value?.release();
});

it('says where no lock can be', async () => {
  expect(await takeProcessLock('/dev/null/lock')).toEqual({
    ok: false,
    error: expect.stringContaining('cannot lock `/dev/null/lock`'),
  });
});
