import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type InitialAccount, initialAccountSchema } from './initial-account.ts';

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

/** What an emulator was started with, and everything that changed it since. */
export interface Journal {
  readonly startedAt: Instant;
  readonly initial: InitialAccount;
  readonly entries: readonly JournalEntry[];
}

const instant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});

const headSchema = z.object({ vigilEmulatorState: z.literal(1), startedAt: instant, initial: initialAccountSchema });

const entrySchema = z.object({
  now: instant,
  seed: z.string(),
  sourceIp: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string(),
});

/** The first line of a journal. */
export const journalHead = ({ startedAt, initial }: Omit<Journal, 'entries'>): string =>
  `${JSON.stringify({ vigilEmulatorState: 1, startedAt, initial })}\n`;

/** A further line. */
export const journalLine = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`;

/**
 * Reads a journal. A last line without its end was being written when the process was killed, before its request was
 * answered: it does not count. The error says which line is broken.
 */
export const parseJournal = (text: string): Result<Journal, string> => {
  const [first = '', ...others] = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const head = parseLine(first, headSchema);
  if (head === null) return err('line 1 is not the beginning of an emulator state of this version');
  const entries: JournalEntry[] = [];
  for (const [index, line] of others.entries()) {
    const entry = parseLine(line, entrySchema);
    if (entry === null) return err(`line ${index + 2} is broken`);
    entries.push(entry);
  }
  return ok({ startedAt: head.startedAt, initial: head.initial, entries });
};

const parseLine = <T>(line: string, schema: z.ZodType<T>): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
