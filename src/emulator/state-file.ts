import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  type Journal,
  type JournalEntry,
  type JournalStart,
  journalLine,
  journalStart,
  parseJournal,
} from './journal.ts';
import type { SavedState } from './saved-state.ts';

/** The file that an emulator keeps its journal in. What was written outlives the process, however that ends. */
export interface StateFile {
  /** What it held, or now begins with. */
  readonly journal: Journal;
  /** Adds an entry. Where the entries have grown past a multiple of what they follow from, the state takes their place. */
  append(entry: JournalEntry, state: () => SavedState): void;
  /** Puts the state in the place of the entries, unless there are none. */
  compact(state: () => SavedState): void;
  close(): void;
}

/** How much longer than what they follow from the entries may become, and how long in any case, in bytes. */
const MULTIPLE = 4;
const ALWAYS = 1024 * 1024;

/** Opens a state file; one that does not exist begins with what is given. It holds secrets: nobody else may read it. */
export const openStateFile = (
  path: string,
  fresh: Omit<JournalStart, 'saved'>,
  always = ALWAYS,
): Result<StateFile, readonly string[]> => {
  try {
    const start = { ...fresh, saved: null };
    const target = existsSync(path) ? realpathSync(path) : path;
    const bytes = existsSync(target) ? readFileSync(target) : Buffer.alloc(0);
    const journal = bytes.length === 0 ? ok({ ...start, entries: [] }) : parseJournal(bytes);
    if (!journal.ok) return err([`${path}: ${journal.error}; move it away to begin anew`]);
    const file = bytes.length === 0 ? writtenAnew(target, journalStart(start)) : openSync(target, 'a', 0o600);
    // What a killed process left of its last line.
    if (bytes.length > 0) ftruncateSync(file, bytes.lastIndexOf('\n') + 1);
    return ok(stateFile(target, { file, journal: journal.value, always }));
  } catch (error) {
    return err([`${path}: ${error instanceof Error ? error.message : String(error)}; choose another file`]);
  }
};

const stateFile = (
  path: string,
  opened: { readonly file: number; readonly journal: Journal; readonly always: number },
): StateFile => {
  const { journal, always } = opened;
  let { file } = opened;
  let entryBytes = 0;
  let allowed = always;
  const compact = (state: () => SavedState): void => {
    const start = journalStart({ ...journal, saved: state() });
    allowed = Math.max(always, MULTIPLE * Buffer.byteLength(start));
    try {
      const written = writtenAnew(path, start);
      closeSync(file);
      file = written;
      entryBytes = 0;
    } catch {
      // No room for a second file: nothing is lost, the first one goes on until the next attempt.
      allowed += entryBytes;
    }
  };
  return {
    journal,
    append: (entry, state) => {
      const line = journalLine(entry);
      appendFileSync(file, line);
      entryBytes += Buffer.byteLength(line);
      if (entryBytes > allowed) compact(state);
    },
    compact: (state) => {
      if (journal.entries.length > 0 || entryBytes > 0) compact(state);
    },
    close: () => closeSync(file),
  };
};

/**
 * Puts a file with this content in the place of another, open for more. Whenever the process or the machine stops, the one
 * or the other is there whole.
 */
const writtenAnew = (path: string, content: string): number => {
  const beside = `${path}.new`;
  rmSync(beside, { force: true });
  const file = openSync(beside, 'a', 0o600);
  try {
    appendFileSync(file, content);
    fsyncSync(file);
    renameSync(beside, path);
    return file;
  } catch (cause) {
    closeSync(file);
    throw cause;
  }
};
