import { constants } from 'node:fs';
import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunId } from '../finding/run-id.ts';
import { diskSteps } from './publish-steps.ts';

/** The files below a directory, by path from it; null: it is no directory of plain files and directories, so that nothing is said of it. */
export const plainFilesIn = async (directory: string): Promise<readonly string[] | null> => {
  if (!(await lstat(directory)).isDirectory()) return null;
  const files: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const below = entry.isDirectory() ? await plainFilesIn(join(directory, entry.name)) : [];
    if (below === null || !(entry.isDirectory() || entry.isFile())) return null;
    files.push(...(entry.isFile() ? [entry.name] : below.map((file) => `${entry.name}/${file}`)));
  }
  return files;
};

/** Removes the directory of a report: for its readers in one step, however long it takes, and whenever the process is killed. */
export const removeReport = async (directory: string): Promise<void> => {
  const hidden = join(dirname(directory), `.${basename(directory)}.vigil-publish-remove`);
  await rm(hidden, { recursive: true, force: true });
  await rename(directory, hidden);
  await rm(hidden, { recursive: true, force: true });
};

const LEFTOVER = /^\.(.+)\.vigil-publish-[A-Za-z0-9]{6}$/;
const LONGEST_WRITE_MS = 3_600_000;

/** Removes what processes left that were killed while they wrote or removed a report: not what one may still be at, an hour long. */
export const removeLeftovers = async (directory: string, nowMs: number): Promise<void> => {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const [, run = ''] = LEFTOVER.exec(entry.name) ?? [];
    if (!isRunId(run) || !entry.isDirectory()) continue;
    if (nowMs - (await lstat(path)).mtimeMs > LONGEST_WRITE_MS) await diskSteps.removeTree(path);
  }
};

/** Adds to a file (0600), which is made where there is none, and waits until it is on the disk. Follows no link. */
export const appendToFile = async (path: string, text: string): Promise<void> => {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  const file = await open(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
};
