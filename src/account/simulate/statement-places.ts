/** Where in a policy document's text a statement stands, as the simulator tells it: lines and columns from 1. */
export interface StatementPlace {
  readonly start: Position;
  readonly end: Position;
}

/** Of a character, from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the statements of a document stand, which must be JSON. AWS tells how far its parser had come when it began and
 * ended a statement: the first begins behind the bracket of the list, or the brace of the only one; another one where
 * the one before it ended. Source: recorded answers of SimulateCustomPolicy, its example in the AWS CLI Reference among them.
 */
export const statementPlaces = (text: string): readonly StatementPlace[] => {
  const positionOf = positionsIn(text);
  return statementSpans(text).map(([from, to]) => ({ start: positionOf(from), end: positionOf(to) }));
};

type Span = readonly [from: number, to: number];

const statementSpans = (text: string): readonly Span[] => {
  const at = statementValue(text);
  if (at === null) return [];
  if (text[at] !== '[') return [[at + 1, valueEnd(text, at)]];
  const spans: Span[] = [];
  let from = at + 1;
  for (let next = skip(text, from); next < text.length && text[next] !== ']'; next = skip(text, from)) {
    const to = valueEnd(text, next);
    spans.push([from, to]);
    from = to;
  }
  return spans;
};

/** Where the value of `Statement` begins; of several the last, as JSON is read. */
const statementValue = (text: string): number | null => {
  let found: number | null = null;
  let at = skip(text, text.indexOf('{') + 1);
  while (at < text.length && text[at] === '"') {
    const end = valueEnd(text, at);
    const value = skip(text, end);
    if (JSON.parse(text.slice(at, end)) === 'Statement') found = value;
    at = skip(text, valueEnd(text, value));
  }
  return found;
};

/** Past white space, commas and colons. */
const skip = (text: string, at: number): number => {
  let next = at;
  while (next < text.length && /[\s,:]/.test(text.charAt(next))) next += 1;
  return next;
};

/** Behind the JSON value that begins at a place. */
const valueEnd = (text: string, at: number): number => {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^"{}[\]\s,:]+/gs;
  token.lastIndex = at;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [sign] = match;
    if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth <= 0) return token.lastIndex;
  }
  return text.length;
};

/** Tells the positions of offsets that are asked for in ascending order. */
const positionsIn = (text: string): ((offset: number) => Position) => {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < offset; next = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
};
