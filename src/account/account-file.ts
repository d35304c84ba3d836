import { LineCounter, parseDocument } from 'yaml';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { AccountState } from './account-state.ts';
import { buildAccount } from './file/build.ts';
import { type AccountFileProblem, type ParsedFile, problemAt, problemsOfSchema } from './file/problems.ts';
import { accountFileSchema } from './file/schema.ts';

/**
 * Reads the account file, the YAML that `account-file.md` describes. Relative times are reckoned from `now`; `fileName`
 * only names the file in problems. The error holds every problem; `printProblem` makes a line of each.
 */
export const parseAccountFile = (
  text: string,
  fileName: string,
  now: Instant,
): Result<AccountState, readonly AccountFileProblem[]> => {
  const yaml = parseYaml(text, fileName);
  if (!yaml.ok) return yaml;
  const { file, content } = yaml.value;
  const parsed = accountFileSchema(now).safeParse(content ?? {}, { reportInput: true });
  if (!parsed.success) return err(problemsOfSchema(file, parsed.error));
  const problems: AccountFileProblem[] = [];
  const account = buildAccount(parsed.data, (at, message) => problems.push(problemAt(file, at, message)));
  return problems.length > 0 ? err(problems) : ok(account);
};

/** A problem as one line: file, line, column, place, what is wrong and how to mend it. */
export const printProblem = ({ file, line, column, path, message }: AccountFileProblem): string =>
  `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;

const parseYaml = (
  text: string,
  name: string,
): Result<{ file: ParsedFile; content: unknown }, readonly AccountFileProblem[]> => {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length > 0) {
      return err(
        document.errors.map(({ message, pos }) => {
          const { line, col } = lines.linePos(pos[0]);
          return { file: name, line, column: col, path: '', message };
        }),
      );
    }
    const content: unknown = document.toJS({ maxAliasCount: 1000 });
    return ok({ file: { name, document, lines }, content });
  } catch (cause) {
    // Aliases that would expand without bound, and nesting deeper than the stack, end as exceptions of the library.
    const message = cause instanceof Error ? cause.message : 'the YAML cannot be read';
    return err([{ file: name, line: 1, column: 1, path: '', message }]);
  }
};
