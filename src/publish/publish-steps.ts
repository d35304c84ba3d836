import { constants } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  unlink,
} from 'node:fs/promises';

/** The steps on the file system that publishing is made of; a test kills the process between any two. */
export interface PublishSteps {
  /** Makes a directory (0700) with its parents; fine when it is there. */
  makeDirectory(path: string): Promise<void>;
  /** Makes a directory (0700) named `prefix` and six random characters, and returns its path. */
  makeUniqueDirectory(prefix: string): Promise<string>;
  /** Writes a new file (0600) and waits until it is on the disk. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Waits until a directory's entries are on the disk. */
  syncDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; a copy where the file system has no hard links. */
  link(file: string, to: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  removeTree(path: string): Promise<void>;
  /** Names in a directory; an error of code `ENOENT` or `ENOTDIR` where there is none. */
  names(directory: string): Promise<readonly string[]>;
  /** The target of a symbolic link; null when the path is none. */
  linkTarget(path: string): Promise<string | null>;
  /** The file that a path leads to in the end; null when it leads nowhere. */
  realFile(path: string): Promise<string | null>;
}

/** The steps on the real file system. */
export const diskSteps: PublishSteps = {
  makeDirectory: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  makeUniqueDirectory: (prefix) => mkdtemp(prefix),
  writeFile: async (path, content) => {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
  },
  syncDirectory: async (path) => {
    const directory = await open(path, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  rename,
  link: async (file, to) => {
    try {
      await link(file, to);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'EMLINK', 'EXDEV'].includes(errorCode(error))) throw error;
      await copyFile(file, to, constants.COPYFILE_EXCL);
    }
  },
  symlink,
  unlink,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  names: (directory) => readdir(directory),
  linkTarget: (path) => readlink(path).catch(nullFor('EINVAL', 'ENOENT')),
  realFile: (path) => realpath(path).catch(nullFor('ENOENT', 'ENOTDIR')),
};

/** The code of a failed system call (`ENOENT`); empty for anything else. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const nullFor =
  (...codes: readonly string[]) =>
  (error: unknown): null => {
    if (codes.includes(errorCode(error))) return null;
    throw error;
  };
