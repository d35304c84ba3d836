import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rememberAudit } from '../../src/audit/remember-audit.ts';
import { type AuditOutcome, runAudit } from '../../src/audit/run-audit.ts';
import { openListedAccounts } from '../../src/cli/listed-accounts.ts';
import { fakeTimer, noProgress } from '../../src/collect/testing/collect-from.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { HistoryStore } from '../../src/ports/history-store.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import { openSqliteHistory } from '../../src/store/sqlite-history.ts';
import { ACCOUNTS, EXTERNAL_ID, HUB, runningOrganization, throttling } from './organization-night.ts';

const openHistory = async (): Promise<HistoryStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-night-'));
  const history = await openSqliteHistory(join(directory, 'history.sqlite'));
  if (!history.ok) throw new Error(history.error);
  onTestFinished(async () => {
    await history.value.close();
    rmSync(directory, { recursive: true });
  });
  return history.value;
};

const IAM_ALONE = {
  resources: false,
  organization: false,
  identityCenter: false,
  accessAnalyzer: false,
  lastAccessed: false,
} as const;

/** Audits what the section `accounts` of a configuration says, at a moment. */
const night = async (endpoint: string, accounts: string, now: string): Promise<AuditOutcome> => {
  const config = loadConfig(
    { name: 'vigil.yaml', text: `aws: { endpointUrl: "${endpoint}" }\naccounts: ${accounts}` },
    {},
  );
  if (!config.ok) throw new Error(config.error.join('\n'));
  const clock = { now: () => at(now) };
  const reading = { ...IAM_ALONE, clock, credentials: HUB, random: () => 0, timer: fakeTimer() };
  const listed = await openListedAccounts(config.value, reading, null);
  const audited = await runAudit({
    ...listed,
    clock,
    accountsAtOnce: 3,
    owners: [{ kind: 'account', account: 'busy', owner: 'busy team' }],
    reference: loadServiceReference,
    checkSettings: { disabled: new Set(), options: new Map() },
    frameworks: [],
    vigilVersion: '0.0.0',
    progress: noProgress,
  }).finally(() => listed.close());
  if (!audited.ok) throw new Error(audited.error.map(({ message }) => message).join('\n'));
  return audited.value;
};

const statuses = ({ report }: AuditOutcome) =>
  Object.fromEntries((report.expected ?? []).map(({ name, status }) => [name, status]));

const ORGANIZATION = `{ organization: { roleName: vigil-audit, externalId: ${EXTERNAL_ID} } }`;

it('an audit of an organization goes on without the accounts that refuse, are closed, crawl or have left', {
  timeout: 60_000,
}, async () => {
  const history = await openHistory();
  const all = await runningOrganization(['production', 'payments', 'closed', 'busy', 'sandbox']);
  const first = await rememberAudit(await night(all, ORGANIZATION, '2026-03-01T02:30:00Z'), history);
  expect(statuses(first)).toEqual({
    management: 'collected',
    production: 'collected',
    payments: 'failed',
    closed: 'suspended',
    busy: 'collected',
    sandbox: 'collected',
  });
  const ofSandbox = first.report.findings.filter(({ accountId }) => accountId === ACCOUNTS.sandbox);
  expect(ofSandbox.length).toBeGreaterThan(0);

  const fewer = await runningOrganization(['production', 'payments', 'closed', 'busy']);
  const { endpoint, throttled } = await throttling(fewer, ACCOUNTS.busy);
  const second = await rememberAudit(await night(endpoint, ORGANIZATION, '2026-03-02T02:30:00Z'), history);
  expect(throttled()).toBeGreaterThan(10);
  expect(second.report.accounts.map(({ accountId, complete }) => [accountId, complete])).toEqual([
    [ACCOUNTS.management, true],
    [ACCOUNTS.production, true],
    [ACCOUNTS.busy, true],
  ]);
  expect(second.report.expected?.map(({ name, status, droppedOut }) => [name, status, droppedOut])).toEqual([
    ['management', 'collected', false],
    ['production', 'collected', false],
    ['payments', 'failed', false],
    ['busy', 'collected', false],
    ['closed', 'suspended', false],
    ['sandbox', 'vanished', true],
  ]);
  const denied = second.report.expected?.find(({ name }) => name === 'payments');
  expect(denied?.reason).toMatch(
    /^role `arn:aws:iam::333333333333:role\/vigil-audit` cannot be assumed; check its trust policy, the external id and who asks: User: arn:aws:iam::111111111111:user\/vigil is not authorized to perform: sts:AssumeRole/,
  );
  const owned = second.report.findings.filter(({ owner }) => owner === 'busy team');
  expect(new Set(owned.map(({ accountId }) => accountId))).toEqual(new Set([ACCOUNTS.busy]));
  // Nothing of an account that was not read is resolved.
  expect(second.report.findings.filter(({ accountId }) => accountId === ACCOUNTS.sandbox)).toEqual([]);
  expect(second.report.findings.filter(({ state }) => state === 'resolved')).toEqual([]);

  const third = await rememberAudit(await night(fewer, ORGANIZATION, '2026-03-03T02:30:00Z'), history);
  expect(statuses(third)).not.toHaveProperty('sandbox');
  const back = await rememberAudit(await night(all, ORGANIZATION, '2026-03-04T02:30:00Z'), history);
  const again = back.report.findings.filter(({ accountId }) => accountId === ACCOUNTS.sandbox);
  expect(again.map(({ key }) => key).sort()).toEqual(ofSandbox.map(({ key }) => key).sort());
  expect(new Set(again.map(({ firstSeen }) => firstSeen))).toEqual(new Set(['2026-03-01T02:30:00Z']));
});

it('accounts and units that are denied, or not among those allowed, are left out and told', {
  timeout: 60_000,
}, async () => {
  const endpoint = await runningOrganization(['production', 'busy']);
  const role = `roleName: vigil-audit, externalId: ${EXTERNAL_ID}`;
  const denying = `{ organization: { ${role}, deny: [ou-ab12-11111111] } }`;
  expect(statuses(await night(endpoint, denying, '2026-03-01T02:30:00Z'))).toEqual({
    management: 'collected',
    production: 'skipped',
    closed: 'suspended',
    busy: 'skipped',
  });
  const allowing = `{ organization: { ${role}, allow: ["${ACCOUNTS.production}"] } }`;
  expect(statuses(await night(endpoint, allowing, '2026-03-01T02:30:00Z'))).toEqual({
    management: 'skipped',
    production: 'collected',
    closed: 'skipped',
    busy: 'skipped',
  });
});

it('a list is audited though the organization cannot be listed, or an entry leads elsewhere', {
  timeout: 60_000,
}, async () => {
  const endpoint = await runningOrganization(['production', 'busy']);
  const roleArn = `arn:aws:iam::${ACCOUNTS.production}:role/vigil-audit`;
  const outcome = await night(
    endpoint,
    `
  list:
    - { name: production, roleArn: "${roleArn}", externalId: ${EXTERNAL_ID} }
    - { name: twice, id: "${ACCOUNTS.busy}", endpointUrl: "http://127.0.0.1:1" }
    - { name: elsewhere, id: "999999999999" }
  organization: { roleName: vigil-audit, externalId: ${EXTERNAL_ID}, profile: no-such-profile, group: all }
`,
    '2026-03-01T02:30:00Z',
  );
  expect(statuses(outcome)).toEqual({
    production: 'collected',
    twice: 'failed',
    elsewhere: 'failed',
    'the accounts of the organization': 'failed',
  });
  const reasons = (outcome.report.expected ?? []).map(({ reason }) => reason);
  expect(reasons.slice(1)).toEqual([
    'nothing listens at `http://127.0.0.1:1`; check the endpoint URL and that it is running',
    'the credentials reach account 111111111111, not 999999999999; check its `id`, and the profile or role that is to reach it',
    expect.stringMatching(/^profile `no-such-profile` is not in the shared AWS files/),
  ]);
});
