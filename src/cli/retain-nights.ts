import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of } from '../evidence/file-facts.ts';
import { MANIFEST_FILE, type Manifest, parseManifest } from '../evidence/manifest.ts';
import { EVIDENCE_FILE } from '../evidence/pack.ts';
import {
  type NightLimits,
  nightsToRemove,
  printRemovedNight,
  REMOVED_NIGHTS_FILE,
} from '../evidence/removed-nights.ts';
import { PUBLIC_KEY_FILE, SIGNATURE_FILE } from '../evidence/signature.ts';
import { isRunId } from '../finding/run-id.ts';
import type { Instant } from '../kernel/time.ts';
import { appendToFile, plainFilesIn, removeLeftovers, removeReport } from '../publish/remove-report.ts';
import { noticeTo, tellNotice } from './notice.ts';
import type { Terminal } from './terminal.ts';

/**
 * Removes the nights of a directory of reports that are too old or too many, and what killed runs left. A night is what its
 * manifest says: a directory of that name, in which nothing lies that the manifest does not tell of, and no link. What was removed
 * is written down first, so that the chain of nights can tell it from what somebody else took away.
 */
export const retainNights = async (
  directory: string,
  limits: NightLimits,
  {
    now,
    keep,
    terminal,
  }: {
    readonly now: Instant;
    /** Those that stay whatever the limits. */
    readonly keep: ReadonlySet<string>;
    readonly terminal: Pick<Terminal, 'say' | 'notice'>;
  },
): Promise<void> => {
  try {
    await removeLeftovers(directory, Date.now());
    if (limits.maxAgeDays === 0 && limits.maxRuns === 0) return;
    const nights = await nightsOf(directory);
    for (const runId of nightsToRemove([...nights.values()], limits, now)) {
      if (keep.has(runId)) continue;
      const sha256 = nights.get(runId)?.sha256 ?? '';
      await appendToFile(join(directory, REMOVED_NIGHTS_FILE), printRemovedNight({ runId, sha256, removedAt: now }));
      await removeReport(join(directory, runId));
      const line = `report ${runId}: removed, as \`report.maxAgeDays\` and \`report.maxRuns\` ask for`;
      tellNotice(terminal, { level: 'info', message: 'report removed', fields: { auditId: runId }, line });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    noticeTo(terminal, 'old reports not removed')(`old reports could not be removed: ${reason}`);
  }
};

interface NightHere {
  readonly runId: string;
  readonly accountIds: readonly string[];
  readonly sha256: string;
}

const nightsOf = async (directory: string): Promise<ReadonlyMap<string, NightHere>> => {
  const nights = new Map<string, NightHere>();
  for (const runId of (await readdir(directory)).filter(isRunId)) {
    const files = await plainFilesIn(join(directory, runId));
    if (files?.includes(MANIFEST_FILE) !== true) continue;
    const bytes = await readFile(join(directory, runId, MANIFEST_FILE));
    const manifest = parseManifest(bytes.toString('utf8'));
    if (!manifest.ok || manifest.value.run.id !== runId || !tellsOfAll(manifest.value, files)) continue;
    const accountIds = manifest.value.accounts.map(({ accountId }) => accountId);
    nights.set(runId, { runId, accountIds, sha256: sha256Of(bytes) });
  }
  return nights;
};

const tellsOfAll = (manifest: Manifest, files: readonly string[]): boolean => {
  const told = new Set([
    ...manifest.files.map(({ path }) => path),
    ...[MANIFEST_FILE, SIGNATURE_FILE, PUBLIC_KEY_FILE, EVIDENCE_FILE],
  ]);
  return files.every((file) => told.has(file));
};
