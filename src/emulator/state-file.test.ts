import type * as Fs from 'node:fs';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Instant } from '../kernel/time.ts';
import { seededRandom } from './seeded-random.ts';
import { answerRequest, resume, stateOf } from './served-account.ts';
import { openStateFile } from './state-file.ts';

// Where a process may be killed: between any two calls that change files, and in the middle of a write.
const killed = vi.hoisted(() => ({ at: (): void => undefined }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const watched =
    <Args extends readonly unknown[], T>(change: (...args: Args) => T) =>
    (...args: Args): T => {
      killed.at();
      const result = change(...args);
      killed.at();
      return result;
    };
  return {
    ...fs,
    openSync: watched(fs.openSync),
    renameSync: watched(fs.renameSync),
    ftruncateSync: watched(fs.ftruncateSync),
    rmSync: watched(fs.rmSync),
    appendFileSync: (file: number, text: string) => {
      const bytes = Buffer.from(text);
      const cuts = [0, 1, bytes.length >> 1, bytes.length - 1, bytes.length];
      cuts.slice(1).forEach((cut, index) => {
        killed.at();
        fs.appendFileSync(file, bytes.subarray(cuts[index], cut));
      });
      killed.at();
    },
  };
});

const NOW = '2026-01-31T12:00:00Z' as Instant;
const fresh = { startedAt: NOW, initial: { kind: 'account-file', name: 'account.yaml', text: '{}' } } as const;

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-kill-'));
});
afterEach(() => {
  killed.at = () => undefined;
  rmSync(directory, { recursive: true, force: true });
});

/** An emulator on a state file, whose entries may grow to so many bytes before they are compacted. */
const opened = async (path: string, always: number) => {
  const file = openStateFile(path, fresh, always);
  if (!file.ok) throw new Error(file.error.join('\n'));
  const served = await resume(file.value.journal);
  if (!served.ok) throw new Error(served.error.join('\n'));
  const state = () => stateOf(served.value);
  file.value.compact(state);
  const createUser = async (name: string) => {
    const seed = Buffer.alloc(32, name);
    const request = {
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAVIGILEMULATEROOT/20260131/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
      },
      sourceIp: '127.0.0.1',
      body: Buffer.from(`Action=CreateUser&Version=2010-05-08&UserName=${name}`),
    };
    const entry = { ...request, now: NOW, seed: seed.toString('base64'), body: request.body.toString('base64') };
    const changed = () => file.value.append(entry, state);
    await answerRequest(served.value, request, { now: NOW, requestId: '', random: seededRandom(seed), changed });
  };
  const users = () => [...(served.value.emulated.cloud.accounts.get('aws:123456789012')?.users.values() ?? [])];
  return { createUser, users, close: file.value.close };
};

const filesIn = (from: string): readonly (readonly [string, Buffer])[] =>
  readdirSync(from).map((name) => [name, readFileSync(join(from, name))]);

it('whenever the process is killed, every answered change is there after a restart, and no half of another', async () => {
  const kills: { readonly answered: number; readonly files: ReturnType<typeof filesIn> }[] = [];
  let answered = 0;
  const home = join(directory, 'home');
  mkdirSync(home);
  killed.at = () => kills.push({ answered, files: filesIn(home) });
  // Three runs, so that compaction at the start is among what is killed; ten changes each, so that growth compacts too.
  for (const run of ['a', 'b', 'c']) {
    const emulator = await opened(join(home, 'state'), 2000);
    for (let count = 0; count < 10; count += 1) {
      await emulator.createUser(`${run}${count}`);
      answered += 1;
    }
    emulator.close();
  }
  killed.at = () => undefined;
  expect(kills.length).toBeGreaterThan(150);
  expect(kills.filter(({ files }) => files.length > 1).length).toBeGreaterThan(20);
  const names = ['a', 'b', 'c'].flatMap((run) => Array.from({ length: 10 }, (_, count) => `${run}${count}`));
  for (const [index, { answered: sure, files }] of kills.entries()) {
    const place = join(directory, `kill-${index}`);
    mkdirSync(place);
    for (const [name, bytes] of files) writeFileSync(join(place, name), bytes);
    // Twice: what the restart itself leaves is a state as well.
    for (const _ of [1, 2]) {
      const { users, close } = await opened(join(place, 'state'), 2000);
      const found = users().map(({ userName }) => userName);
      expect([names.slice(0, sure), names.slice(0, sure + 1)]).toContainEqual(found);
      close();
    }
  }
});

it('a file that is written to for ever stays within a multiple of its state', async () => {
  const path = join(directory, 'state');
  const emulator = await opened(path, 2000);
  let longest = 0;
  for (let count = 0; count < 200; count += 1) {
    await emulator.createUser('one-and-the-same');
    await emulator.createUser(`user${count % 10}`);
    longest = Math.max(longest, statSync(path).size);
  }
  emulator.close();
  const again = await opened(path, 2000);
  again.close();
  expect(longest).toBeLessThan(6 * statSync(path).size);
  expect(existsSync(`${path}.new`)).toBe(false);
});

it('where there is no room for the compacted file, the other goes on', async () => {
  const path = join(directory, 'state');
  const emulator = await opened(path, 100);
  mkdirSync(`${path}.new`);
  await emulator.createUser('a');
  await emulator.createUser('b');
  emulator.close();
  const again = await opened(path, 100);
  expect(again.users().map(({ userName }) => userName)).toEqual(['a', 'b']);
  again.close();
});
