import { resolve } from 'node:path';

/** Lets what it is given write to a database when nothing else of this process writes to it. */
export type OneWriter = <T>(write: () => Promise<T>) => Promise<T>;

// The last of those that write to each file.
const lastOf = new Map<string, Promise<unknown>>();

/**
 * The writers of this process to a file, one after the other. SQLite's lock is for other processes: to wait for it blocks the
 * whole process, and with it the writer that is waited for.
 */
export const oneWriterTo = (file: string): OneWriter => {
  const path = resolve(file);
  return (write) => {
    const turn = (lastOf.get(path) ?? Promise.resolve()).then(write);
    lastOf.set(
      path,
      turn.catch(() => {}),
    );
    return turn;
  };
};
