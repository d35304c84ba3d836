import { z } from 'zod';
import { addDays, type Instant } from '../kernel/time.ts';

/** The file beside the nights that says which of them were removed since they were too old or too many. */
export const REMOVED_NIGHTS_FILE = 'removed-nights.jsonl';

/** A night that is kept. */
export interface KeptNight {
  readonly runId: string;
  /** The accounts that it tells of. */
  readonly accountIds: readonly string[];
}

/** How long nights are kept; 0: for ever. */
export interface NightLimits {
  readonly maxAgeDays: number;
  readonly maxRuns: number;
}

/** A night that was removed, as the file tells of it. */
export interface RemovedNight {
  readonly runId: string;
  /** Of its manifest. */
  readonly sha256: string;
  readonly removedAt: Instant;
}

/** Those nights that are too old or too many, the first one first. Never the latest, nor the latest of any account. */
export const nightsToRemove = (
  nights: readonly KeptNight[],
  { maxAgeDays, maxRuns }: NightLimits,
  now: Instant,
): readonly string[] => {
  const eldest = maxAgeDays > 0 ? runIdAt(addDays(now, -maxAgeDays)) : '';
  const told = new Set<string>();
  const removed: string[] = [];
  for (const [index, { runId, accountIds }] of nights.toSorted((a, b) => (a.runId < b.runId ? 1 : -1)).entries()) {
    const isLatest = index === 0 || accountIds.some((id) => !told.has(id));
    for (const id of accountIds) told.add(id);
    const isTooMany = maxRuns > 0 && index >= maxRuns;
    if (!isLatest && (isTooMany || runId < eldest)) removed.unshift(runId);
  }
  return removed;
};

const runIdAt = (instant: Instant): string => `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** A line of the file. */
export const printRemovedNight = ({ runId, sha256, removedAt }: RemovedNight): string =>
  `${JSON.stringify({ runId, sha256, removedAt })}\n`;

const line = z.object({ runId: z.string(), sha256: z.string() });

/** The hash of the manifest of each night that was removed, by run; lines that nobody wrote like that are passed over. */
export const parseRemovedNights = (text: string): ReadonlyMap<string, string> => {
  const removed = new Map<string, string>();
  for (const one of text.split('\n')) {
    try {
      const { runId, sha256 } = line.parse(JSON.parse(one));
      removed.set(runId, sha256);
    } catch {
      // Half a line, of a process that was killed while it wrote.
    }
  }
  return removed;
};
