import { join } from 'node:path';
import { err, ok, type Result } from '../kernel/result.ts';
import { diskSteps, type PublishSteps } from './publish-steps.ts';

/**
 * Writes one file (0600) into a directory that is there: whoever reads it, at any moment, finds the old one or the new one whole.
 * The error is one line.
 */
export const replaceOne = async (
  directory: string,
  name: string,
  text: string,
  steps: PublishSteps = diskSteps,
): Promise<Result<void, string>> => {
  try {
    const work = await steps.makeUniqueDirectory(join(directory, `.${name}.vigil-`));
    try {
      await steps.writeFile(join(work, name), text);
      await steps.rename(join(work, name), join(directory, name));
    } finally {
      await steps.removeTree(work);
    }
    await steps.syncDirectory(directory);
    return ok(undefined);
  } catch (error) {
    return err(`cannot write \`${join(directory, name)}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
};
