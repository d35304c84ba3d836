import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { issueWords } from './issue-words.ts';
import { knownKeys } from './known-keys.ts';
import { nearestText } from './nearest-text.ts';
import { err, ok, type Result } from './result.ts';
import { syntaxProblems } from './yaml-syntax.ts';

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
  const syntax = syntaxProblems(document);
  if (syntax.length > 0) return err(syntax.map(({ offset, message }) => `${at(offset)}: ${message}`));
  const content = withoutThrowing<unknown>(() => document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!content.ok) {
    const mend = /alias/.test(content.error) ? '; write the values out where aliases multiply them' : '';
    return err([`${file}:1:1: the file: ${content.error}${mend}`]);
  }
  const lineOf: LineOf = (path) => lines.linePos(offsetOf(document, path)).line;
  const chosen = typeof schema === 'function' ? schema(content.value, lineOf) : schema;
  const parsed = chosen.safeParse(content.value);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.flatMap((issue) =>
      problemsOf(issue, { document, schema: chosen, content: content.value }).map(
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

interface ReadFile {
  readonly document: Document;
  readonly schema: z.ZodType;
  readonly content: unknown;
}

/** A schema issue as house-style messages; each unknown key is a message of its own. */
const problemsOf = (issue: z.core.$ZodIssue, { document, schema, content }: ReadFile): readonly PlacedProblem[] => {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => ({
      path,
      message: `unknown key \`${key}\`${keyMend(key, known)}`,
      offset: keyOffset(document, path, key),
    }));
  }
  return [{ path, message: issueWords(issue, valueAt(content, path)), offset: offsetOf(document, path) }];
};

const FEW_KEYS = 12;

const keyMend = (key: string, known: readonly string[]): string => {
  const nearest = nearestText(key, known);
  if (nearest !== null) return `; did you mean \`${nearest}\`?`;
  const choice = [...new Set(known)].map((name) => `\`${name}\``).join(', ');
  return known.length === 0 || known.length > FEW_KEYS
    ? '; check its spelling against the documentation'
    : `; there are ${choice}`;
};

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    content,
  );
