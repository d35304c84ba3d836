import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAuditCommand } from '../../src/cli/run-audit-command.ts';
import type { Instant } from '../../src/kernel/time.ts';

/** What the audit of the demo account prints, at a fixed time. */
export const demoSummary = async (): Promise<string> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-docs-'));
  const lines: string[] = [];
  try {
    await runAuditCommand(
      { emulated: true, now: '2026-11-22T03:00:00Z' as Instant, out: directory },
      {
        print: (line) => lines.push(line),
        say: (line) => lines.push(line),
        progress: { phase: () => {}, step: () => {} },
        style: (_, text) => text,
      },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return lines.join('\n').replaceAll(directory, 'reports/20261122T030000Z');
};
