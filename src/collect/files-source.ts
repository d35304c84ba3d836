import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { Clock } from '../ports/clock.ts';
import { parseAnswerFiles, withAnswers } from '../snapshot/answer-files.ts';
import { parseSavedAccounts, type SavedText } from '../snapshot/saved-accounts.ts';
import { ACCOUNT_FILE, SNAPSHOT_FILES } from '../snapshot/snapshot-files.ts';
import { fileErrorText } from './files/file-error-text.ts';
import { inputProblem, readSavedAccount } from './files/saved-account.ts';
import { readTextFile } from './read-text-file.ts';
import type { SavedFile } from './saved-file.ts';

/**
 * The accounts saved under a directory: the directory's own, or where it is no snapshot directory those of its
 * subdirectories, by name. An account without `account.json` counts as collected now.
 */
export const openSnapshotDirectory = async (
  directory: string,
  clock: Clock,
): Promise<Result<readonly AccountSource[], SourceProblem>> => {
  const entries = await listDirectory(directory);
  if (!entries.ok) return entries;
  if (isSnapshot(entries.value)) return ok([directorySource(directory, clock)]);
  const sources: AccountSource[] = [];
  for (const name of entries.value) {
    const path = join(directory, name);
    if (!(await isDirectory(path))) continue;
    const inside = await listDirectory(path);
    if (!inside.ok) return inside;
    if (isSnapshot(inside.value)) sources.push(directorySource(path, clock));
  }
  if (sources.length > 0) return ok(sources);
  const what = `holds no snapshot: there is no ${ACCOUNT_FILE} in it, nor in a directory below`;
  return err(inputProblem([`${directory}: ${what}; make one: vigil collect --out DIR`]));
};

/** Files of account authorization details, and a credential report that is about one of the accounts. */
export interface SavedAuthorizationDetails {
  readonly authorizationDetails: readonly string[];
  readonly credentialReport?: string | undefined;
}

/**
 * The accounts in files of authorization details, in the files' order: one a file, unless accounts were merged into it.
 * They count as collected now, since such a file does not say when it was saved.
 */
export const openAuthorizationDetails = async (
  { authorizationDetails, credentialReport }: SavedAuthorizationDetails,
  clock: Clock,
): Promise<Result<readonly AccountSource[], SourceProblem>> => {
  const details = await readAll(authorizationDetails);
  const reports = await readAll(credentialReport === undefined ? [] : [credentialReport]);
  if (!details.ok) return details;
  if (!reports.ok) return reports;
  const accounts = parseSavedAccounts(details.value, reports.value, clock.now());
  if (!accounts.ok) return err(inputProblem(accounts.error.map(({ message }) => message)));
  return ok(accounts.value.map((documents) => ({ collect: async () => ok({ documents, apiCalls: new Map() }) })));
};

/**
 * One account with further files of a snapshot directory, given one by one: their names there, and their paths. What
 * they hold counts for what the account's own source may know of the same.
 */
export const withFurtherFiles = async (
  sources: readonly AccountSource[],
  files: readonly SavedFile[],
): Promise<Result<readonly AccountSource[], SourceProblem>> => {
  if (files.length === 0) return ok(sources);
  const texts = await readAll(files.map(({ path }) => path));
  if (!texts.ok) return texts;
  if (sources.length !== 1) {
    const what = `is about one account, but ${sources.length} are given; put each into a directory: --from DIR`;
    return err(inputProblem([`${files[0]?.path ?? ''}: ${what}`]));
  }
  const paths = new Map(files.map(({ file, path }) => [file, path]));
  const answers = parseAnswerFiles(
    new Map(texts.value.map(({ text }, index) => [files[index]?.file ?? '', text])),
    (file) => paths.get(file) ?? file,
  );
  if (!answers.ok) return err(inputProblem(answers.error.map(({ message }) => message)));
  const collect =
    (source: AccountSource): AccountSource['collect'] =>
    async (progress) => {
      const account = await source.collect(progress);
      return account.ok
        ? ok({ ...account.value, documents: withAnswers(account.value.documents, answers.value) })
        : account;
    };
  return ok(sources.map((source) => ({ ...source, collect: collect(source) })));
};

const readAll = async (paths: readonly string[]): Promise<Result<readonly SavedText[], SourceProblem>> => {
  const texts: SavedText[] = [];
  for (const path of paths) {
    const text = await readTextFile(path);
    if (!text.ok) return err(inputProblem([text.error.message]));
    texts.push({ file: path, text: text.value });
  }
  return ok(texts);
};

const FILES = [ACCOUNT_FILE, ...SNAPSHOT_FILES.map(({ file }) => file)];

const isSnapshot = (entries: readonly string[]): boolean =>
  entries.includes(ACCOUNT_FILE) || entries.includes('authorization-details.json');

const directorySource = (directory: string, clock: Clock): AccountSource => ({
  collect: (progress) =>
    readSavedAccount(
      FILES.map((file) => ({ file, path: join(directory, file) })),
      clock,
      progress,
    ),
});

const listDirectory = async (directory: string): Promise<Result<readonly string[], SourceProblem>> => {
  try {
    return ok((await readdir(directory)).sort());
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
    const what = isFile
      ? 'is a file, not a directory; give saved authorization details with --authorization-details'
      : fileErrorText(error);
    return err(inputProblem([`${directory}: ${what}`]));
  }
};

const isDirectory = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A link that leads nowhere is no directory.
    return false;
  }
};
