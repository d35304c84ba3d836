import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type InitialAccount, initialAccountSchema } from './initial-account.ts';
import { parseState, printState, type SavedState, STATE_FORM } from './saved-state.ts';

/** A request that changed something, with all that the change followed from. */
export interface JournalEntry {
  readonly now: Instant;
  /** What chance followed from, 32 bytes in base64. */
  readonly seed: string;
  readonly sourceIp: string;
  readonly method: string;
  /** The request target: path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** In base64. */
  readonly body: string;
}

/** What an emulator was started with, how it stood once, and everything that changed it since. */
export interface Journal extends JournalStart {
  readonly entries: readonly JournalEntry[];
}

/** What entries follow from. */
export interface JournalStart {
  readonly startedAt: Instant;
  readonly initial: InitialAccount;
  /** Null: as it was started. */
  readonly saved: SavedState | null;
}

const instant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});

const headSchema = z.object({
  vigilEmulatorState: z.literal(1),
  startedAt: instant,
  initial: initialAccountSchema,
  /** The number of the form of the state on the next line; absent: there is none. */
  stateForm: z.literal(STATE_FORM).optional(),
});

const entrySchema = z.object({
  now: instant,
  seed: z.string(),
  sourceIp: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string(),
});

/** The first lines of a journal, without any entry. */
export const journalStart = ({ startedAt, initial, saved }: JournalStart): string => {
  const head = { vigilEmulatorState: 1, startedAt, initial };
  return saved === null
    ? `${JSON.stringify(head)}\n`
    : `${JSON.stringify({ ...head, stateForm: STATE_FORM })}\n${printState(saved)}\n`;
};

/** A further line. */
export const journalLine = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`;

/**
 * Reads a journal. A last line without its end was being written when the process was killed, before its request was
 * answered: it does not count. The error says which line is broken.
 */
export const parseJournal = (bytes: Buffer): Result<Journal, string> => {
  const lines = linesOf(bytes);
  const head = parseLine(lines.next().value ?? '', headSchema);
  if (head === null) return err('line 1 is not the beginning of an emulator state of this version');
  const { startedAt, initial, stateForm } = head;
  const saved = stateForm === undefined ? null : attempt(lines.next().value ?? '', parseState);
  if (stateForm !== undefined && saved === null) return err('line 2 is broken');
  const entries: JournalEntry[] = [];
  for (const line of lines) {
    const entry = parseLine(line, entrySchema);
    if (entry === null) return err(`line ${entries.length + (saved === null ? 2 : 3)} is broken`);
    entries.push(entry);
  }
  return ok({ startedAt, initial, saved, entries });
};

/** The lines that have an end, one by one: together they may be longer than a text can be. */
function* linesOf(bytes: Buffer): Generator<string, undefined> {
  let start = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}

const parseLine = <T>(line: string, schema: z.ZodType<T>): T | null =>
  attempt(line, (text) => schema.safeParse(JSON.parse(text)).data ?? null);

const attempt = <T>(line: string, parse: (text: string) => T | null): T | null => {
  try {
    return parse(line);
  } catch {
    return null;
  }
};
