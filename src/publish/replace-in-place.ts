import { basename, join } from 'node:path';
import { errorCode, type PublishSteps } from './publish-steps.ts';

const WORK_PREFIX = '.vigil-publish-';
const LINK_THROUGH_CURRENT = /^(\.vigil-publish-[^/]+)\/current\//;

/**
 * Replaces files of a directory by new ones, all in one step, by way of links:
 *
 *     DIR/findings.json ─► DIR/.vigil-publish-x/current/findings.json     `current` leads to `old`, then to `new`
 *
 * 1. the new files are written under `new`, the present ones get a second name under `old`;
 * 2. each name becomes a link through `current`, which leads to `old`: no reader sees a change;
 * 3. `current` is renamed over to lead to `new`: the one step in which everything changes;
 * 4. each link is replaced by the file it leads to, unseen again, and `.vigil-publish-x` goes (`settle`).
 *
 * A run killed in between leaves links that read well, and the next run settles them first. A file that had no
 * predecessor is a link to nothing until step 3, one that has no successor (null) from step 3 on.
 */
export const replaceInPlace = async (
  target: string,
  files: ReadonlyMap<string, string | Uint8Array | null>,
  steps: PublishSteps,
): Promise<void> => {
  try {
    const work = await steps.makeUniqueDirectory(join(target, WORK_PREFIX));
    for (const name of await stage(target, work, files, steps)) {
      const link = join(work, 'link');
      await steps.symlink(join(basename(work), 'current', name), link);
      await steps.rename(link, join(target, name));
    }
    await steps.syncDirectory(target);
    await pointCurrentAt('new', work, steps);
  } catch (error) {
    // Before step 3 this goes back to the old files. The first error is the one to tell.
    await settle(target, steps).catch(() => undefined);
    throw error;
  }
  await settle(target, steps);
};

/** Prepares both generations, and returns the names that change. */
const stage = async (
  target: string,
  work: string,
  files: ReadonlyMap<string, string | Uint8Array | null>,
  steps: PublishSteps,
): Promise<readonly string[]> => {
  const changing: string[] = [];
  await steps.makeDirectory(join(work, 'new'));
  await steps.makeDirectory(join(work, 'old'));
  for (const [name, text] of files) {
    const present = await steps.realFile(join(target, name));
    if (text !== null) await steps.writeFile(join(work, 'new', name), text);
    if (present !== null) await steps.link(present, join(work, 'old', name));
    if (text !== null || present !== null) changing.push(name);
  }
  await steps.syncDirectory(join(work, 'new'));
  await steps.syncDirectory(join(work, 'old'));
  await pointCurrentAt('old', work, steps);
  return changing;
};

const pointCurrentAt = async (generation: 'old' | 'new', work: string, steps: PublishSteps): Promise<void> => {
  const link = join(work, 'link');
  await steps.symlink(generation, link);
  await steps.rename(link, join(work, 'current'));
  await steps.syncDirectory(work);
};

/**
 * Turns links that `replaceInPlace` left, however far it came, into the files they lead to, and removes its working
 * directories. An error of code `ENOENT` where the directory is absent, `ENOTDIR` where it is a file.
 */
export const settle = async (target: string, steps: PublishSteps): Promise<void> => {
  const names = await steps.names(target);
  for (const name of names) {
    const path = join(target, name);
    const work = LINK_THROUGH_CURRENT.exec((await steps.linkTarget(path)) ?? '')?.[1];
    if (work !== undefined) await replaceLink(path, join(target, work, 'file'), steps);
  }
  const left = names.filter((name) => name.startsWith(WORK_PREFIX));
  if (left.length === 0) return;
  // The files must be in their place on the disk before their second names go.
  await steps.syncDirectory(target);
  for (const name of left) await steps.removeTree(join(target, name));
};

const replaceLink = async (path: string, spare: string, steps: PublishSteps): Promise<void> => {
  const file = await steps.realFile(path);
  if (file === null) return steps.unlink(path);
  try {
    await steps.link(file, spare);
  } catch (error) {
    // A run was killed between this line and the next; the name holds another copy of some report file.
    if (errorCode(error) !== 'EEXIST') throw error;
    await steps.unlink(spare);
    await steps.link(file, spare);
  }
  await steps.rename(spare, path);
};
