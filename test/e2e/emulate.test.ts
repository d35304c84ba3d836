import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { program } from './run-vigil.ts';

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts `vigil emulate` and waits for the first line it prints, which names the endpoint. */
const emulate = async (): Promise<{ endpoint: string; ended: Promise<number | null> }> => {
  const started = spawn(process.execPath, [program, 'emulate', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  child = started;
  const ended = new Promise<number | null>((resolve) => started.on('close', (exitCode) => resolve(exitCode)));
  for await (const line of createInterface(started.stdout)) {
    const endpoint = /http:\S+/.exec(line)?.[0];
    if (endpoint !== undefined) return { endpoint, ended };
  }
  throw new Error('vigil emulate printed no endpoint');
};

it('answers when it says so, and stops cleanly on SIGTERM', async () => {
  const { endpoint, ended } = await emulate();
  const health = await fetch(`${endpoint}/_vigil/health`);
  expect(health.status).toBe(200);
  child?.kill('SIGTERM');
  expect(await ended).toBe(0);
});
