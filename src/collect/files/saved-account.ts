import { err, ok, type Result } from '../../kernel/result.ts';
import type { CollectedAccount, SourceProblem } from '../../ports/account-source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Progress } from '../../ports/progress.ts';
import { parseSnapshotFiles } from '../../snapshot/snapshot-directory.ts';
import { readTextFile } from '../read-text-file.ts';
import type { SavedFile } from '../saved-file.ts';

/** Reads the files of one account; one that is absent leaves a gap. `clock` tells when they count as collected where no `account.json` says. */
export const readSavedAccount = async (
  files: readonly SavedFile[],
  clock: Clock,
  progress: Progress,
): Promise<Result<CollectedAccount, SourceProblem>> => {
  progress.phase('reading files', files.length);
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const { file, path } of files) {
    progress.step();
    const text = await readTextFile(path);
    if (text.ok) texts.set(file, text.value);
    else if (!text.error.absent) problems.push(text.error.message);
  }
  if (problems.length > 0) return err(inputProblem(problems));
  const paths = new Map(files.map(({ file, path }) => [file, path]));
  const documents = parseSnapshotFiles(texts, {
    collectedAt: clock.now(),
    label: (file) => paths.get(file) ?? file,
  });
  return documents.ok
    ? ok({ documents: documents.value, apiCalls: new Map() })
    : err(inputProblem(documents.error.map(({ message }) => message)));
};

/** One line about the user's files: the first problem, and how many more there are. */
export const inputProblem = ([first = '', ...others]: readonly string[]): SourceProblem => ({
  kind: 'input',
  message: others.length === 0 ? first : `${first} (and ${others.length} more)`,
});
