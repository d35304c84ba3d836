import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { sha256Of } from '../evidence/file-facts.ts';
import { MANIFEST_FILE, type Manifest, type ManifestFile, parseManifest } from '../evidence/manifest.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { errorCode } from '../publish/publish-steps.ts';
import type { AuditOptions } from './audit-options.ts';

/** The directory that the reports of a run are written to. */
export const nightDirectory = ({ out }: AuditOptions, { report }: Pick<Config, 'report'>, runId: string): string =>
  out ?? join(report.directory, runId);

/** Why the reports of a run cannot be read from where they were to be written, in words that go on after a colon. */
export interface NightProblem {
  /** Whether nothing of the run is there. */
  readonly isAbsent: boolean;
  readonly why: string;
}

/** The manifest of a run's reports. */
export const manifestOfNight = async (directory: string, runId: string): Promise<Result<Manifest, NightProblem>> => {
  let text: string;
  try {
    text = await readFile(join(directory, MANIFEST_FILE), 'utf8');
  } catch (error) {
    const isAbsent = ['ENOENT', 'ENOTDIR'].includes(errorCode(error));
    const why = isAbsent
      ? 'they were not written, or are there no more'
      : `their manifest cannot be read (${errorCode(error)})`;
    return err({ isAbsent, why });
  }
  const manifest = parseManifest(text);
  if (!manifest.ok) return err({ isAbsent: false, why: `their manifest ${manifest.error.replaceAll('`', '')}` });
  return manifest.value.run.id === runId
    ? manifest
    : err({ isAbsent: true, why: 'those of another run are in their place' });
};

/** A file of a run's reports, if it is what the manifest vouches for; the error goes on after a colon. */
export const vouchedFile = async (
  directory: string,
  { path, bytes, sha256 }: Pick<ManifestFile, 'path' | 'bytes' | 'sha256'>,
): Promise<Result<Uint8Array, string>> => {
  const file = join(directory, path);
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size !== bytes) return err(CHANGED);
    const content = await readFile(file);
    return sha256Of(content) === sha256 ? ok(content) : err(CHANGED);
  } catch (error) {
    const code = errorCode(error);
    return err(code === 'ENOENT' ? 'it is there no more' : `it cannot be read (${code})`);
  }
};

const CHANGED = 'it was changed after it was written';
