import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { performGroup } from '../../src/cli/perform-group.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { noProgress } from '../../src/collect/testing/collect-from.ts';
import { REPORT_FORMATS } from '../../src/report/report-format.ts';
import { copyBetween } from '../../src/store/testing/copy-places.ts';
import { ENGINES, useEngine } from '../../src/store/testing/engines.ts';
import { actorsAt } from './actors.ts';
import { alertServer } from './alert-server.ts';
import { configOf, SUPPRESSION } from './configuration.ts';
import { faultyOrganization, KEYS, SECRET } from './organization-under-faults.ts';
import { NIGHTS } from './thirty-nights-table.ts';

// Nothing waits: neither between calls, nor between tries to deliver.
vi.mock('../../src/collect/aws/system-timer.ts', async () => {
  const { fakeTimer } = await import('../../src/collect/testing/collect-from.ts');
  return { systemTimer: fakeTimer() };
});
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: async () => {},
}));

const engines = ENGINES.map((name) => ({ name, engine: useEngine(name) }));
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-engines-'));
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

/** All files of a directory and below: name to text. */
const filesOf = (place: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(place, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(place, name), 'base64')]),
  );

// Something is new, resolved, reopened and suppressed; then the histories are copied; then a policy of the organization comes.
const DAYS = [3, 5, 6, 15, 20];
const COPIED_AFTER = 15;

it('nights are told in the same bytes by SQLite and PostgreSQL, and by what was copied from one to the other', {
  timeout: 120_000,
}, async () => {
  const organization = await faultyOrganization();
  const server = await alertServer();
  const actors = actorsAt(organization.endpoint);
  const configured = configOf(directory, organization, server.url);
  const config = { ...configured, report: { ...configured.report, formats: [...REPORT_FORMATS] } };
  const terminal: Terminal = { print: () => {}, say: () => {}, progress: noProgress, style: (_, text) => text };
  const reports = join(directory, 'reports');
  const places = await Promise.all(
    engines.map(async ({ name, engine }) => ({ aside: join(directory, name), history: await engine.newPlace() })),
  );
  for (const { aside } of places) mkdirSync(aside);

  /** Audits the night with one history, whose reports are then where the configuration says. */
  const audit = async ({ aside, history }: (typeof places)[number]) => {
    renameSync(aside, reports);
    const order = { accounts: null, options: {}, config, history };
    const done = await performGroup(order, { terminal, mayWrite: async () => true });
    expect(done).toMatchObject({ kind: 'done' });
    // Routes are served side by side: the order is promised within each.
    const alerts = server.taken.splice(0).sort((one, other) => one.route.localeCompare(other.route));
    const told = { files: filesOf(reports), alerts };
    renameSync(reports, aside);
    return told;
  };

  /** Has each history go on in a copy too, by another engine. */
  const copyAll = async () => {
    for (const [index, { aside, history }] of [...places.entries()]) {
      const copy = { aside: `${aside}-copied`, history: (await engines.at(index - 1)?.engine.newPlace()) ?? '' };
      expect(await copyBetween(history, copy.history)).toMatchObject({ ok: true });
      cpSync(aside, copy.aside, { recursive: true });
      places.push(copy);
    }
  };

  for (const night of NIGHTS.filter((known) => DAYS.includes(known.day))) {
    const day = String(night.day).padStart(2, '0');
    vi.setSystemTime(Date.parse(`2026-03-${day}T15:00:00Z`) - 86_400_000);
    await night.deeds?.(actors);
    vi.setSystemTime(`2026-03-${day}T02:30:00Z`);
    writeFileSync(join(directory, 'suppressions.yaml'), night.isSuppressed ? SUPPRESSION : 'suppressions: []\n');
    const told = [];
    for (const place of places) told.push(await audit(place));
    const [first, ...others] = told;
    expect(first?.files.size).toBeGreaterThan(10);
    for (const [index, other] of others.entries()) {
      expect([...other.files.keys()]).toEqual([...(first?.files.keys() ?? [])]);
      const different = [...(first?.files ?? [])].filter(([name, text]) => other.files.get(name) !== text);
      expect(
        different.map(([name]) => name),
        `night ${day}, by ${String(places[index + 1]?.aside)}`,
      ).toEqual([]);
      expect(other.alerts).toEqual(first?.alerts);
    }
    if (night.day === COPIED_AFTER) await copyAll();
  }
  expect(places).toHaveLength(4);
});
