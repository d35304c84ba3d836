import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../kernel/result.ts';
import { withoutExperimentalWarning } from './sqlite-file.ts';

/** A lock that this process holds until it releases it or ends. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes a lock by a file, which is made where there is none and stays. Null: another process has it. It is the system's lock of an
 * SQLite file: it ends with its process, however that ends, so that none is ever stale, and no process id is taken for another's.
 */
export const takeProcessLock = async (file: string): Promise<Result<ProcessLock | null, string>> => {
  try {
    const { DatabaseSync: Database } = await withoutExperimentalWarning(() => import('node:sqlite'));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    const database = new Database(file);
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (error instanceof Error && error.message.includes('locked')) return ok(null);
      throw error;
    }
    return ok({ release: () => database.close() });
  } catch (error) {
    return err(`cannot lock \`${file}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
};
