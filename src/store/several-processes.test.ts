import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ENGINES, useEngine } from './testing/engines.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';

// `npm run test:long` kills before each call, otherwise some are left out.
const STRIDE = Number(process.env['VIGIL_KILL_STRIDE'] ?? 6);

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
const remembered = async (place: string): Promise<readonly (readonly [string, readonly string[], boolean])[]> => {
  const history = await opened(place);
  const audits = [];
  for (const { id } of await history.runs()) {
    const findings = (await history.findings(id)).map(({ subject, state }) => `${subject.id} ${state}`).sort();
    audits.push([id.slice(0, 8), findings, (await history.snapshot(id, ACCOUNT)).size === 1] as const);
  }
  await history.close();
  return audits;
};

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);

  it('is killed at any moment without losing a finished audit or keeping half of one', {
    timeout: 240_000,
  }, async () => {
    const nights = [at('2026-03-01T02:30:00Z'), at('2026-03-02T02:30:00Z')] as const;
    const before = await engine.newPlace();
    const history = await opened(before);
    const files = new Map([['account.json', nights[0]]]);
    await recordAudit(history, auditOf(nights[0], [findingAbout(`A${ACCOUNT}`)], { files }));
    await history.close();
    const first = ['20260301', [`AIDAA${ACCOUNT} new`], true];
    const second = ['20260302', [`AIDAA${ACCOUNT} open`, `AIDAB${ACCOUNT} new`], true];
    const calls = Number(await recording([await engine.copyOf(before), ACCOUNT, nights[1], '1']));
    expect(calls).toBeGreaterThan(12);
    // The last call commits: killed before any of them, the night is not remembered.
    for (let killAt = calls; killAt >= 1; killAt -= STRIDE) {
      const place = await engine.copyOf(before);
      expect(await recording([place, ACCOUNT, nights[1], '1', String(killAt)])).toBeNull();
      expect(await remembered(place), `killed before call ${String(killAt)}`).toEqual([first]);
      // Whoever comes next finds a history that works.
      await recording([place, ACCOUNT, nights[1], '1']);
      expect(await remembered(place)).toEqual([second, first]);
    }
  });

  it('takes audits of several processes that begin with nothing at once', { timeout: 60_000 }, async () => {
    const place = await engine.newPlace();
    await Promise.all([
      recording([place, ACCOUNT, '2026-03-01T02:30:00Z', '20']),
      recording([place, OTHER, '2026-03-01T02:30:00Z', '20']),
      recording([place, ACCOUNT, '2026-05-01T02:30:00Z', '20']),
    ]);
    const history = await opened(place);
    const runs = await history.runs();
    const count = (accountId: string): number =>
      runs.filter(({ accounts }) => accounts.some((account) => account.accountId === accountId)).length;
    expect([count(ACCOUNT), count(OTHER), runs.length]).toEqual([40, 20, 60]);
    await history.close();
  });
});
