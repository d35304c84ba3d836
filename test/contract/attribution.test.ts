import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { expect, it, onTestFinished } from 'vitest';
import { compareWithPast } from '../../src/audit/compare-with-past.ts';
import { rememberAudit } from '../../src/audit/remember-audit.ts';
import { runAudit } from '../../src/audit/run-audit.ts';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { withCloudTrail } from '../../src/collect/cloudtrail-files.ts';
import { fakeTimer, noProgress } from '../../src/collect/testing/collect-from.ts';
import type { Actor } from '../../src/finding/actor.ts';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import type { AccountSource } from '../../src/ports/account-source.ts';
import type { HistoryStore } from '../../src/ports/history-store.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { openSqliteHistory } from '../../src/store/sqlite-history.ts';
import { type RunningAccount, runningAccount } from '../emulator/running-account.ts';

const ACCOUNT = '123456789012';
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const TRUST_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});
const BOB = 'AKIA2345ABCDEFGHIJKL';
const AUDITOR = 'AKIA2345ABCDEFGHIJKM';

const FILE = `{
  users: [
    { userName: alice },
    { userName: bob, attachedPolicies: [AdministratorAccess], accessKeys: [{ accessKeyId: ${BOB}, createDate: 1d ago, secretAccessKey: emulated }] },
    { userName: auditor, attachedPolicies: [IAMReadOnlyAccess], accessKeys: [{ accessKeyId: ${AUDITOR}, createDate: 1d ago, secretAccessKey: emulated }] },
  ],
  roles: [
    { roleName: deploy, path: /ci/, attachedPolicies: [AdministratorAccess], assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "${iam('root')}" }, Action: "sts:AssumeRole" } } },
    { roleName: open, assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" } } },
  ],
}`;

const openHistory = async (): Promise<HistoryStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-attribution-'));
  const history = await openSqliteHistory(join(directory, 'history.sqlite'));
  if (!history.ok) throw new Error(history.error);
  onTestFinished(async () => {
    await history.value.close();
    rmSync(directory, { recursive: true });
  });
  return history.value;
};

const sourceOf = ({ endpoint, credentials, clock }: RunningAccount, accessKeyId?: string): AccountSource =>
  createAwsSource({
    endpointUrl: endpoint,
    region: 'us-east-1',
    credentials: accessKeyId === undefined ? credentials : { accessKeyId, secretAccessKey: 'emulated' },
    clock,
    timer: fakeTimer(),
    lastAccessed: false,
    resources: false,
    organization: false,
    identityCenter: false,
    accessAnalyzer: false,
  });

const night = async (source: AccountSource, { clock }: RunningAccount, history: HistoryStore): Promise<AuditReport> => {
  const audited = await runAudit({
    sources: [source],
    clock,
    reference: loadServiceReference,
    checkSettings: { disabled: new Set(), options: new Map() },
    frameworks: [],
    vigilVersion: '0.0.0',
    progress: noProgress,
  });
  const compared = await compareWithPast(audited, history, { reference: loadServiceReference, progress: noProgress });
  if (!compared.ok) throw new Error(compared.error.map(({ message }) => message).join('\n'));
  return (await rememberAudit(compared.value, history, null)).report;
};

/** What happens between the nights. */
const day = async (account: RunningAccount): Promise<void> => {
  const bob = account.as(BOB);
  account.clock.moveTo('2026-01-31T15:00:00Z');
  await bob.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: ADMINISTRATOR }));
  account.clock.moveTo('2026-01-31T16:00:00Z');
  const { Credentials } = await bob.sts.send(
    new AssumeRoleCommand({ RoleArn: iam('role/ci/deploy'), RoleSessionName: 'run-7' }),
  );
  const session = account.withSession(Credentials);
  await session.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'open', PolicyDocument: TRUST_ALL }));
  account.clock.moveTo('2026-01-31T16:30:00Z');
  await session.iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  await account.iam.send(new CreateUserCommand({ UserName: 'carol' }));
  // What fails changes nothing.
  await bob.iam
    .send(new PutRolePolicyCommand({ RoleName: 'nobody', PolicyName: 'x', PolicyDocument: TRUST_ALL }))
    .catch(() => undefined);
  account.clock.moveTo('2026-02-01T12:00:00Z');
};

const told = ({ arn, at, request, sourceIp }: Actor): string => `${arn} at ${at} from ${sourceIp} with ${request}`;
const BY_BOB = `${iam('user/bob')} at 2026-01-31T15:00:00Z from 127.0.0.1 with iam:AttachUserPolicy`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`;
const BY_SESSION = `${SESSION} at 2026-01-31T16:00:00Z from 127.0.0.1 with iam:UpdateAssumeRolePolicy`;

const changesOf = ({ changes = [] }: AuditReport) =>
  Object.fromEntries(
    changes.map(({ kind, subject, by }) => [`${kind} ${subject.arn.split('/').at(-1)}`, by.map(told)]),
  );

const actorsOf = ({ findings }: AuditReport, checkId: string, arn: string) =>
  findings.find((finding) => finding.checkId === checkId && finding.subject.arn === arn)?.by?.map(told);

const expectDay = (report: AuditReport): void => {
  expect(changesOf(report)).toMatchObject({
    'policies alice': [BY_BOB],
    'permissions alice': [BY_BOB],
    'access-key alice': [`${SESSION} at 2026-01-31T16:30:00Z from 127.0.0.1 with iam:CreateAccessKey`],
    'trust-policy open': [BY_SESSION],
    'created carol': [`${iam('root')} at 2026-01-31T16:30:00Z from 127.0.0.1 with iam:CreateUser`],
  });
  expect(actorsOf(report, 'user-policy-attached-directly', iam('user/alice'))).toEqual([BY_BOB]);
  expect(actorsOf(report, 'role-trusts-any-principal', iam('role/open'))).toEqual([BY_SESSION]);
  const role = report.changes?.find(({ kind }) => kind === 'trust-policy')?.by[0]?.role;
  expect(role).toBe(iam('role/ci/deploy'));
};

it('who changed what between two nights is told beside each change and new finding, and stays with the finding', {
  timeout: 60_000,
}, async () => {
  const history = await openHistory();
  const account = await runningAccount(FILE);
  // What happened before the first night is nobody's doing of the second.
  await account.as(BOB).iam.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn: ADMINISTRATOR }));
  account.clock.moveTo('2026-01-31T13:00:00Z');
  const first = await night(sourceOf(account), account, history);
  expect(first.findings.filter(({ by }) => by !== undefined)).toEqual([]);
  await day(account);
  const second = await night(sourceOf(account), account, history);
  expectDay(second);
  expect(second.accounts[0]?.coverage.filter(({ source }) => source === 'cloudtrail')).toEqual([]);

  const lookUps = account.requests.get('cloudtrail:LookupEvents');
  account.clock.moveTo('2026-02-02T12:00:00Z');
  const third = await night(sourceOf(account), account, history);
  expect(actorsOf(third, 'user-policy-attached-directly', iam('user/alice'))).toEqual([BY_BOB]);
  expect(third.changes).toEqual([]);
  // Nothing changed: nobody is asked.
  expect(account.requests.get('cloudtrail:LookupEvents')).toBe(lookUps);
});

it('log files tell the same of an account that cannot be asked', { timeout: 60_000 }, async () => {
  const history = await openHistory();
  const account = await runningAccount(FILE);
  const { activity: _, ...source } = sourceOf(account);
  await night(source, account, history);
  await day(account);
  const { Events = [] } = await new CloudTrailClient({
    endpoint: account.endpoint,
    region: 'us-east-1',
    credentials: account.credentials,
  }).send(new LookupEventsCommand({}));
  const directory = mkdtempSync(join(tmpdir(), 'vigil-trail-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const records = Events.map(({ CloudTrailEvent = '' }) => CloudTrailEvent);
  writeFileSync(join(directory, 'log.json'), `{"Records":[${records.join(',')}]}`);
  const reference = await loadServiceReference();
  const sources = await withCloudTrail([source], [directory], { reference, progress: noProgress });
  if (!sources.ok || sources.value[0] === undefined) throw new Error('no source');
  expectDay(await night(sources.value[0], account, history));
});

it('an auditor who may not look up says so, and names nobody', { timeout: 60_000 }, async () => {
  const history = await openHistory();
  const account = await runningAccount(FILE, { enforce: true });
  await night(sourceOf(account, AUDITOR), account, history);
  await account.as(BOB).iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: ADMINISTRATOR }));
  account.clock.moveTo('2026-02-01T12:00:00Z');
  const report = await night(sourceOf(account, AUDITOR), account, history);
  expect(changesOf(report)).toMatchObject({ 'policies alice': [] });
  expect(report.accounts[0]?.coverage.find(({ source }) => source === 'cloudtrail')).toMatchObject({
    status: 'denied',
    detail: expect.stringContaining('AccessDeniedException'),
  });
});
