import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf } from '../../evidence/file-facts.ts';
import { type Manifest, printManifest } from '../../evidence/manifest.ts';

/** Writes files of a run with the manifest that vouches for them, and gives their directory. */
export const nightOnDisk = (
  reports: string,
  runId: string,
  {
    files,
    accountIds = ['111122223333'],
  }: { readonly files: Readonly<Record<string, string>>; readonly accountIds?: readonly string[] },
): string => {
  const directory = join(reports, runId);
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const facts = Object.entries(files).map(([name, text]) => factsOf(name, text, null));
  writeFileSync(join(directory, 'manifest.json'), printManifest(manifest(runId, facts, accountIds)));
  return directory;
};

const manifest = (runId: string, files: Manifest['files'], accountIds: readonly string[]): Manifest => ({
  schemaVersion: '1.0',
  tool: { name: 'iam-vigil', version: '1.0.0' },
  run: {
    id: runId,
    startedAt: '2026-03-02T02:30:00Z',
    finishedAt: '2026-03-02T02:31:00Z',
    judgedAt: null,
    baselineRunId: null,
  },
  reference: { date: '2026-01-01' },
  rules: { sha256: '0'.repeat(64), checks: [], frameworks: [] },
  configuration: { sha256: '0'.repeat(64), content: {} },
  formats: ['html', 'csv'],
  selection: null,
  suppressionFiles: [],
  accounts: accountIds.map((accountId) => ({
    accountId,
    alias: null,
    caller: null,
    collectedAt: '2026-03-02T02:30:00Z',
    complete: true,
    findings: {},
    unjudged: 0,
  })),
  unread: [],
  files,
  inputs: null,
  previous: null,
  signedBy: null,
});
