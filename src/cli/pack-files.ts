import { readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../evidence/manifest.ts';
import type { NightOfChain } from '../evidence/verify-chain.ts';
import type { PackFiles } from '../evidence/verify-pack.ts';
import { isRunId } from '../finding/run-id.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** A night's files, where somebody named them. */
export type OpenedPlace =
  | { readonly kind: 'directory'; readonly files: PackFiles }
  | { readonly kind: 'zip'; readonly bytes: Uint8Array };

/** The most that a ZIP or a file may have to be read at all. */
const MOST_BYTES = 2 ** 31 - 1;

/** Opens the directory of a run, or a ZIP; the error is one line. */
export const openPlace = async (place: string): Promise<Result<OpenedPlace, string>> => {
  try {
    const found = await stat(place);
    if (found.isDirectory()) return ok({ kind: 'directory', files: await filesIn(place) });
    if (!found.isFile()) return err(`${place}: is neither a directory nor a ZIP`);
    if (found.size > MOST_BYTES) return err(`${place}: is larger than 2 GB, the most that can be verified`);
    return ok({ kind: 'zip', bytes: await readFile(place) });
  } catch (error) {
    return err(`${place}: ${reasonOf(error)}`);
  }
};

const filesIn = async (directory: string): Promise<PackFiles> => ({
  names: (await readdir(directory)).sort(),
  read: (name) => {
    try {
      return ok(readFileSync(join(directory, name)));
    } catch (error) {
      return err(reasonOf(error));
    }
  },
});

/** Nights in a directory of runs. */
export interface ListedNights {
  /** By name, the first one first. */
  readonly nights: readonly NightOfChain[];
  /** How many earlier ones were left out. */
  readonly omitted: number;
}

/** The nights in a directory of runs: all of them, or the latest so many. */
export const nightsIn = async (
  directory: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Result<ListedNights, string>> => {
  try {
    const names = (await readdir(directory)).filter(isRunId).sort();
    const omitted = Math.max(0, names.length - most);
    const nights: NightOfChain[] = [];
    for (const name of names.slice(omitted)) nights.push({ name, manifest: await manifestIn(directory, name) });
    return ok({ nights, omitted });
  } catch (error) {
    return err(`${directory}: ${reasonOf(error)}`);
  }
};

/** The last night of a directory of runs whose id stands before another's; null: there is none with a manifest. */
export const nightBefore = async (directory: string, runId: string): Promise<NightOfChain | null> => {
  const names = await readdir(directory).catch(() => []);
  const earlier = names.filter((name) => isRunId(name) && name < runId).sort();
  for (const name of earlier.reverse()) {
    const manifest = await manifestIn(directory, name);
    if (manifest !== null) return { name, manifest };
  }
  return null;
};

const manifestIn = (directory: string, run: string): Promise<Uint8Array | null> =>
  readFile(join(directory, run, MANIFEST_FILE)).catch(() => null);

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'is missing'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'is no directory'],
]);

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (error instanceof Error ? error.message : String(error));
};
