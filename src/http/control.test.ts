import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DaemonStatus } from '../daemon/daemon-status.ts';
import type { QueuedRun } from '../daemon/run-queue.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { toInstant } from '../kernel/time.ts';
import { askRun, askStatus } from './control-client.ts';
import { serveControl } from './control-server.ts';

let directory = '';
let socket = '';
let close: () => Promise<void> = async () => {};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-control-'));
  socket = join(directory, 'history.sqlite.daemon.sock');
});
afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true });
});

const at = toInstant(0);
const STATUS: DaemonStatus = {
  version: '1.2.3',
  processId: 7,
  startedAt: at,
  groups: [
    {
      name: 'nightly',
      cron: '30 2 * * *',
      timeZone: 'UTC',
      nextRun: at,
      activity: { kind: 'running', since: at, phase: 'collecting' },
      lastSuccess: { startedAt: at, finishedAt: at, auditId: 'a' },
      lastFailure: { startedAt: at, finishedAt: at, reason: 'no credentials' },
      overdueSince: null,
    },
  ],
};

const serve = async (request: (group: string) => QueuedRun | null = () => null): Promise<void> => {
  const control = await serveControl(socket, { status: () => STATUS, request });
  if (!control.ok) throw new Error(control.error);
  ({ close } = control.value);
};

const run = (ended: Promise<RunResult>): QueuedRun => ({
  group: 'nightly',
  trigger: 'request',
  watchers: new Set(),
  ended,
});

/** Progress as lines. */
const watched = () => {
  const seen: string[] = [];
  return {
    seen,
    phase: (name: string, total?: number) => void seen.push(`${name} ${total ?? ''}`.trim()),
    step: () => void seen.push('step'),
  };
};

it('answers its owner how the daemon fares', async () => {
  await serve();
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  expect(await askStatus(socket)).toEqual({ kind: 'daemon', status: STATUS });
});

it('takes the place of a socket that nobody listens at any more', async () => {
  writeFileSync(socket, '');
  await serve();
  expect(await askStatus(socket)).toMatchObject({ kind: 'daemon' });
});

it('knows that nobody is there', async () => {
  expect(await askStatus(socket)).toEqual({ kind: 'nobody' });
});

it('takes one that does not answer for busy, and no answer for long', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(socket, resolve));
  expect(await askStatus(socket, 50)).toEqual({ kind: 'busy' });
  silent.close();
});

it('says why it cannot listen where the path is too long for a socket', async () => {
  const control = await serveControl(join(directory, 'x'.repeat(120)), { status: () => STATUS, request: () => null });
  expect(control).toEqual({ ok: false, error: expect.stringMatching(/^cannot listen at .*: .*107 bytes/) });
});

it('shows how far a run is, and what it came to', async () => {
  let end = (_: RunResult): void => {};
  const one = run(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  await serve((group) => (group === 'nightly' ? one : null));
  const progress = watched();
  const ended = askRun(socket, 'nightly', progress);
  while (one.watchers.size === 0) await new Promise((resolve) => setImmediate(resolve));
  for (const watcher of one.watchers) {
    watcher.phase('collecting', 2);
    watcher.step();
  }
  end({ kind: 'failed', messages: ['no credentials', 'line\nbreak'], cause: 'no-audit' });
  expect(await ended).toEqual({ kind: 'failed', messages: ['no credentials', 'line\nbreak'], cause: 'no-audit' });
  expect(progress.seen).toEqual(['waiting for its turn', 'collecting 2', 'step']);
});

it('tells that there is no such group, whatever its name', async () => {
  await serve();
  expect(await askRun(socket, 'nope', watched())).toBeNull();
  expect(await askRun(socket, '..%2f..', watched())).toBeNull();
});

it('tells that the daemon went away', async () => {
  await serve(() => run(new Promise(() => {})));
  const progress = watched();
  const ended = askRun(socket, 'nightly', progress);
  while (progress.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await close();
  expect(await ended).toEqual({ kind: 'abandoned' });
});
