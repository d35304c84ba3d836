import { err, type Result } from '../kernel/result.ts';
import { ANSWER_FORMS } from './answer-forms.ts';
import { parseJsonValues } from './json-text.ts';
import { checkSchema, pathPointer } from './schema-problems.ts';
import { type Answers, answersSchema } from './schemas/answers.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { ANSWER_FILES } from './snapshot-files.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** How to mend a file of a snapshot directory. */
export const COLLECT_ANEW = 'collect it anew: vigil collect --out DIR';

/** Reads the JSON values of a file of a snapshot directory, one after the other. */
export const parseJsonFile = (text: string, file: string): Result<readonly unknown[], readonly SnapshotProblem[]> => {
  if (text.trim() === '') return err([snapshotProblem(file, '', 'is empty', COLLECT_ANEW)]);
  const values = parseJsonValues(text);
  return values.ok ? values : err([snapshotProblem(file, values.error.place, values.error.what, COLLECT_ANEW)]);
};

/** Reads those of the files, name to text, that hold one JSON answer each. `label` is what problems call a file. */
export const parseAnswerFiles = (
  files: ReadonlyMap<string, string>,
  label: (file: string) => string,
): Result<Answers, readonly SnapshotProblem[]> => {
  const problems: SnapshotProblem[] = [];
  const raw: Record<string, unknown> = {};
  for (const { file, member } of ANSWER_FILES) {
    const text = files.get(file);
    if (text === undefined) continue;
    const values = parseJsonFile(text, label(file));
    if (!values.ok) problems.push(...values.error);
    // Several values are the pages of the answer, one after the other.
    else raw[member] = ANSWER_FORMS[member].normalize(values.value.length === 1 ? values.value[0] : values.value);
  }
  const answers = checkSchema(raw, answersSchema);
  if (answers.ok) return problems.length > 0 ? err(problems) : answers;
  for (const { path, what } of answers.error) {
    const [member, ...inside] = path;
    const row = ANSWER_FILES.find((answer) => answer.member === member);
    if (row === undefined) continue;
    const mend = `write it as AWS answers, ${ANSWER_FORMS[row.member].example}, or ${COLLECT_ANEW}`;
    problems.push(snapshotProblem(label(row.file), pathPointer(inside), what, mend));
  }
  return err(problems);
};

/** Documents with answers added that were saved elsewhere, as if they had been collected with them. */
export const withAnswers = (documents: SnapshotDocuments, answers: Answers): SnapshotDocuments => {
  const { account } = documents;
  const given = ANSWER_FILES.filter(({ member }) => answers[member] !== undefined).map(({ source }) => source);
  const isGiven = (source: string): boolean => given.some((each) => each === source);
  return {
    ...documents,
    ...answers,
    account: {
      ...account,
      sources: [
        ...account.sources.filter(({ name }) => !isGiven(name)),
        ...given.map((name) => ({ name, time: account.collectedAt })),
      ],
      gaps: account.gaps.filter(({ source }) => !isGiven(source)),
    },
  };
};
