import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-history-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const script = fileURLToPath(new URL('testing/record-audits.ts', import.meta.url));
const [ACCOUNT, OTHER] = ['123456789012', '210987654321'] as const;

/** Runs the process that records audits, and gives what it printed; null: it was killed. */
const recording = (args: readonly string[]): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(printed);
      else reject(new Error(`ended with ${code}`));
    });
  });

/** What is remembered: each audit with its findings and whether its snapshot is whole. */
const remembered = async (file: string): Promise<readonly (readonly [string, readonly string[], boolean])[]> => {
  const history = await opened(file);
  const audits = [];
  for (const { id } of await history.runs()) {
    const findings = (await history.findings(id)).map(({ subject, state }) => `${subject.id} ${state}`).sort();
    audits.push([id.slice(0, 8), findings, (await history.snapshot(id, ACCOUNT)).size === 1] as const);
  }
  await history.close();
  return audits;
};

it('is killed at any moment without losing a finished audit or keeping half of one', { timeout: 240_000 }, async () => {
  const nights = [at('2026-03-01T02:30:00Z'), at('2026-03-02T02:30:00Z')] as const;
  const prepared = async (name: string): Promise<string> => {
    const file = join(directory, name);
    const history = await opened(file);
    const files = new Map([['account.json', nights[0]]]);
    await recordAudit(history, auditOf(nights[0], [findingAbout(`A${ACCOUNT}`)], { files }));
    await history.close();
    return file;
  };
  const first = ['20260301', [`AIDAA${ACCOUNT} new`], true];
  const second = ['20260302', [`AIDAA${ACCOUNT} open`, `AIDAB${ACCOUNT} new`], true];
  const calls = Number(await recording([await prepared('whole'), ACCOUNT, nights[1], '1']));
  expect(calls).toBeGreaterThan(15);
  let lost = 0;
  for (let killAt = 1; killAt <= calls; killAt += 1) {
    const file = await prepared(`killed-${killAt}`);
    expect(await recording([file, ACCOUNT, nights[1], '1', String(killAt)])).toBeNull();
    const audits = await remembered(file);
    if (audits.length === 1) lost += 1;
    expect(audits, `killed before call ${killAt}`).toEqual(audits.length === 1 ? [first] : [second, first]);
    // Whoever comes next finds a history that works.
    await recording([file, ACCOUNT, nights[1], '1']);
    expect(await remembered(file)).toEqual([second, first]);
  }
  // The last call commits: killed before any of them, the night is not remembered.
  expect(lost).toBe(calls);
});

it('takes audits of two processes that begin with no file at once', { timeout: 60_000 }, async () => {
  const file = join(directory, 'history.sqlite');
  await Promise.all([
    recording([file, ACCOUNT, '2026-03-01T02:30:00Z', '20']),
    recording([file, OTHER, '2026-03-01T02:30:00Z', '20']),
    recording([file, ACCOUNT, '2026-05-01T02:30:00Z', '20']),
  ]);
  const history = await opened(file);
  const runs = await history.runs();
  const count = (accountId: string): number =>
    runs.filter(({ accounts }) => accounts.some((account) => account.accountId === accountId)).length;
  expect([count(ACCOUNT), count(OTHER), runs.length]).toEqual([40, 20, 60]);
  await history.close();
});
