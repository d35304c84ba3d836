import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { IAMClient, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { awsCli } from './aws-cli.ts';
import { program, runVigil } from './run-vigil.ts';

let directory = '';
let child: ChildProcess | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-emulate-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Emulating {
  readonly endpoint: string;
  readonly credentials: { readonly AccessKeyId: string; readonly SecretAccessKey: string };
  readonly ended: Promise<number | null>;
}

/** Starts `vigil emulate` and reads what it prints: its endpoint and credentials. */
const emulate = async (...args: readonly string[]): Promise<Emulating> => {
  const started = spawn(process.execPath, [program, 'emulate', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = started;
  const ended = new Promise<number | null>((resolve) => started.on('close', (exitCode) => resolve(exitCode)));
  const printed = new Map<string, string>();
  for await (const line of createInterface(started.stdout)) {
    const [, name = '', value = ''] = /^(.*?) {2,}(\S+)$/.exec(line) ?? [];
    printed.set(name, value);
    const [endpoint, AccessKeyId, SecretAccessKey] = ['endpoint', 'access key id', 'secret access key'].map((each) =>
      printed.get(each),
    );
    if (endpoint !== undefined && AccessKeyId !== undefined && SecretAccessKey !== undefined)
      return { endpoint, credentials: { AccessKeyId, SecretAccessKey }, ended };
  }
  throw new Error('vigil emulate printed no endpoint and credentials');
};

const clientOf = ({ endpoint, credentials: { AccessKeyId, SecretAccessKey } }: Emulating): IAMClient =>
  new IAMClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    maxAttempts: 1,
  });

it('answers when it says so, and stops cleanly on SIGTERM', async () => {
  const { endpoint, ended } = await emulate();
  const health = await fetch(`${endpoint}/_vigil/health`);
  expect(health.status).toBe(200);
  child?.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('begins with an account that was collected, or with saved authorization details', { timeout: 60_000 }, async () => {
  const file = join(directory, 'account.yaml');
  writeFileSync(
    file,
    'users: [{ userName: alice, path: /staff/, tags: { team: web } }]\nroles: [{ roleName: app, assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" } } }]\n',
  );
  const snapshot = join(directory, 'snapshot');
  expect(await runVigil(['collect', '--emulated', file, '--out', snapshot], directory)).toMatchObject({ exitCode: 0 });
  for (const account of [snapshot, join(snapshot, 'authorization-details.json')]) {
    const iam = clientOf(await emulate('--account', account));
    const { Users } = await iam.send(new ListUsersCommand());
    expect(Users?.map(({ Arn }) => Arn)).toEqual(['arn:aws:iam::123456789012:user/staff/alice']);
    const { Roles } = await iam.send(new ListRolesCommand());
    expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(['app']);
    child?.kill('SIGKILL');
  }
});

it('has every answered write after it was killed, where it keeps its state', { timeout: 60_000 }, async () => {
  const account = join(directory, 'account.yaml');
  writeFileSync(account, '{}');
  const state = join(directory, 'state');
  const emulated = await emulate('--account', account, '--state', state);
  const { json } = awsCli(emulated.endpoint, emulated.credentials);
  const made = await json('iam', 'create-user', '--user-name', 'alice');
  const key = await json('iam', 'create-access-key', '--user-name', 'alice', '--query', 'AccessKey');
  child?.kill('SIGKILL');
  await emulated.ended;
  expect(readFileSync(state, 'utf8').trim().split('\n')).toHaveLength(3);

  const again = await emulate('--account', account, '--state', state, '--enforce');
  const asAlice = awsCli(again.endpoint, key as Emulating['credentials']);
  expect(await asAlice.json('sts', 'get-caller-identity', '--query', 'Arn')).toBe(
    'arn:aws:iam::123456789012:user/alice',
  );
  expect(await awsCli(again.endpoint, again.credentials).json('iam', 'get-user', '--user-name', 'alice')).toMatchObject(
    made as object,
  );
});

it('refuses with --enforce keys that nobody has, wrong secrets, and what no policy allows', {
  timeout: 60_000,
}, async () => {
  const account = join(directory, 'account.yaml');
  writeFileSync(
    account,
    'users: [{ userName: alice, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }]',
  );
  const { endpoint } = await emulate('--account', account, '--enforce');
  const refusal = (AccessKeyId: string, SecretAccessKey: string) =>
    awsCli(endpoint, { AccessKeyId, SecretAccessKey }).refusal('iam', 'list-users');
  expect(await refusal('AKIAANYBODYS22222222', 'emulated')).toEqual([
    254,
    'An error occurred (InvalidClientTokenId) when calling the ListUsers operation: The security token included in the request is invalid.',
  ]);
  expect((await refusal('AKIA2345ABCDEFGHIJKL', 'wrong'))[1]).toContain(
    '(SignatureDoesNotMatch) when calling the ListUsers operation: The request signature we calculated does not match the signature you provided.',
  );
  expect(await refusal('AKIA2345ABCDEFGHIJKL', 'emulated')).toEqual([
    254,
    'An error occurred (AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action',
  ]);
});
