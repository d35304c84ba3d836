import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '../../kernel/json.ts';
import { epochMillis, type Instant, parseInstant } from '../../kernel/time.ts';
import type { LastAccessedDocument } from '../../snapshot/last-accessed.ts';
import { parseServicesLastAccessed } from '../../snapshot/parse-last-accessed.ts';
import { fileErrorText } from '../files/file-error-text.ts';

type Services = LastAccessedDocument[string];

/** What is remembered about a principal: the job that was asked for, or what it told. */
export type RememberedJob = { readonly at: Instant } & (
  | { readonly kind: 'job'; readonly jobId: string }
  | { readonly kind: 'answer'; readonly services: Services }
);

/** Remembers jobs on last accessed services from one run to the next, by whatever key tells their subjects apart. */
export interface JobCache {
  find(key: string): RememberedJob | null;
  keep(key: string, remembered: RememberedJob): void;
  close(): void;
}

/** Where jobs are remembered, and for how long. */
export interface JobCacheOptions {
  readonly directory: string;
  readonly hours: number;
  /** Told in one line of what is in the way; the run goes on without. */
  readonly warn: (message: string) => void;
}

/** Of which account, asked where: jobs of an emulated account are none of the account of that number. */
interface JobCacheSubject {
  readonly accountId: string;
  readonly partition: string;
  readonly endpointUrl: string | undefined;
  readonly now: Instant;
}

/** A cache that remembers nothing. */
export const noJobCache: JobCache = { find: () => null, keep: () => {}, close: () => {} };

/**
 * Opens the file (0600, in a directory of 0700) that holds the jobs of an account: a line of JSON each, added as soon as it
 * is known, so that a run that is killed is taken up by the next. Lines that are too old go; those that cannot be read are
 * told of, and ignored.
 */
export const openJobCache = ({ directory, hours, warn }: JobCacheOptions, subject: JobCacheSubject): JobCache => {
  const file = join(directory, fileNameOf(subject));
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { remembered, unread, isStale } = readLines(file, hours, subject.now);
    if (unread > 0) warn(`${file}: ${unread} lines cannot be read and are ignored`);
    if (isStale) replaceLines(file, remembered);
    return appendingCache(file, remembered, warn);
  } catch (error) {
    warn(`${file}: ${fileErrorText(error)}; what was last accessed is asked for anew`);
    return noJobCache;
  }
};

const fileNameOf = ({ accountId, partition, endpointUrl }: JobCacheSubject): string => {
  const place = createHash('sha256')
    .update(`${partition} ${endpointUrl ?? ''}`)
    .digest('hex');
  return `last-accessed-${accountId}-${place.slice(0, 12)}.jsonl`;
};

const appendingCache = (
  file: string,
  remembered: Map<string, RememberedJob>,
  warn: JobCacheOptions['warn'],
): JobCache => {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  chmodSync(file, 0o600);
  let isBroken = false;
  return {
    find: (key) => remembered.get(key) ?? null,
    keep(key, job) {
      if (isBroken) return;
      try {
        appendFileSync(handle, `${lineOf(key, job)}\n`);
      } catch (error) {
        isBroken = true;
        warn(`${file}: ${fileErrorText(error)}; the next run asks anew`);
      }
    },
    close: () => closeSync(handle),
  };
};

const lineOf = (key: string, job: RememberedJob): string => JSON.stringify({ key, ...job });

const replaceLines = (file: string, remembered: ReadonlyMap<string, RememberedJob>): void => {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, [...remembered].map(([key, job]) => `${lineOf(key, job)}\n`).join(''), { mode: 0o600 });
  renameSync(next, file);
};

interface Lines {
  readonly remembered: Map<string, RememberedJob>;
  readonly unread: number;
  /** Whether some lines need not be kept. */
  readonly isStale: boolean;
}

const readLines = (file: string, hours: number, now: Instant): Lines => {
  const lines = textOf(file)
    .split('\n')
    .filter((line) => line !== '');
  const parsed = lines.map(parseLine);
  const fresh = parsed.flatMap((line) => (line !== null && isFresh(line.job.at, hours, now) ? [line] : []));
  const remembered = new Map(fresh.map(({ key, job }) => [key, job]));
  const unread = parsed.filter((line) => line === null).length;
  return { remembered, unread, isStale: remembered.size < lines.length };
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
};

const HOUR_MS = 3_600_000;

/** What comes from the future was written by a clock that was wrong. */
const isFresh = (at: Instant, hours: number, now: Instant): boolean => {
  const ageMs = epochMillis(now) - epochMillis(at);
  return ageMs >= 0 && ageMs < hours * HOUR_MS;
};

const parseLine = (line: string): { readonly key: string; readonly job: RememberedJob } | null => {
  const raw = jsonOf(line);
  if (!isJsonObject(raw)) return null;
  const { key, at: text, jobId } = raw;
  const at = parseInstant(typeof text === 'string' ? text : '');
  if (typeof key !== 'string' || !at.ok) return null;
  if (typeof jobId === 'string') return { key, job: { at: at.value, kind: 'job', jobId } };
  const services = parseServicesLastAccessed(raw['services']);
  return services === null ? null : { key, job: { at: at.value, kind: 'answer', services } };
};

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};
