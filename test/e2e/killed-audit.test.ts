import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { program, runVigil } from './run-vigil.ts';

let directory = '';
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  await runVigil(['collect', '--emulated', '--out', 'snapshot'], directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const OLD = '2026-01-01T00:00:00Z';
const NEW = '2026-02-02T00:00:00Z';
const args = (now: string): string[] => ['audit', '--from', 'snapshot', '--now', now, '--out', 'report'];

/** Kills an audit after a number of milliseconds; what it had done by then differs from run to run, the law does not. */
const kill = (afterMs: number): Promise<void> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args(NEW)], { cwd: directory, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });

it.each([200, 350, 450, 550, 700])(
  'killed after %i ms leaves the old report or the new one, never some of both',
  async (afterMs) => {
    await runVigil(args(OLD), directory);
    await kill(afterMs);
    const files = [
      'report.html',
      'findings.csv',
      'principals.csv',
      'accounts.csv',
      'coverage.csv',
      'findings.json',
      'credential-report.csv',
    ];
    expect(files.filter((file) => !existsSync(join(directory, 'report', file)))).toEqual([]);
    const read = (file: string): string => readFileSync(join(directory, 'report', file), 'utf8');
    const { run }: AuditReport = JSON.parse(read('findings.json'));
    expect([OLD, NEW]).toContain(run.startedAt);
    const [seen, other] = run.startedAt === OLD ? [OLD, NEW] : [NEW, OLD];
    expect(read('findings.csv')).toContain(seen);
    expect(read('findings.csv')).not.toContain(other);
    expect(read('report.html')).toContain(seen);
  },
);
