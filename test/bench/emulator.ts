// The emulated account under load, by the CPU time of its process: `node test/bench/emulator.ts`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AccountSize, LARGEST } from './generated-account.ts';
import { perSecond, print } from './measure.ts';
import { type MeasuredEmulator, measuredEmulator } from './measured-emulator.ts';

const USERS = 5000;
const WITH_USERS: AccountSize = { users: USERS, groups: 300, roles: 300, policies: 500, versions: 1 };

const repeat = (count: number, call: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => call(index));
const document = encodeURIComponent(
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }),
);
const trust = encodeURIComponent(
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
);
const policyArn = (index: number) => encodeURIComponent(`arn:aws:iam::123456789012:policy/p${index}`);

/** Kinds of calls, each from a number that is new each time. */
const READS: readonly ((index: number) => string)[] = [
  (index) => `GetUser&UserName=u${index % USERS}`,
  (index) => `GetRole&RoleName=r${index % 300}`,
  (index) => `ListAttachedUserPolicies&UserName=u${index % USERS}`,
  (index) => `ListGroupsForUser&UserName=u${index % USERS}`,
  (index) => `ListAccessKeys&UserName=u${index % USERS}`,
  (index) => `GetPolicyVersion&VersionId=v1&PolicyArn=${policyArn(index % 500)}`,
  () => 'ListUsers&MaxItems=20',
  () => 'GetAccountSummary',
];

const WRITES: readonly ((index: number) => string)[] = [
  (index) => `TagUser&UserName=u${index % USERS}&Tags.member.1.Key=k&Tags.member.1.Value=${index}`,
  (index) => `PutUserPolicy&UserName=u${index % USERS}&PolicyName=new&PolicyDocument=${document}`,
  (index) => `UpdateUser&UserName=u${index % USERS}&NewPath=/p${index}/`,
  (index) => `CreateAccessKey&UserName=u${index % USERS}`,
  (index) => `AddUserToGroup&UserName=u${index % USERS}&GroupName=g${index % 300}`,
  (index) => `CreateRole&RoleName=new${index}&AssumeRolePolicyDocument=${trust}`,
  (index) => `CreatePolicy&PolicyName=new${index}&PolicyDocument=${document}`,
  (index) => `AttachRolePolicy&RoleName=r${index % 300}&PolicyArn=${policyArn(index % 500)}`,
];

const rate = async (emulator: MeasuredEmulator, what: string, calls: readonly string[]): Promise<void> => {
  const { cpuMs } = await emulator.send(calls);
  print(what, perSecond(calls.length, cpuMs));
};

const mixed = (kinds: readonly ((index: number) => string)[], count: number, from = 0): string[] =>
  repeat(count, (index) => kinds[index % kinds.length]?.(from + Math.floor(index / kinds.length)) ?? '');

const LISTS = [
  'ListUsers',
  'ListRoles',
  'ListRoles&PathPrefix=/none/',
  'ListGroups',
  'ListPolicies&Scope=Local',
  'ListPolicies&OnlyAttached=true',
  'GetGroup&GroupName=g7',
  `ListEntitiesForPolicy&PolicyArn=${policyArn(7)}`,
];

/** Reads a list to its end. */
const walk = async (emulator: MeasuredEmulator, call: string) => {
  const before = (await emulator.usage()).cpuMs;
  let [pages, bytes, marker] = [0, 0, ''];
  do {
    const page = await emulator.ask(`${call}${marker === '' ? '' : `&Marker=${encodeURIComponent(marker)}`}`);
    pages += 1;
    bytes += page.length;
    marker = /<Marker>([^<]+)<\/Marker>/.exec(page)?.[1] ?? '';
  } while (marker !== '');
  return { pages, bytes, cpuMs: (await emulator.usage()).cpuMs - before };
};

/** Reads as a new user whom a policy allows it, signed and enforced; gives the CPU milliseconds that the last round took. */
const signedReads = async (emulator: MeasuredEmulator, counts: readonly number[]): Promise<number> => {
  const { endpoint } = emulator;
  await emulator.ask('CreateUser&UserName=reader');
  await emulator.ask(
    `AttachUserPolicy&UserName=reader&PolicyArn=${encodeURIComponent('arn:aws:iam::aws:policy/IAMReadOnlyAccess')}`,
  );
  const made = await emulator.ask('CreateAccessKey&UserName=reader');
  const text = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(made)?.[1] ?? '';
  const credentials = { accessKeyId: text('AccessKeyId'), secretAccessKey: text('SecretAccessKey') };
  await fetch(`${endpoint}/_vigil/enforce?after=0`, { method: 'POST' });
  const client = new IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  let cpuMs = 0;
  for (const count of counts) {
    const before = (await emulator.usage()).cpuMs;
    const left = repeat(count, (index) => `u${index}`).values();
    const worker = async () => {
      for (const UserName of left) await client.send(new GetUserCommand({ UserName }));
    };
    await Promise.all(repeat(8, String).map(worker));
    cpuMs = (await emulator.usage()).cpuMs - before;
  }
  return cpuMs;
};

const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
try {
  console.log(`an emulated account of ${USERS} users, by the CPU seconds of its process; Node ${process.version}`);
  const emulator = await measuredEmulator(WITH_USERS);
  await emulator.send(mixed(READS, 2000));
  await rate(emulator, 'reads, mixed (the mark is 1,000)', mixed(READS, 8000));
  await emulator.send(mixed(WRITES, 400, 400));
  await rate(emulator, 'writes, mixed (the mark is 300)', mixed(WRITES, 2400));
  for (const call of [...READS, ...WRITES]) {
    await rate(
      emulator,
      `  ${/^\w+/.exec(call(0))?.[0]}`,
      repeat(120, (index) => call(500 + index)),
    );
  }
  emulator.stop();

  const kept = await measuredEmulator(WITH_USERS, { stateFile: join(directory, 'state.jsonl') });
  await kept.send(mixed(WRITES, 400, 400));
  await rate(kept, 'writes, mixed, kept in a state file', mixed(WRITES, 2400));
  kept.stop();

  const enforcing = await measuredEmulator({ ...WITH_USERS, users: USERS - 1 });
  const enforcedMs = await signedReads(enforcing, [500, 2000]);
  print('reads of a user whose signature and policies count', perSecond(2000, enforcedMs));
  enforcing.stop();

  const largest = await measuredEmulator(LARGEST);
  const { cpuMs: startMs, heapMiB, rssMiB } = await largest.memory();
  print('the largest account: started', `${startMs.toFixed(0)} cpu ms`);
  print('the largest account: heap (the mark is 1,024)', `${heapMiB.toFixed(0)} MiB`);
  print('the largest account: resident', `${rssMiB.toFixed(0)} MiB`);
  for (const maxItems of [100, 1000]) {
    const { pages, bytes, cpuMs } = await walk(largest, `GetAccountAuthorizationDetails&MaxItems=${maxItems}`);
    print(
      `authorization details, ${pages} pages of ${maxItems}`,
      `${(cpuMs / (bytes / 1024 / 1024)).toFixed(1)} cpu ms / MiB`,
    );
  }
  for (const list of LISTS) {
    const { pages, cpuMs } = await walk(largest, `${list}&MaxItems=100`);
    print(`${decodeURIComponent(list)}, ${pages} pages`, `${(cpuMs / pages).toFixed(2)} cpu ms / page`);
  }
  largest.stop();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
