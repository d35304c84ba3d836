import { type Document, isAlias, visit, type YAMLError } from 'yaml';

/** Something that keeps a text from being read as YAML, and where it begins. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

/** What is wrong with a text as YAML; the problems of one document, each with its mend. */
export const syntaxProblems = (document: Document): readonly SyntaxProblem[] => {
  // Every open bracket would be a problem of its own.
  if (document.errors.some(({ message }) => message.includes('call stack'))) return [{ offset: 0, message: TOO_DEEP }];
  // A tag such as `!secret` would else be dropped, and its text taken for the value.
  const warnings = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const problems = [...document.errors, ...warnings].map((error) => ({
    offset: error.pos[0],
    message: wordsOf(error),
  }));
  return problems.length > 0 ? problems : danglingAliases(document);
};

const MENDS: Partial<Readonly<Record<YAMLError['code'], string>>> = {
  ALIAS_PROPS: 'write the value out',
  BAD_DQ_ESCAPE: 'write `\\\\` for a backslash, or put the text in single quotes',
  BAD_INDENT: 'close the bracket, or indent the lines within it',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds `: ` in quotes, and indent keys of one level alike',
  DUPLICATE_KEY: 'keep one of the two',
  MISSING_CHAR: 'close the quote or bracket, and end each key with `: `',
  MULTILINE_IMPLICIT_KEY: 'end each key with `: `, and indent keys of one level alike',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'tags are not supported: write the value without it',
  UNEXPECTED_TOKEN: 'look at the quotes, brackets and indentation before it',
};

const TOO_DEEP = 'the file: is nested too deep to be read; write it in fewer levels';

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

const wordsOf = ({ code, message }: YAMLError): string => {
  if (code === 'MULTIPLE_DOCS') return 'not one document: a line `---` begins another; put all into one';
  const mend = MENDS[code] ?? 'look at the quotes, brackets and indentation around it';
  return `not YAML: ${firstLine(message)}; ${mend}`;
};

const danglingAliases = (document: Document): readonly SyntaxProblem[] => {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias(_, node) {
      if (!isAlias(node) || node.resolve(document) !== undefined) return;
      const message = `not YAML: there is no anchor \`&${node.source}\` before \`*${node.source}\`; write the value out, or put the text in quotes`;
      problems.push({ offset: node.range?.[0] ?? 0, message });
    },
  });
  return problems;
};
