import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../kernel/result.ts';
import { type Journal, type JournalEntry, journalHead, journalLine, parseJournal } from './journal.ts';

/** The file that an emulator keeps its journal in. What was written outlives the process, however that ends. */
export interface StateFile {
  /** What it held, or now begins with. */
  readonly journal: Journal;
  append(entry: JournalEntry): void;
  close(): void;
}

/** Opens a state file; one that does not exist begins with what is given. It holds secrets: nobody else may read it. */
export const openStateFile = (path: string, fresh: Omit<Journal, 'entries'>): Result<StateFile, readonly string[]> => {
  try {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const journal = text === '' ? ok({ ...fresh, entries: [] }) : parseJournal(text);
    if (!journal.ok) {
      return err([`${path}: ${journal.error}; move it away to begin anew`]);
    }
    const file = openSync(path, 'a', 0o600);
    // What a killed process left of its last line.
    if (text !== '') ftruncateSync(file, Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    else writeSync(file, journalHead(fresh));
    return ok({
      journal: journal.value,
      append: (entry) => writeSync(file, journalLine(entry)),
      close: () => closeSync(file),
    });
  } catch (error) {
    return err([`${path}: ${error instanceof Error ? error.message : String(error)}; choose another file`]);
  }
};
