import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { err, ok, type Result } from '../kernel/result.ts';

/**
 * Writes a text file as one: whoever reads it finds the old text or the new one. Its mode stays, and a symbolic link leads to
 * the new text. The error is one line.
 */
export const replaceFile = async (path: string, text: string): Promise<Result<void, string>> => {
  const target = await realpath(path).catch(() => path);
  const beside = `${target}.${process.pid}.new`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    const old = await stat(target).catch(() => null);
    if (old !== null) await chmod(beside, old.mode);
    await rename(beside, target);
    return ok(undefined);
  } catch (error) {
    await rm(beside, { force: true });
    return err(`cannot write \`${path}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
};
