import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { loopbackHttp } from '../../src/alert/testing/loopback-http.ts';
import { deliverWaiting } from '../../src/cli/deliver-alerts.ts';
import { loadConfig } from '../../src/config/config.ts';
import { printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import { documents, roleDetail } from '../../src/snapshot/testing/documents-builder.ts';
import { allow } from '../../src/snapshot/testing/policy-builder.ts';
import { at } from '../../src/store/testing/history-example.ts';

// `npm run test:long` kills before each step, otherwise some are left out.
const STRIDE = Number(process.env['VIGIL_KILL_STRIDE'] ?? 4);

let directory = '';
let server: Awaited<ReturnType<typeof loopbackHttp>>;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-killed-night-'));
  server = await loopbackHttp([{ status: 200 }]);
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const script = fileURLToPath(new URL('night-and-die.ts', import.meta.url));
const FIRST = '2026-03-01T02:30:00Z';
const SECOND = '2026-03-02T02:30:00Z';
const LATER = '2026-03-02T03:30:00Z';
const ended = z.object({ steps: z.number(), publishedFrom: z.number() });
const received = z.object({
  id: z.string(),
  findings: z.array(z.object({ checkId: z.string(), transition: z.string(), who: z.object({ name: z.string() }) })),
});

const saveRoles = (place: string, names: readonly string[]): void => {
  const RoleDetailList = names.map((name) =>
    roleDetail(name, { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: allow('*') }] }),
  );
  mkdirSync(join(directory, place));
  for (const [file, text] of printSnapshotFiles(documents({ details: { RoleDetailList } })))
    writeFileSync(join(directory, place, file), text);
};

const configure = (place: string): string => {
  const text = `history: { file: ${join(directory, place, 'h.sqlite')} }
report: { directory: ${join(directory, place, 'reports')}, formats: [json, csv] }
alerts: { routes: [{ name: hook, channel: webhook, url: { env: TEST_HOOK }, signingKey: { env: TEST_KEY }, gaps: false }] }
`;
  const file = join(directory, `${place}.yaml`);
  writeFileSync(file, text);
  return file;
};

const secrets = () => ({ TEST_HOOK: server.url, TEST_KEY: 'key' });

/** Runs the process that audits; null: it was killed. */
const audited = (place: string, snapshot: string, now: string, killAt = 0): Promise<z.infer<typeof ended> | null> =>
  new Promise((resolve, reject) => {
    const args = [script, configure(place), join(directory, snapshot), now, String(killAt)];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...secrets() },
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(ended.parse(JSON.parse(printed)));
      else reject(new Error(`ended with ${String(code)}`));
    });
  });

/** What arrived since the last time, what arrived twice once. */
const arrivals = (): readonly string[] => {
  const alerts = server.received.splice(0).map(({ body }) => received.parse(JSON.parse(body)));
  return [...new Map(alerts.map((alert) => [alert.id, alert])).values()].flatMap(({ id, findings }) =>
    findings.map(({ checkId, transition, who }) => `${id} ${transition} ${checkId} ${who.name}`),
  );
};

/** What the next process does that finds alerts waiting. */
const deliver = async (place: string): Promise<void> => {
  const config = loadConfig({ name: place, text: readFileSync(configure(place), 'utf8') }, {});
  if (!config.ok) throw new Error(config.error.join('\n'));
  Object.assign(process.env, secrets());
  await deliverWaiting({ place: join(directory, place, 'h.sqlite'), password: null }, config.value, {
    clock: { now: () => at(LATER) },
    terminal: { say: () => {} },
  });
};

it('a night that is killed at any step from its record to the last mark is told in full, once, and its report is whole', {
  timeout: 600_000,
}, async () => {
  saveRoles('before', ['almighty']);
  saveRoles('after', ['almighty', 'added']);
  mkdirSync(join(directory, 'told'));
  await audited('told', 'before', FIRST);
  arrivals();
  cpSync(join(directory, 'told'), join(directory, 'whole'), { recursive: true });
  const whole = await audited('whole', 'after', SECOND);
  const expected = arrivals();
  expect(expected.some((line) => line.includes(' new ') && line.endsWith(' added'))).toBe(true);
  const { steps = 0, publishedFrom = 0 } = whole ?? {};
  expect(steps - publishedFrom).toBeGreaterThan(20);
  for (let killAt = publishedFrom; killAt <= steps; killAt += STRIDE) {
    const place = `killed-${String(killAt)}`;
    cpSync(join(directory, 'told'), join(directory, place), { recursive: true });
    expect(await audited(place, 'after', SECOND, killAt)).toBeNull();
    // What lies in the place of a report is whole, whatever lies beside it.
    const reports = readdirSync(join(directory, place, 'reports')).filter((name) => /^\d/.test(name));
    for (const run of reports)
      JSON.parse(readFileSync(join(directory, place, 'reports', run, 'findings.json'), 'utf8'));
    await deliver(place);
    expect(arrivals(), `killed before step ${String(killAt)}`).toEqual(expected);
  }
  // The night is made again, an hour later: nobody hears a word, and its report is there.
  const first = `killed-${String(publishedFrom)}`;
  await audited(first, 'after', LATER);
  expect(arrivals()).toEqual([]);
  expect(readdirSync(join(directory, first, 'reports')).filter((name) => /^\d/.test(name))).toEqual([
    '20260301T023000Z',
    '20260302T033000Z',
  ]);
});
