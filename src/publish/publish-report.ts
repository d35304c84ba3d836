import { basename, dirname, join, resolve } from 'node:path';
import { err, ok, type Result } from '../kernel/result.ts';
import { diskSteps, errorCode, type PublishSteps } from './publish-steps.ts';
import { replaceInPlace, settle } from './replace-in-place.ts';

/**
 * Writes the files of a report (0600) into a directory as one: whoever reads it, at any moment, even after the process
 * was killed half-way, finds either the files as they were before or all the new ones. A file that is null goes
 * where an earlier report left it. Other files stay as they are. The error is one line that says what stands in the way.
 *
 * A directory that is absent is built beside its place (0700) and renamed there: one step. One that exists is not
 * replaced: POSIX renames no directory over a full one, swapping two leaves a moment with neither, moves foreign files
 * away and fails on a mount point. Its files change in place; `replace-in-place.ts` says how that is one step too.
 */
export const publishReport = async (
  directory: string,
  files: ReadonlyMap<string, string | Uint8Array | null>,
  steps: PublishSteps = diskSteps,
): Promise<Result<void, string>> => {
  const target = resolve(directory);
  try {
    if (await exists(target, steps)) await replaceInPlace(target, files, steps);
    else await createWhole(target, files, steps);
    return ok(undefined);
  } catch (error) {
    return err(`cannot write the report to \`${directory}\`: ${reason(error)}`);
  }
};

const exists = async (target: string, steps: PublishSteps): Promise<boolean> => {
  try {
    await settle(target, steps);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
};

const createWhole = async (
  target: string,
  files: ReadonlyMap<string, string | Uint8Array | null>,
  steps: PublishSteps,
): Promise<void> => {
  const parent = dirname(target);
  const prefix = `.${basename(target)}.vigil-publish-`;
  await steps.makeDirectory(parent);
  // What a killed run left when it was about to make this very directory.
  for (const name of await steps.names(parent)) {
    if (name.startsWith(prefix)) await steps.removeTree(join(parent, name));
  }
  const staged = await steps.makeUniqueDirectory(join(parent, prefix));
  try {
    for (const [name, text] of files) {
      if (text !== null) await steps.writeFile(join(staged, name), text);
    }
    await steps.syncDirectory(staged);
    await steps.rename(staged, target);
  } catch (error) {
    await steps.removeTree(staged);
    throw error;
  }
  await steps.syncDirectory(parent);
};

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOTDIR', 'it is a file, or lies below one; name a directory'],
  ['EEXIST', 'a file of that name is in the way; name a directory'],
  ['EISDIR', 'a directory has the name of a report file; remove it or name another directory'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'symbolic links lead in a circle'],
]);

const reason = (error: unknown): string =>
  REASONS.get(errorCode(error)) ?? (error instanceof Error ? error.message : String(error));
