import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { err, ok, type Result } from './result.ts';

/** The line, from 1, where what stands at a path of the file begins. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/**
 * Reads a YAML file against a schema, or against the one that its content asks for. Each error is one line: `file:line:column: place: what is wrong`. All problems are
 * told, not the first. Aliases are bounded by the parser, keys such as `__proto__` are ordinary data.
 */
export const parseYamlFile = <T>(
  text: string,
  file: string,
  schema: z.ZodType<T> | ((content: unknown, lineOf: LineOf) => z.ZodType<T>),
): Result<T, readonly string[]> => {
  const lines = new LineCounter();
  // Nesting of some thousand levels overflows the parser's stack.
  const read = withoutThrowing(() =>
    parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }),
  );
  if (!read.ok) return err([`${file}:1:1: the file: ${read.error}`]);
  const document = read.value;
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return err(document.errors.map((error) => `${at(error.pos[0])}: not YAML: ${firstLine(error.message)}`));
  }
  const content = withoutThrowing<unknown>(() => document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!content.ok) return err([`${file}:1:1: the file: ${content.error}`]);
  const lineOf: LineOf = (path) => lines.linePos(offsetOf(document, path)).line;
  const parsed = (typeof schema === 'function' ? schema(content.value, lineOf) : schema).safeParse(content.value);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.flatMap((issue) =>
      problemsOf(issue, document).map(
        ({ path, message, offset }) => `${at(offset)}: ${path.join('.') || 'the file'}: ${message}`,
      ),
    ),
  );
};

const withoutThrowing = <T>(convert: () => T): Result<T, string> => {
  try {
    return ok(convert());
  } catch (error) {
    return err(error instanceof Error ? firstLine(error.message) : 'cannot be read');
  }
};

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

type Path = readonly PropertyKey[];

/** Where the innermost node of a path begins that the file holds. */
const offsetOf = (document: Document, path: Path): number => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
};

/** Where a key of the map at a path begins. */
const keyOffset = (document: Document, path: Path, key: string): number => {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const node = isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key : undefined;
  return isNode(node) && node.range ? node.range[0] : offsetOf(document, path);
};

interface PlacedProblem {
  readonly path: Path;
  readonly message: string;
  readonly offset: number;
}

/** A schema issue as house-style messages; each unknown key is a message of its own. */
const problemsOf = (issue: z.core.$ZodIssue, document: Document): readonly PlacedProblem[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: issue.path,
      message: `unknown key \`${key}\`; check its spelling against the documentation`,
      offset: keyOffset(document, issue.path, key),
    }));
  }
  const text = issue.message.replace(/^Invalid input: /, '');
  return [
    {
      path: issue.path,
      message: text.charAt(0).toLowerCase() + text.slice(1),
      offset: offsetOf(document, issue.path),
    },
  ];
};
