import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { diskSteps, errorCode } from './publish-steps.ts';
import { appendToFile } from './remove-report.ts';

/** The reports of a run on their way to a place. */
export interface Upload {
  readonly runId: string;
  /** Where they are, from the directory of all reports. */
  readonly directory: string;
  /** Where they go, in the place. */
  readonly path: string;
  /** The place: the same for the same, as part of a file name. */
  readonly place: string;
  /** The place as people are told of it. */
  readonly placeUrl: string;
  readonly queuedAt: Instant;
}

/** What came of an upload so far. */
export interface PendingUpload extends Upload {
  /** The files that are there. */
  readonly arrived: ReadonlySet<string>;
  /** Tries that failed since a file arrived last. */
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly lastFailure: Instant | null;
  /** What was in the way last; null: nothing is. */
  readonly problem: string | null;
  /** Whether somebody must mend the place. */
  readonly isRefused: boolean;
  /** Whether people were told that it fails. */
  readonly isReported: boolean;
}

const instant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});

const uploadEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('begun'),
    runId: z.string(),
    directory: z.string(),
    path: z.string(),
    place: z.string(),
    placeUrl: z.string(),
    queuedAt: instant,
  }),
  z.object({ kind: z.literal('arrived'), file: z.string() }),
  z.object({ kind: z.literal('moved'), path: z.string() }),
  z.object({ kind: z.literal('failed'), at: instant, problem: z.string(), isRefused: z.boolean() }),
  z.object({ kind: z.literal('reported') }),
]);

/** Something that happened to an upload. */
export type UploadEntry = z.infer<typeof uploadEntry>;

const PENDING = '.pending.jsonl';
const ARRIVED = '.arrived.jsonl';

const journalOf = (directory: string, { runId, place }: Pick<Upload, 'runId' | 'place'>): string =>
  join(directory, `${runId}.${place}${PENDING}`);

/**
 * Notes that reports are to go to a place, on the disk before they are written themselves: whoever is killed from then on leaves a
 * note of what has not arrived.
 */
export const beginUpload = async (directory: string, upload: Upload): Promise<void> => {
  await diskSteps.makeDirectory(directory);
  await append(journalOf(directory, upload), { kind: 'begun', ...upload });
  await diskSteps.syncDirectory(directory);
};

/** Notes what happened to an upload. */
export const noteUpload = (
  directory: string,
  upload: Upload,
  entry: Exclude<UploadEntry, { readonly kind: 'begun' }>,
): Promise<void> => append(journalOf(directory, upload), entry);

/** Forgets an upload: it is done, or given up. */
export const endUpload = (directory: string, upload: Upload): Promise<void> =>
  rm(journalOf(directory, upload), { force: true });

/** The uploads that are not done, that of the earliest run first; none where there is no such directory. */
export const pendingUploads = async (directory: string): Promise<readonly PendingUpload[]> => {
  const pending: PendingUpload[] = [];
  for (const name of (await namesIn(directory)).filter((file) => file.endsWith(PENDING)).sort()) {
    const upload = pendingOf(await textOf(join(directory, name)));
    // A note that was killed as it was made is of reports that were not written.
    if (upload !== null) pending.push(upload);
  }
  return pending;
};

const pendingOf = (journal: string): PendingUpload | null => {
  let upload: PendingUpload | null = null;
  for (const entry of entriesOf(journal, uploadEntry)) {
    if (entry.kind === 'begun') upload = { ...entry, arrived: new Set(), ...NO_FAILURE };
    else if (upload !== null) upload = after(upload, entry);
  }
  return upload;
};

const NO_FAILURE = {
  failures: 0,
  failingSince: null,
  lastFailure: null,
  problem: null,
  isRefused: false,
  isReported: false,
} as const;

const after = (upload: PendingUpload, entry: Exclude<UploadEntry, { readonly kind: 'begun' }>): PendingUpload => {
  switch (entry.kind) {
    case 'arrived':
      return { ...upload, ...NO_FAILURE, arrived: new Set([...upload.arrived, entry.file]) };
    case 'moved':
      return { ...upload, arrived: new Set(), path: entry.path };
    case 'failed': {
      const { at, problem, isRefused } = entry;
      const failingSince = upload.failingSince ?? at;
      return { ...upload, failures: upload.failures + 1, failingSince, lastFailure: at, problem, isRefused };
    }
    case 'reported':
      return { ...upload, isReported: true };
  }
};

const arrivedRun = z.object({ runId: z.string(), path: z.string() });

/** Notes that a run is in a place, for its index. */
export const noteArrivedRun = (directory: string, { place, runId, path }: Upload): Promise<void> =>
  append(join(directory, `${place}${ARRIVED}`), { runId, path });

/** Where each run lies that is in a place. */
export const arrivedRuns = async (directory: string, place: string): Promise<ReadonlyMap<string, string>> => {
  const journal = await textOf(join(directory, `${place}${ARRIVED}`));
  return new Map(entriesOf(journal, arrivedRun).map(({ runId, path }) => [runId, path]));
};

// A line that a killed process left half is ended first.
const append = (file: string, entry: object): Promise<void> => appendToFile(file, `\n${JSON.stringify(entry)}\n`);

const entriesOf = <T>(journal: string, schema: z.ZodType<T>): readonly T[] =>
  journal.split('\n').flatMap((line) => {
    try {
      return [schema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });

const namesIn = (directory: string): Promise<readonly string[]> => readdir(directory).catch(noneIfAbsent([]));

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(noneIfAbsent(''));

const noneIfAbsent =
  <T>(none: T) =>
  (error: unknown): T => {
    if (errorCode(error) === 'ENOENT') return none;
    throw error;
  };
