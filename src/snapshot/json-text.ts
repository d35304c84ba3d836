import { err, ok, type Result } from '../kernel/result.ts';

/** Where and why a text is no JSON. */
export interface JsonTextProblem {
  /** `line 3, column 5`. */
  readonly place: string;
  readonly what: string;
}

/** What AWS answers is some ten levels deep; what is much deeper is meant to harm whoever walks it. */
const MAX_DEPTH = 200;

/** Reads a text of one or more JSON values, one after the other, as tools leave them that append page to page. */
export const parseJsonValues = (text: string): Result<readonly unknown[], JsonTextProblem> => {
  const whole = tryParse(text);
  const values = whole === undefined ? parseSequence(text) : ok([whole.value]);
  if (!values.ok || !values.value.some((value) => isDeeperThan(value, MAX_DEPTH))) return values;
  // The text is searched only now: walking over values takes a fifth of the time of walking over their text.
  const place = placeOf(text, offsetDeeperThan(text, MAX_DEPTH));
  return err({ place, what: `is nested deeper than ${MAX_DEPTH} levels` });
};

const isDeeperThan = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1)));

const tryParse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const parseSequence = (text: string): Result<readonly unknown[], JsonTextProblem> => {
  const values: unknown[] = [];
  let offset = skipSpace(text, 0);
  do {
    const scan = scanValue(text, offset);
    if (scan.found !== undefined) {
      return err({ place: placeOf(text, scan.end), what: `is not JSON: ${scan.found}` });
    }
    values.push(JSON.parse(text.slice(offset, scan.end)));
    offset = skipSpace(text, scan.end);
  } while (offset < text.length);
  return ok(values);
};

/** Where a value ends, or where it breaks and what was found there. */
interface Scan {
  readonly end: number;
  readonly found?: string;
}

type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'scalar' | 'none';
type State = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'done';

const VALUE = { '{': 'open', '[': 'open', string: 'end of value', scalar: 'end of value' } as const;

/** What each token leads to in each state; what is absent is an error. */
const STEPS: Readonly<Record<State, Partial<Record<TokenKind, State | 'open' | 'close' | 'end of value'>>>> = {
  value: VALUE,
  'value or ]': { ...VALUE, ']': 'close' },
  key: { string: ':' },
  'key or }': { string: ':', '}': 'close' },
  ':': { ':': 'value' },
  ', or }': { ',': 'key', '}': 'close' },
  ', or ]': { ',': 'value', ']': 'close' },
  done: {},
};

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'a value',
  'value or ]': 'a value or `]`',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or `}`',
  ':': '`:`',
  ', or }': '`,` or `}`',
  ', or ]': '`,` or `]`',
  done: 'the end',
};

/**
 * Walks over one JSON value. `JSON.parse` tells where a text breaks on some versions of Node only, and never where the
 * first of several values ends.
 */
const scanValue = (text: string, start: number): Scan => {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let offset = start;
  while (state !== 'done') {
    offset = skipSpace(text, offset);
    const token = tokenAt(text, offset);
    const next = nextState(state, token.kind, open);
    if (next === undefined) return { end: offset, found: describe(text, offset, token.end, state) };
    state = next;
    offset = token.end;
  }
  return { end: offset };
};

const nextState = (state: State, token: TokenKind, open: ('{' | '[')[]): State | undefined => {
  const step = STEPS[state][token];
  if (step === 'open') {
    open.push(token === '{' ? '{' : '[');
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (step !== 'close' && step !== 'end of value') return step;
  if (step === 'close') open.pop();
  const innermost = open.at(-1);
  if (innermost === undefined) return 'done';
  return innermost === '{' ? ', or }' : ', or ]';
};

const describe = (text: string, start: number, end: number, expected: State): string => {
  if (start >= text.length) return 'it ends too early';
  const found = JSON.stringify(text.slice(start, Math.max(end, start + 1)).slice(0, 20));
  return `expected ${EXPECTED[expected]}, found ${found}`;
};

const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

const tokenAt = (text: string, offset: number): { readonly kind: TokenKind; readonly end: number } => {
  const char = text[offset];
  switch (char) {
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
      return { kind: char, end: offset + 1 };
    case '"':
      return stringAt(text, offset);
    default:
      SCALAR.lastIndex = offset;
      return SCALAR.test(text) ? { kind: 'scalar', end: SCALAR.lastIndex } : { kind: 'none', end: offset };
  }
};

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const stringAt = (text: string, start: number): { readonly kind: TokenKind; readonly end: number } => {
  let offset = start + 1;
  while (offset < text.length && text[offset] !== '"') {
    if (text[offset] === '\\') {
      ESCAPE.lastIndex = offset;
      if (!ESCAPE.test(text)) return { kind: 'none', end: offset };
      offset = ESCAPE.lastIndex;
    } else if (text.charCodeAt(offset) < 0x20) {
      return { kind: 'none', end: offset };
    } else offset += 1;
  }
  return offset < text.length ? { kind: 'string', end: offset + 1 } : { kind: 'none', end: text.length };
};

const SPACE = /[ \t\r\n]*/y;

const skipSpace = (text: string, offset: number): number => {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where lists and objects are first nested deeper than so many levels; the end of the text where they are not. */
const offsetDeeperThan = (text: string, depth: number): number => {
  let level = 0;
  let inString = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === QUOTE) inString = !inString;
    else if (inString) {
      if (code === BACKSLASH) offset += 1;
    } else if (code === 0x7b || code === 0x5b) {
      level += 1;
      if (level > depth) return offset;
    } else if (code === 0x7d || code === 0x5d) level -= 1;
  }
  return text.length;
};

const placeOf = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};
