import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { performAccountJob } from '../../src/cli/perform-account-job.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { noProgress } from '../../src/collect/testing/collect-from.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { HistoryStore } from '../../src/ports/history-store.ts';
import type { NightPlan } from '../../src/ports/night-store.ts';
import { useEngine } from '../../src/store/testing/engines.ts';
import { at, auditOf, opened, recordAudit } from '../../src/store/testing/history-example.ts';
import { HUB, ODD, type WorkedOrganization, workedOrganization } from './organization-of-workers.ts';

// CloudTrail lets one ask twice a second, who made each change.
vi.mock('../../src/collect/aws/system-timer.ts', async () => {
  const { fakeTimer } = await import('../../src/collect/testing/collect-from.ts');
  return { systemTimer: fakeTimer() };
});

const engine = useEngine('SQLite');
const ACCOUNT = ODD.walking;
const NIGHT: NightPlan = {
  id: '20260301T023000Z-nightly',
  group: 'nightly',
  startedAt: at('2026-03-01T02:30:00Z'),
  deadline: at('2026-03-01T08:30:00Z'),
  accounts: [
    {
      key: ACCOUNT,
      accountId: ACCOUNT,
      name: null,
      group: null,
      memberRole: `arn:aws:iam::${ACCOUNT}:role/vigil-audit`,
      isListed: false,
    },
  ],
  unread: [],
};
const terminal: Terminal = { print: () => {}, say: () => {}, progress: noProgress, style: (_, text) => text };

let organization: WorkedOrganization;
let history: HistoryStore;
let place = '';
let directory = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-late-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', HUB.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', HUB.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  organization = await workedOrganization(6);
  place = await engine.newPlace();
  history = await opened(place);
  await history.nights.begin(NIGHT);
  onTestFinished(async () => {
    await history.close();
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true });
  });
});

/** Does the job of the account, in this process. */
const perform = (mayWrite: () => Promise<boolean> = async () => true, night = NIGHT) => {
  const text = `
aws: { endpointUrl: "${organization.endpoint}", region: us-east-1 }
accounts: { organization: { roleName: vigil-audit, externalId: ${HUB.externalId} } }
collect: { regions: [us-east-1], resources: false, lastAccessed: false }
report: { directory: "${join(directory, 'reports')}", formats: [json] }
`;
  const config = loadConfig({ name: 'vigil.yaml', text }, {});
  if (!config.ok) throw new Error(config.error.join('\n'));
  const order = {
    nightId: night.id,
    key: ACCOUNT,
    options: {},
    config: config.value,
    history: { place, password: null },
  };
  return performAccountJob(order, { terminal, mayWrite });
};

const settled = async () => (await history.nights.account(NIGHT.id, ACCOUNT))?.outcome;

it('an audit that is no longer wanted when it is done leaves nothing behind', async () => {
  expect(await perform(async () => false)).toMatchObject({ kind: 'failed', messages: ['the audit was abandoned'] });
  expect([await history.runs(), await settled()]).toEqual([[], null]);
});

it('an audit that another process was faster with leaves what that one wrote', async () => {
  const { run, ...rest } = auditOf(NIGHT.startedAt, [], { accountId: ACCOUNT });
  const byAnother = async (): Promise<boolean> => {
    const other = await opened(place);
    await recordAudit(other, { ...rest, run });
    await other.nights.settle(NIGHT.id, ACCOUNT, { kind: 'audited', accountId: ACCOUNT, run, summary: '{}' });
    await other.close();
    return true;
  };
  expect(await perform(byAnother)).toMatchObject({ kind: 'done', files: [] });
  expect((await history.runs()).map(({ id }) => id)).toEqual([run.id]);
});

it('an account of a night that is over is not asked, nor waited for', async () => {
  const asked: string[] = [];
  organization.onCall = (accountId) => void asked.push(accountId);
  await history.nights.finish(NIGHT.id, { finishedAt: NIGHT.deadline, expected: [], problem: null });
  expect(await perform()).toMatchObject({ kind: 'done', files: [] });
  expect([asked, await history.runs()]).toEqual([[], []]);
  expect(await settled()).toEqual({ kind: 'failed', reason: 'the night was over before it could be audited' });
  expect((await history.nights.standing(NIGHT.id))?.waiting).toBe(0);
});

it('an audit whose process was lost before it could say so is made again as if it had not been', async () => {
  const summaryOf = async () => {
    const outcome = await settled();
    return outcome?.kind === 'audited' ? JSON.parse(outcome.summary) : null;
  };
  const before = { ...NIGHT, id: '20260228T023000Z-nightly', startedAt: at('2026-02-28T02:30:00Z') };
  await history.nights.begin(before);
  expect(await perform(undefined, before)).toMatchObject({ kind: 'done' });
  await engine.exec(place, `UPDATE runs SET started_at = '2026-02-28T02:31:00Z'`);
  await organization.secondNight();
  expect(await perform()).toMatchObject({ kind: 'done' });
  const first = await summaryOf();
  expect(first.baselineRunId).toBe(`${before.id}-${ACCOUNT}`);
  expect(first.news.changes.created).toBeGreaterThan(0);
  await engine.exec(place, `UPDATE runs SET started_at = '2026-03-01T02:31:00Z' WHERE id = '${first.runId}'`);
  await engine.exec(
    place,
    `UPDATE night_accounts SET state = 'waiting', summary = NULL WHERE night_id = '${NIGHT.id}'`,
  );
  expect(await perform()).toMatchObject({ kind: 'done' });
  expect(await summaryOf()).toEqual({ ...first, collectedAt: expect.any(String) });
  // One that began later would have the routes told again of what got worse.
  const [again, ...others] = await history.runs();
  expect([again?.startedAt, others.length]).toEqual(['2026-03-01T02:31:00Z', 1]);
});
