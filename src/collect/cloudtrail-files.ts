import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { ActivitySource } from '../ports/activity-source.ts';
import type { Progress } from '../ports/progress.ts';
import type { ActionIndex } from '../reference/action-index.ts';
import { withAnswers } from '../snapshot/answer-files.ts';
import type { CollectionGap } from '../snapshot/collected.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { listLogFiles, readLogFile } from './cloudtrail/log-files.ts';
import { readEvent } from './cloudtrail/read-event.ts';
import { createRecordSplitter } from './cloudtrail/split-records.ts';
import { openUseBook, type UseBook } from './cloudtrail/use-book.ts';
import { openWriteLog, type WriteLog } from './cloudtrail/write-log.ts';
import { fileErrorText } from './files/file-error-text.ts';
import { inputProblem } from './files/saved-account.ts';

/** How log files are read. */
interface LogReading {
  readonly reference: ActionIndex;
  readonly progress: Progress;
}

/**
 * Accounts with what the log files of CloudTrail, or saved answers of `LookupEvents`, show that their principals used, and who
 * changed what: of each path itself, or all log files below it. A file or event that cannot be read is a gap. The error is a path that does
 * not exist, or that holds no event at all.
 */
export const withCloudTrail = async (
  sources: readonly AccountSource[],
  paths: readonly string[],
  { reference, progress }: LogReading,
): Promise<Result<readonly AccountSource[], SourceProblem>> => {
  const files: string[] = [];
  for (const path of paths) {
    const listed = await listLogFiles(path);
    if (!listed.ok) return err(inputProblem([listed.error]));
    files.push(...listed.value);
  }
  progress.phase('CloudTrail log files', files.length);
  const book = openUseBook();
  const writes = openWriteLog();
  const counts = { events: 0, unread: 0 };
  const problems: string[] = [];
  for (const file of files) {
    const problem = await readFile(file, { book, writes, counts, reference });
    if (problem !== null) problems.push(problem);
    progress.step();
  }
  if (counts.events === 0) {
    const what = `holds no CloudTrail events; give log files as CloudTrail delivers them (.json, .json.gz)`;
    return err(inputProblem(problems.length > 0 ? problems : [`${paths.join(', ')}: ${what}`]));
  }
  const named = firstOf(problems);
  if (counts.unread > 0) named.push(`${counts.unread} of ${counts.events + counts.unread} events cannot be read`);
  return ok(
    sources.map((source) => ({
      ...source,
      collect: (to) => collectWith(source, to, book, named),
      activity: source.activity === undefined ? writes : bothOf(writes, source.activity),
    })),
  );
};

/** The files may be of a trail that ended; the same event of both counts once. */
const bothOf = (files: ActivitySource, live: ActivitySource): ActivitySource => ({
  async writes(question) {
    const [ofFiles, ofLive] = [await files.writes(question), await live.writes(question)];
    return { events: [...ofFiles.events, ...ofLive.events], gaps: [...ofFiles.gaps, ...ofLive.gaps] };
  },
});

/** In a directory that is none of logs, each file would be a problem. */
const MOST_NAMED = 20;

const firstOf = (problems: readonly string[]): string[] => {
  const others = problems.length - MOST_NAMED;
  return [...problems.slice(0, MOST_NAMED), ...(others > 0 ? [`and ${others} more files cannot be read`] : [])];
};

/** What the events of files are read into. */
interface Books {
  readonly book: UseBook;
  readonly writes: WriteLog;
  readonly counts: { events: number; unread: number };
  readonly reference: ActionIndex;
}

/** Reads one file into the books; the problem is one line. */
const readFile = async (path: string, { book, writes, counts, reference }: Books): Promise<string | null> => {
  const splitter = createRecordSplitter((record) => {
    const reading = record === null ? null : readEvent(record, reference);
    if (reading === null || reading.kind === 'unreadable') counts.unread += 1;
    else counts.events += 1;
    if (reading?.kind === 'use') book.add(reading.event);
    if (record !== null) writes.add(record);
  });
  try {
    for await (const piece of readLogFile(path)) splitter.write(piece);
    return splitter.end() ? null : `${path}: breaks off in the midst of an event`;
  } catch (error) {
    return `${path}: ${fileErrorText(error)}`;
  }
};

const collectWith = async (
  source: AccountSource,
  progress: Progress,
  book: UseBook,
  problems: readonly string[],
): ReturnType<AccountSource['collect']> => {
  const collected = await source.collect(progress);
  if (!collected.ok) return collected;
  const { documents } = collected.value;
  if (documents.cloudTrail !== undefined) book.addDocument(documents.cloudTrail);
  const cloudTrail = book.ofAccount(documents.account.accountId);
  const given = cloudTrail === null ? documents : withAnswers(documents, { cloudTrail });
  const details = cloudTrail === null ? [...problems, NOBODY_SEEN] : problems;
  return ok({ ...collected.value, documents: withGaps(given, details) });
};

const NOBODY_SEEN = 'the CloudTrail files show no call that a user or role of the account made';

const withGaps = (documents: SnapshotDocuments, details: readonly string[]): SnapshotDocuments => ({
  ...documents,
  account: { ...documents.account, gaps: [...documents.account.gaps, ...details.map(cloudTrailGap)] },
});

const cloudTrailGap = (detail: string): CollectionGap => ({
  source: 'cloudtrail',
  action: 'cloudtrail.json',
  reason: 'failed',
  detail,
  subject: null,
});
