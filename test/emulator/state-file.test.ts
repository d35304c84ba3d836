import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateAccessKeyCommand,
  CreateDelegationRequestCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteServiceLinkedRoleCommand,
  DeleteUserCommand,
  GenerateCredentialReportCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetAccountSummaryCommand,
  GetDelegationRequestCommand,
  GetServiceLastAccessedDetailsCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  SetSecurityTokenServicePreferencesCommand,
} from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-state-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const NOW = '2026-01-31T12:00:00Z' as Instant;
const ANY_TRUST =
  '{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "*" }, Action: "sts:AssumeRole" } }';
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
  appendFileSync(file(), '{"now":"2026-01-31T12:0');
  const after = await running();
  expect((await users(after.iam))?.map(([name]) => name)).toEqual(['first', 'second']);
  expect(readFileSync(file(), 'utf8')).toMatch(/\}\n$/);
});

it('holds the state in the place of what led to it after a restart, and no more after a second one', async () => {
  const before = await running();
  for (const UserName of ['a', 'b', 'c']) {
    await before.iam.send(new CreateUserCommand({ UserName }));
    await before.iam.send(new DeleteUserCommand({ UserName }));
  }
  await running();
  const lines = readFileSync(file(), 'utf8').split('\n');
  expect(lines).toHaveLength(3);
  await running();
  expect(readFileSync(file(), 'utf8').split('\n')).toEqual(lines);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('reads what it held before states were kept beside what led to them', async () => {
  const before = await running();
  await before.iam.send(new CreateUserCommand({ UserName: 'second' }));
  expect(readFileSync(file(), 'utf8').split('\n')[0]).not.toContain('stateForm');
  expect(await users((await running()).iam)).toEqual(await users(before.iam));
});

it('refuses the state of another form', async () => {
  const before = await running();
  await before.iam.send(new CreateUserCommand({ UserName: 'second' }));
  await running();
  writeFileSync(file(), readFileSync(file(), 'utf8').replace('"stateForm":1', '"stateForm":99'));
  expect(await start()).toMatchObject({ ok: false, error: [expect.stringContaining('of this version')] });
});

it('has settings, jobs, reports, requests, the organization and the event log after restarts', async () => {
  const before = await running(`
users: [{ userName: first }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${ANY_TRUST} }]
organization: {}
`);
  await before.iam.send(new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v2Token' }));
  const Arn = 'arn:aws:iam::123456789012:user/first';
  const { JobId } = await before.iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }));
  await before.iam.send(new GenerateCredentialReportCommand({}));
  const delegation = await before.iam.send(
    new CreateDelegationRequestCommand({
      Description: 'what a partner asks for',
      RequestorWorkflowId: 'workflow',
      NotificationChannel: 'arn:aws:sns:us-east-1:123456789012:requests',
      SessionDuration: 3600,
      Permissions: { PolicyTemplateArn: 'arn:aws:iam:::delegation-template/acme/deploy', Parameters: [] },
    }),
  );
  await before.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
  const { DeletionTaskId } = await before.iam.send(
    new DeleteServiceLinkedRoleCommand({ RoleName: 'AWSServiceRoleForECS' }),
  );
  const told = async ({ endpoint, credentials, iam }: Awaited<ReturnType<typeof running>>) => {
    const config = { endpoint, credentials, region: 'us-east-1' };
    const events = await new CloudTrailClient(config).send(new LookupEventsCommand({}));
    const organization = await new OrganizationsClient(config).send(new DescribeOrganizationCommand({}));
    const answers = [
      await iam.send(new GetAccountSummaryCommand({})),
      await iam.send(new GetServiceLastAccessedDetailsCommand({ JobId })),
      await iam.send(new GetDelegationRequestCommand({ DelegationRequestId: delegation.DelegationRequestId })),
      await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId })),
      organization,
    ];
    return {
      answers: answers.map(({ $metadata: _, ...answer }) => answer),
      changes: events.Events?.filter(({ EventName }) => /^(?:Set|Create|Delete|Generate)/.test(EventName ?? '')).map(
        ({ EventId }) => EventId,
      ),
    };
  };
  // Asked for the first time, the job is still under way.
  await told(before);
  const first = await told(before);
  expect(first.answers[0]).toMatchObject({ SummaryMap: { GlobalEndpointTokenVersion: 2 } });
  expect(first.changes).toHaveLength(6);
  expect(await told(await running())).toEqual(first);
  expect(await told(await running())).toEqual(first);
});

it('a reset empties the event log too', async () => {
  const { endpoint, credentials, iam } = await running();
  await iam.send(new CreateUserCommand({ UserName: 'second' }));
  await fetch(`${endpoint}/_vigil/reset`, { method: 'POST' });
  const cloudTrail = new CloudTrailClient({ endpoint, credentials, region: 'us-east-1' });
  expect((await cloudTrail.send(new LookupEventsCommand({}))).Events).toEqual([]);
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
