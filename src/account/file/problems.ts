import { type Document, isNode, type LineCounter } from 'yaml';
import type { z } from 'zod';

/** Something wrong with an account file, with its place. */
export interface AccountFileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Members and list positions from the top, such as `users/3/userName`; empty for the file itself. */
  readonly path: string;
  /** What is wrong and how to mend it, in house form. */
  readonly message: string;
}

/** A place in the file as members and list positions from the top. */
export type FilePath = readonly PropertyKey[];

/** Says that something is wrong at a place of the file. */
export type Complain = (at: FilePath, message: string) => void;

/** An account file as read by the YAML parser, for finding places in it. */
export interface ParsedFile {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** A problem at a place of the file; where the place is a member that is absent, at what should hold it. */
export const problemAt = (file: ParsedFile, at: FilePath, message: string): AccountFileProblem => {
  const { line, col } = file.lines.linePos(offsetOf(file.document, at));
  return { file: file.name, line, column: col, path: at.map(String).join('/'), message };
};

const offsetOf = (document: Document, at: FilePath): number => {
  for (let depth = at.length; depth >= 0; depth -= 1) {
    const node = document.getIn(at.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
};

/** The problems that a schema found, one for each wrong place. */
export const problemsOfSchema = (file: ParsedFile, error: z.ZodError): AccountFileProblem[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problemAt(file, [...issue.path, key], `\`${key}\` is not a member known here`))
      : [problemAt(file, issue.path, messageOf(issue))],
  );

const messageOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `is not ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `is none of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'too_small':
      return `is below ${String(issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? issue.message
        : `is above ${String(issue.maximum)}`;
    default:
      return issue.message;
  }
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text (numbers and dates that are text need quotes)',
  object: 'a mapping',
  array: 'a list',
  boolean: '`true` or `false`',
  int: 'a whole number',
  number: 'a number',
};
