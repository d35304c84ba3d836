import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { err, type Result } from '../kernel/result.ts';
import { decodeText } from './files/decode-text.ts';
import { fileErrorText } from './files/file-error-text.ts';

/** Why a file could not be read. */
export interface FileProblem {
  /** Whether there is no such file. */
  readonly absent: boolean;
  /** One line: the file, what is wrong, and where there is one the mend. */
  readonly message: string;
}

/** Reads a text file, or a pipe such as `/dev/stdin` or the shell's `<(…)`. Never throws. */
export const readTextFile = async (path: string): Promise<Result<string, FileProblem>> => {
  const fail = (what: string) => err({ absent: false, message: `${path}: ${what}` });
  try {
    const file = await stat(path);
    if (file.isDirectory()) return fail('is a directory, not a file');
    if (!file.isFile() && !file.isFIFO()) return fail('is a device, not a file');
    if (file.size > constants.MAX_STRING_LENGTH) {
      return fail(
        `is larger than ${Math.floor(constants.MAX_STRING_LENGTH / 1_000_000)} MB, the most that can be read`,
      );
    }
    const text = decodeText(await readFile(path));
    return text.ok ? text : fail(text.error);
  } catch (error) {
    return err({ absent: isAbsent(error), message: `${path}: ${fileErrorText(error)}` });
  }
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
