import { sha256Of } from './file-facts.ts';
import { type Manifest, parseManifest } from './manifest.ts';

/** A night of a directory of reports. */
export interface NightOfChain {
  /** The name of its directory. */
  readonly name: string;
  /** Its `manifest.json`; null: it has none. */
  readonly manifest: Uint8Array | null;
}

/** What the chain of nights came to. */
export interface ChainVerification {
  readonly problems: readonly string[];
  /** The nights in it, the first one first. */
  readonly nights: readonly string[];
  /** Nights that others follow, and that were removed by retention as the record beside the nights says. */
  readonly removed: readonly string[];
}

/**
 * Holds each night against what the one after it says of it: a night that was removed, and a manifest that was changed since,
 * are told. That the last nights were removed no chain can tell. `removed` names the nights that retention removed, each with the
 * hash of its manifest: what follows one of them, by that hash, follows rightly.
 */
export const verifyChain = (
  nights: readonly NightOfChain[],
  removed: ReadonlyMap<string, string> = new Map(),
): ChainVerification => {
  const problems: string[] = [];
  const byRun = new Map<string, { readonly manifest: Manifest; readonly sha256: string }>();
  for (const { name, manifest } of nights) {
    if (manifest === null) {
      problems.push(`${name}: has no manifest`);
      continue;
    }
    const parsed = parseManifest(Buffer.from(manifest).toString('utf8'));
    if (!parsed.ok) problems.push(`${name}: manifest.json ${parsed.error}`);
    else if (parsed.value.run.id !== name) problems.push(`${name}: is of the night ${parsed.value.run.id}`);
    else byRun.set(name, { manifest: parsed.value, sha256: sha256Of(manifest) });
  }
  const told = new Set(nights.map(({ name }) => name));
  const following = new Set<string>();
  const gone: string[] = [];
  for (const [name, { manifest }] of byRun) {
    const { previous } = manifest;
    if (previous === null) continue;
    following.add(name);
    const isRetained = !told.has(previous.runId) && removed.get(previous.runId) === previous.sha256;
    if (isRetained) gone.push(previous.runId);
    else
      problems.push(
        ...problemsBefore(name, previous, {
          isThere: told.has(previous.runId),
          sha256: byRun.get(previous.runId)?.sha256,
        }),
      );
  }
  const firsts = [...byRun.keys()].filter((name) => !following.has(name)).sort();
  for (const name of firsts.slice(1)) problems.push(`${name}: follows no night, as only ${firsts[0] ?? ''} may`);
  return { problems: problems.sort(), nights: [...byRun.keys()].sort(), removed: gone.sort() };
};

/** What is wrong with the night that another one followed. */
const problemsBefore = (
  name: string,
  previous: NonNullable<Manifest['previous']>,
  { isThere, sha256 = previous.sha256 }: { readonly isThere: boolean; readonly sha256: string | undefined },
): readonly string[] => {
  if (!isThere) return [`${previous.runId}: is missing: ${name} followed it`];
  return sha256 === previous.sha256 ? [] : [`${previous.runId}: its manifest was changed after ${name} followed it`];
};
