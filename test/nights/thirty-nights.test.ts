import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { deliverWaiting } from '../../src/cli/deliver-alerts.ts';
import { performGroup } from '../../src/cli/perform-group.ts';
import { systemClock } from '../../src/cli/system-clock.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { noProgress } from '../../src/collect/testing/collect-from.ts';
import type { RunResult } from '../../src/daemon/run-result.ts';
import { actorsAt } from './actors.ts';
import { alertServer } from './alert-server.ts';
import { configOf, ROUTES, SUPPRESSION } from './configuration.ts';
import { ACCOUNTS, faultyOrganization, KEYS, SECRET } from './organization-under-faults.ts';
import { type Crash, NIGHTS, type Night } from './thirty-nights-table.ts';

const published = vi.hoisted(() => ({ crash: null as string | null, reports: [] as string[] }));

// Nothing waits: neither between calls, nor between tries to deliver.
vi.mock('../../src/collect/aws/system-timer.ts', async () => {
  const { fakeTimer } = await import('../../src/collect/testing/collect-from.ts');
  return { systemTimer: fakeTimer() };
});
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: async () => {},
}));
// Where the process ends before or after its reports are written.
vi.mock('../../src/publish/publish-report.ts', async (original) => {
  const { publishReport } = await original<typeof import('../../src/publish/publish-report.ts')>();
  return {
    publishReport: async (directory: string, files: ReadonlyMap<string, string>) => {
      published.reports.push(files.get('findings.json') ?? '');
      if (published.crash === 'before-publishing') throw new Error('killed');
      const done = await publishReport(directory, files);
      if (published.crash === 'after-publishing') throw new Error('killed');
      return done;
    },
  };
});

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-nights-'));
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2026-02-28T12:00:00Z');
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.vigil);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

/** Names of things as the table has them: of two that are called the same the later is `name#2`. */
const namesOfTable = () => {
  const ids = new Map<string, string[]>();
  return (arn: string, id: string): string => {
    const name = arn.split(/[/:]/).at(-1) ?? arn;
    const known = ids.get(arn) ?? [];
    if (!known.includes(id)) known.push(id);
    ids.set(arn, known);
    const number = known.indexOf(id) + 1;
    return number === 1 ? name : `${name}#${String(number)}`;
  };
};

const accountOf = (accountId: string): string =>
  Object.entries(ACCOUNTS).find(([, id]) => id === accountId)?.[0] ?? accountId;

const actor = z.object({ arn: z.string(), request: z.string() });
const byOf = (by: z.infer<typeof actor> | null | undefined): string =>
  by ? ` by ${by.arn.split('/').at(-1) ?? ''} ${by.request}` : '';

/** Who has become administrator, and by whom, is told in words alone. */
const noticeInTable = ({ kind, text }: { readonly kind: string; readonly text: string }): string => {
  const [, who = ''] = kind === 'administrator' ? (/`([^`]+)` is an administrator now/.exec(text) ?? []) : [];
  const [, by = ''] = who === '' ? [] : (/user\/(\w+)` sent/.exec(text) ?? []);
  return `notice ${kind}${who === '' ? '' : ` ${who}`}${by === '' ? '' : ` by ${by}`}`;
};

const reportBody = z.object({
  findings: z.array(
    z.object({
      key: z.string(),
      checkId: z.string(),
      accountId: z.string(),
      state: z.string(),
      subject: z.object({ arn: z.string(), id: z.string() }),
    }),
  ),
  changes: z
    .array(
      z.object({
        accountId: z.string(),
        kind: z.string(),
        subject: z.object({ arn: z.string(), type: z.string(), id: z.string() }),
        by: z.array(actor),
      }),
    )
    .optional(),
});

/** The states that a night must come to: what the table says, and else what time alone makes of those of the night before. */
const expectedStates = (before: ReadonlyMap<string, string>, { states = {}, missing = [] }: Night) => {
  const kept = [...before]
    .filter(([, state]) => state !== 'resolved')
    .map(([key, state]) => [key, ['suppressed', 'not-evaluated'].includes(state) ? state : 'open'] as const);
  const all = new Map([...kept, ...Object.entries(states)].filter(([, state]) => state !== 'gone'));
  for (const [key, state] of Object.entries(states)) if (state === 'gone') all.delete(key);
  const shown = [...all].filter(([key]) => !missing.some((account) => key.includes(` ${account} `)));
  return { all, shown: Object.fromEntries(shown) };
};

it('thirty nights tell what came to pass, to whom it concerns, once, with who did it', {
  timeout: 240_000,
}, async () => {
  const organization = await faultyOrganization();
  const server = await alertServer();
  const actors = actorsAt(organization.endpoint);
  const config = configOf(directory, organization, server.url);
  const history = join(directory, 'history.sqlite');
  const said: string[] = [];
  const terminal: Terminal = {
    print: () => {},
    say: (line) => void said.push(line),
    progress: noProgress,
    style: (_, text) => text,
  };
  const name = namesOfTable();
  const names = new Map<string, string>();
  const audit = (mayWrite = true): Promise<RunResult> =>
    performGroup({ accounts: null, options: {}, config, history }, { terminal, mayWrite: async () => mayWrite });

  const crashing = async (crash: Crash): Promise<void> => {
    published.crash = crash;
    if (crash === 'stopped-before-writing') expect(await audit(false)).toEqual({ kind: 'abandoned' });
    else await expect(audit()).rejects.toThrow('killed');
    published.crash = null;
    expect(server.taken.splice(0)).toEqual([]);
  };

  let states: ReadonlyMap<string, string> = new Map();
  const ids = new Set<string>();
  for (const night of NIGHTS) {
    const day = String(night.day).padStart(2, '0');
    vi.setSystemTime(Date.parse(`2026-03-${day}T15:00:00Z`) - 86_400_000);
    await night.deeds?.(actors);
    if (night.isSkipped) continue;
    vi.setSystemTime(`2026-03-${day}T02:30:00Z`);
    writeFileSync(
      join(directory, 'suppressions.yaml'),
      night.isSuppressed === true ? SUPPRESSION : 'suppressions: []\n',
    );
    organization.setFaults(night.faults ?? []);
    server.setUnreachable(night.unreachable ?? []);
    said.length = 0;
    if (night.crash !== undefined) {
      await crashing(night.crash);
      vi.setSystemTime(`2026-03-${day}T03:00:00Z`);
    }
    if (night.afterCrash === 'delivers')
      await deliverWaiting({ place: history, password: null }, config, { clock: systemClock, terminal });
    else expect(await audit(), said.join('\n')).toMatchObject({ kind: 'done' });
    if (night.faults !== undefined) expect(organization.failed()).toBeGreaterThan(0);

    const [first = ''] = published.reports.splice(0);
    const report = reportBody.parse(JSON.parse(first));
    for (const { key, checkId, accountId, subject } of report.findings) {
      names.set(key, `${checkId} ${accountOf(accountId)} ${name(subject.arn, subject.id)}`);
    }
    const expected = expectedStates(states, night);
    states = expected.all;
    const changes = (report.changes ?? []).map(
      ({ kind, accountId, subject: { arn, id, type }, by }) =>
        `${kind} ${accountOf(accountId)} ${type === 'OrganizationPolicy' ? arn : name(arn, id)}${byOf(by[0])}`,
    );
    const told = Object.fromEntries(
      ROUTES.map((route) => [
        route,
        server.taken
          .filter((taken) => taken.route === route)
          .flatMap(({ alert }) => [
            ...alert.notices.map(noticeInTable),
            ...alert.gaps.map(({ source }) => `gap ${source}`),
            ...alert.findings.map(({ key, transition, by }) => `${transition} ${names.get(key) ?? key}${byOf(by)}`),
            ...(alert.failure === null ? [] : [`failure ${alert.failure}`]),
          ])
          .sort(),
      ]),
    );
    for (const { route, alert } of server.taken.splice(0)) {
      expect(ids, `alert ${alert.id} arrived before`).not.toContain(`${route} ${alert.id}`);
      ids.add(`${route} ${alert.id}`);
    }
    expect
      .soft(
        {
          states: Object.fromEntries(report.findings.map(({ key, state }) => [names.get(key), state])),
          changes: changes.sort(),
          told,
        },
        `night ${day}\n${said.join('\n')}`,
      )
      .toEqual({
        states: expected.shown,
        changes: [...(night.changes ?? [])].sort(),
        told: Object.fromEntries(ROUTES.map((route) => [route, [...(night.told?.[route] ?? [])].sort()])),
      });
  }
});
