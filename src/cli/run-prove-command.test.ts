import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../emulator/emulator-server.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { documents, roleDetail, userDetail } from '../snapshot/testing/documents-builder.ts';
import { allow, trusts } from '../snapshot/testing/policy-builder.ts';
import { EXIT } from './exit-codes.ts';
import type { ProveOptions } from './prove-options.ts';
import { runProveCommand } from './run-prove-command.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

const BOSS = 'arn:aws:iam::123456789012:role/boss';
const ADMIN = 'arn:aws:iam::123456789012:user/admin';

const WITH_MFA = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iam:PutUserPolicy',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
};
const PASSING = allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']);

let directory: string;
let files: Record<string, string>;
const emulators: RunningEmulator[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-prove-'));
  const saved = documents({
    details: {
      UserDetailList: [
        userDetail('alice', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('sts:AssumeRole', BOSS) }] }),
        userDetail('bob', {
          UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('iam:CreateAccessKey', ADMIN) }],
        }),
        userDetail('carol', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: WITH_MFA }] }),
        userDetail('dave', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: PASSING }] }),
        userDetail('admin', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }] }),
      ],
      RoleDetailList: [
        roleDetail('worker', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: allow('iam:PutRolePolicy') }] }),
        roleDetail('runner', {
          AssumeRolePolicyDocument: trusts({ Service: 'lambda.amazonaws.com' }),
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }],
        }),
        roleDetail('boss', {
          AssumeRolePolicyDocument: trusts({ AWS: '123456789012' }),
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }],
        }),
      ],
    },
  });
  files = Object.fromEntries(printSnapshotFiles(saved));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await Promise.all(emulators.splice(0).map((emulator) => emulator.close()));
});

const run = async (finding: string, options: Partial<ProveOptions> = {}) => {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal: Terminal = {
    print: (line) => void printed.push(line),
    say: (line) => void said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  };
  const exitCode = await runProveCommand(finding, { from: directory, ...options }, terminal);
  return { exitCode, printed, said: said.join('\n') };
};

/** The keys of findings, of which one is asked for. */
const keyOf = async (name: string): Promise<string> => {
  const { said } = await run('principal-can');
  const keys = said.match(/principal-can-become-administrator:[\w:]+/g) ?? [];
  for (const key of keys) {
    const { printed } = await run(key, { json: true });
    if (printed.join('').includes(`"subject":"arn:aws:iam::123456789012:${name}"`)) return key;
  }
  throw new Error(`no finding of ${name}`);
};

const serve = async (): Promise<string> => {
  const emulator = await startEmulator({ initial: { kind: 'snapshot', name: 'account', files }, clock: systemClock });
  if (!emulator.ok) throw new Error(emulator.error.join('\n'));
  emulators.push(emulator.value);
  return emulator.value.endpoint;
};

describe('vigil prove', () => {
  it('prints the replay for people', async () => {
    const { exitCode, printed } = await run(await keyOf('user/alice'));
    expect(exitCode).toBe(EXIT.done);
    expect(printed[0]).toBe('arn:aws:iam::123456789012:user/alice becomes administrator: proven');
    expect(printed).toContain('step 1: Assume a role that is allowed more (sts-001)');
    expect(printed.at(-1)).toBe('    done');
    expect(printed).toContain('  arn:aws:sts::123456789012:assumed-role/boss/escalation');
  });

  it('prints the replay for programs', async () => {
    const { printed } = await run(await keyOf('user/bob'), { json: true });
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      subject: 'arn:aws:iam::123456789012:user/bob',
      proof: 'proven',
      reason: null,
      steps: [{ method: 'iam-002' }],
      transcript: [{ outcome: 'refused' }, { action: 'iam:CreateAccessKey', outcome: 'done' }, { outcome: 'done' }],
    });
  });

  it('prints the requests as commands of the AWS CLI', async () => {
    const { printed } = await run(await keyOf('user/alice'), { commands: true });
    expect(printed).toContain("ENDPOINT='http://127.0.0.1:4599'");
    expect(printed.find((line) => line.startsWith('GIVEN='))).toBe(
      `GIVEN=$(aws --endpoint-url "$ENDPOINT" sts assume-role --role-arn '${BOSS}' --role-session-name 'escalation' --query '[Credentials.AccessKeyId,Credentials.SecretAccessKey,Credentials.SessionToken]' --output text)`,
    );
  });

  it.each([
    ['user/alice', 'proven'],
    ['user/bob', 'proven'],
    ['user/carol', 'conditional'],
    ['user/dave', 'derived'],
    ['role/worker', 'proven'],
  ])('runs the steps of %s against an emulated account that is served', async (name, proof) => {
    const key = await keyOf(name);
    const { exitCode, printed } = await run(key, { endpointUrl: await serve(), json: true });
    expect(exitCode).toBe(EXIT.done);
    const told: unknown = JSON.parse(printed.join('\n'));
    expect(told).toMatchObject({ proof, transcript: expect.arrayContaining([expect.objectContaining({ step: 0 })]) });
    expect(printed.join('')).toContain('"outcome":"done"}]}');
  });

  it.each(['https://iam.amazonaws.com', 'http://10.0.0.1:4599', 'http://127.0.0.1.example.com', 'nowhere'])(
    'refuses to run anything against %s',
    async (endpointUrl) => {
      const { exitCode, said } = await run('principal', { endpointUrl });
      expect(exitCode).toBe(EXIT.usage);
      expect(said).toContain('is no endpoint on this machine');
    },
  );

  it('asks for the rest of a key that begins several, and says where none begins so', async () => {
    expect((await run('principal')).said).toContain('begins the keys of 5 findings');
    const none = await run('nothing');
    expect([none.exitCode, none.said]).toEqual([
      EXIT.usage,
      expect.stringContaining('no finding of principal-can-become-administrator has a key that begins with `nothing`'),
    ]);
  });
});
