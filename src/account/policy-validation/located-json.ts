import { err, ok, type Result } from '../../kernel/result.ts';

/** One step on the way into a policy: a member's value, an item of a list, or a member's key itself. */
export type PathElement = { readonly value: string } | { readonly index: number } | { readonly key: string };

/** A part of a policy's text: where it stands, by offsets from 0, the end not included. */
export interface Located {
  readonly path: readonly PathElement[];
  readonly start: number;
  readonly end: number;
}

/** A member of a JSON object. */
export interface LocatedMember {
  readonly name: string;
  /** Where the key stands. */
  readonly key: Located;
  readonly value: LocatedJson;
}

/** A JSON object and where it stands. */
export interface LocatedObject extends Located {
  readonly kind: 'object';
  readonly members: readonly LocatedMember[];
}

/** A JSON value and where it stands. */
export type LocatedJson =
  | LocatedObject
  | (Located & { readonly kind: 'list'; readonly items: readonly LocatedJson[] })
  | (Located & { readonly kind: 'text'; readonly text: string })
  /** `text` is how it is written. */
  | (Located & { readonly kind: 'number' | 'boolean' | 'null'; readonly text: string });

/** Policies are some eight levels deep; what is much deeper is meant to harm whoever walks it. */
const MAX_DEPTH = 32;

/** Reads JSON with the place of each value. The error is the offset of what is no JSON, or nested too deep. */
export const readLocatedJson = (text: string): Result<LocatedJson, number> => {
  const reader = new Reader(text);
  try {
    const value = reader.value([], MAX_DEPTH);
    reader.end();
    return ok(value);
  } catch (error) {
    if (error instanceof SyntaxError) return err(reader.at);
    throw error;
  }
};

type Path = readonly PathElement[];

// Strings are read as a whole: what may stand in them, JSON.parse knows.
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
    // A byte order mark, as editors leave it, is no JSON.
    if (text.startsWith('\uFEFF')) this.at = 1;
  }

  value(path: Path, depth: number): LocatedJson {
    this.#match(SPACE);
    const start = this.at;
    const next = this.#text[start];
    if (depth > 0 && next === '{') return this.#object(path, depth);
    if (depth > 0 && next === '[') return this.#list(path, depth);
    const text = this.#match(STRING);
    if (text !== null) return { kind: 'text', text: unquoted(text), path, start, end: this.at };
    const number = this.#match(NUMBER);
    if (number !== null) return { kind: 'number', text: number, path, start, end: this.at };
    const word = this.#match(WORD) ?? this.#fail();
    return { kind: word === 'null' ? 'null' : 'boolean', text: word, path, start, end: this.at };
  }

  end(): void {
    this.#match(SPACE);
    if (this.at < this.#text.length) this.#fail();
  }

  #object(path: Path, depth: number): LocatedJson {
    const start = this.at;
    const members: LocatedMember[] = [];
    this.#sequence('}', () => {
      const from = this.at;
      const name = unquoted(this.#match(STRING) ?? this.#fail());
      const key = { path: [...path, { key: name }], start: from, end: this.at };
      this.#match(SPACE);
      this.#take(':');
      members.push({ name, key, value: this.value([...path, { value: name }], depth - 1) });
    });
    return { kind: 'object', members, path, start, end: this.at };
  }

  #list(path: Path, depth: number): LocatedJson {
    const start = this.at;
    const items: LocatedJson[] = [];
    this.#sequence(']', () => items.push(this.value([...path, { index: items.length }], depth - 1)));
    return { kind: 'list', items, path, start, end: this.at };
  }

  /** What stands between the bracket at hand and its closing one, item by item. */
  #sequence(closing: string, item: () => void): void {
    this.at++;
    this.#match(SPACE);
    if (this.#text[this.at] !== closing) {
      for (;;) {
        item();
        this.#match(SPACE);
        if (this.#text[this.at] !== ',') break;
        this.at++;
        this.#match(SPACE);
      }
    }
    this.#take(closing);
  }

  #take(char: string): void {
    if (this.#text[this.at] !== char) this.#fail();
    this.at++;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const [found = null] = pattern.exec(this.#text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  #fail(): never {
    throw new SyntaxError();
  }
}

const unquoted = (text: string): string => String(JSON.parse(text));
