import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '../../kernel/result.ts';
import { fileErrorText } from '../files/file-error-text.ts';

/** The events of trails as S3 delivers them, or answers of `LookupEvents`. */
const LOG_NAME = /\.json(\.gz)?$/;
/** Beside the events, trails deliver hashes of their files, and what CloudTrail finds unusual. */
const NO_LOGS = new Set(['CloudTrail-Digest', 'CloudTrail-Insight']);

/** The log files that a path means, sorted: itself, or the `.json` and `.json.gz` below it. Links are not followed. */
export const listLogFiles = async (path: string): Promise<Result<readonly string[], string>> => {
  try {
    return ok((await stat(path)).isDirectory() ? await filesBelow(path) : [path]);
  } catch (error) {
    return err(`${path}: ${fileErrorText(error)}`);
  }
};

const filesBelow = async (directory: string): Promise<readonly string[]> => {
  const entries = (await readdir(directory, { withFileTypes: true })).sort(byName);
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && !NO_LOGS.has(entry.name)) files.push(...(await filesBelow(path)));
    else if (entry.isFile() && LOG_NAME.test(entry.name)) files.push(path);
  }
  return files;
};

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

/** CloudTrail delivers every few minutes, and files of some megabytes: a packed file that holds more was made to harm. */
const LONGEST_UNPACKED = 512 * 1024 ** 2;

/**
 * Gives the text of a log file piece by piece, unpacked where it is packed. Rejects where the file breaks off, or unpacks to
 * more than `longest` characters.
 */
export async function* readLogFile(path: string, longest = LONGEST_UNPACKED): AsyncIterable<string> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) {
    yield* textOf(file);
    return;
  }
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  let length = 0;
  for await (const piece of textOf(file.pipe(unpacked))) {
    length += piece.length;
    if (length > longest) {
      file.destroy();
      throw new Error(`unpacks to more than ${longest} characters, which no log file of CloudTrail does`);
    }
    yield piece;
  }
}

async function* textOf(stream: NodeJS.ReadableStream): AsyncIterable<string> {
  stream.setEncoding('utf8');
  for await (const piece of stream) yield String(piece);
}
