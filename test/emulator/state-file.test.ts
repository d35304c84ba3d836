import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-state-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const NOW = '2026-01-31T12:00:00Z' as Instant;
const file = () => join(directory, 'state');

const start = (text = '{ users: [{ userName: first }] }') =>
  startEmulator({
    initial: { kind: 'account-file', name: 'account.yaml', text },
    stateFile: file(),
    clock: { now: () => NOW },
  });

const running = async (text?: string) => {
  const emulator = await start(text);
  if (!emulator.ok) throw new Error(emulator.error.join('\n'));
  onTestFinished(() => emulator.value.close());
  const iam = new IAMClient({
    endpoint: emulator.value.endpoint,
    region: 'us-east-1',
    credentials: emulator.value.credentials,
  });
  return { ...emulator.value, iam };
};

const users = async (iam: IAMClient) =>
  (await iam.send(new ListUsersCommand())).Users?.map(({ UserName, UserId }) => [UserName, UserId]);

// Nothing is closed in between, as when the process is killed.
it('has every answered change after a restart, with the same ids and secrets', async () => {
  const before = await running();
  await before.iam.send(new CreateUserCommand({ UserName: 'second' }));
  const { AccessKey } = await before.iam.send(new CreateAccessKeyCommand({ UserName: 'second' }));
  await before.iam.send(new DeleteUserCommand({ UserName: 'first' }));
  const told = await users(before.iam);

  const after = await running('{ users: [{ userName: another }] }');
  expect(await users(after.iam)).toEqual(told);
  expect(told?.map(([name]) => name)).toEqual(['second']);
  const keys = await after.iam.send(new ListAccessKeysCommand({ UserName: 'second' }));
  expect(keys.AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId)).toEqual([AccessKey?.AccessKeyId]);
  expect(after.requests).toEqual(
    new Map([
      ['iam:ListUsers', 1],
      ['iam:ListAccessKeys', 1],
    ]),
  );
});

it('goes back to what it began with, also after a restart', async () => {
  const before = await running();
  await before.iam.send(new CreateUserCommand({ UserName: 'second' }));
  await fetch(`${before.endpoint}/_vigil/reset?to=initial`, { method: 'POST' });
  const after = await running();
  expect((await users(after.iam))?.map(([name]) => name)).toEqual(['first']);
});

it('leaves reading alone', async () => {
  const { iam } = await running();
  const size = statSync(file()).size;
  await iam.send(new ListUsersCommand());
  expect(statSync(file()).size).toBe(size);
});

it('is nobody else’s to read', async () => {
  await running();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('forgets the line that was being written when the process was killed', async () => {
  const before = await running();
  await before.iam.send(new CreateUserCommand({ UserName: 'second' }));
  const whole = readFileSync(file(), 'utf8');
  appendFileSync(file(), '{"now":"2026-01-31T12:0');
  const after = await running();
  expect((await users(after.iam))?.map(([name]) => name)).toEqual(['first', 'second']);
  expect(readFileSync(file(), 'utf8')).toBe(whole);
});

it.each([
  ['something else', 'not a state\n', 'line 1 is not the beginning of an emulator state of this version'],
  ['a broken line', null, 'line 2 is broken'],
])('refuses %s', async (_, content, problem) => {
  await running();
  writeFileSync(file(), content ?? `${readFileSync(file(), 'utf8').split('\n')[0] ?? ''}\n{}\n`);
  expect(await start()).toEqual({ ok: false, error: [`${file()}: ${problem}; move it away to begin anew`] });
});

it('says why a file cannot be written', async () => {
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'account.yaml', text: '{}' },
    stateFile: join(directory, 'absent', 'state'),
    clock: { now: () => NOW },
  });
  expect(started).toMatchObject({ ok: false, error: [expect.stringMatching(/ENOENT.*; choose another file$/)] });
});
