import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askRun, askStatus } from '../../src/http/control-client.ts';
import { runVigil } from '../e2e/run-vigil.ts';
import { type StartedDaemon, startDaemon } from '../e2e/start-daemon.ts';

// `VIGIL_SOAK_RUNS=200` is the long form, by `npm run test:long`: a daemon of a minute's schedule has as many in three hours.
const RUNS = Number(process.env['VIGIL_SOAK_RUNS'] ?? 12);
const KEPT_RUNS = 10;

let directory = '';
let daemon: StartedDaemon | undefined;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-soak-'));
  writeFileSync(join(directory, 'small.yaml'), 'accountId: "123456789012"\nusers:\n  - { userName: ada }\n');
  writeFileSync(
    join(directory, 'vigil.yaml'),
    `history: { file: h.sqlite, maxRuns: ${KEPT_RUNS} }\nreport: { directory: reports }\ndaemon: { groups: [{ name: a, cron: '0 3 29 2 *' }] }\n`,
  );
});
afterAll(async () => {
  daemon?.kill('SIGKILL');
  await daemon?.ended;
  rmSync(directory, { recursive: true, force: true });
});

/** What a process holds, as Linux tells it. */
interface Held {
  /** Memory in use. */
  readonly residentBytes: number;
  readonly files: number;
}

const held = (pid: number): Held => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { residentBytes: kilobytes * 1024, files: readdirSync(`/proc/${pid}/fd`).length };
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const nothing = { phase: () => {}, step: () => {} };

it(
  `holds no more after ${RUNS} audits than after the first few`,
  async () => {
    // A small heap makes what is not let go of show early.
    daemon = startDaemon(directory, ['--emulated', 'small.yaml'], { NODE_OPTIONS: '--max-old-space-size=256' });
    await daemon.said('group scheduled');
    const socket = join(directory, 'h.sqlite.daemon.sock');
    const seen: Held[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      expect(await askRun(socket, 'a', nothing)).toMatchObject({ kind: 'done', findings: expect.any(Number) });
      seen.push(held(daemon.pid));
    }
    const third = Math.floor(RUNS / 3);
    const [early, late] = [seen.slice(third, 2 * third), seen.slice(2 * third)];
    const memory = [early, late].map((some) => median(some.map(({ residentBytes }) => residentBytes)));
    const files = [early, late].map((some) => Math.max(...some.map(({ files: count }) => count)));
    const history = statSync(join(directory, 'h.sqlite')).size;
    process.stderr.write(
      `soak: ${RUNS} runs; ${memory.map((bytes) => Math.round(bytes / 1e6)).join(' MB, then ')} MB; ${files.join(', then ')} files; history of ${Math.round(history / 1e3)} kB\n`,
    );
    // What the collector of garbage has not looked at yet comes and goes.
    expect(memory[1]).toBeLessThan((memory[0] ?? 0) * 1.15);
    expect(files[1]).toBeLessThanOrEqual((files[0] ?? 0) + 2);

    const { stdout } = await runVigil(['runs', '--json'], directory);
    const told: { runs: readonly unknown[]; removed: readonly unknown[] } = JSON.parse(stdout);
    expect(told.runs.length).toBeLessThanOrEqual(KEPT_RUNS);
    expect(await askStatus(socket)).toMatchObject({ kind: 'daemon' });
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
  },
  RUNS * 20_000,
);
