/** Cuts text that comes in pieces into records. */
export interface RecordSplitter {
  write(piece: string): void;
  /** Whether the text ended where a record or list does. */
  end(): boolean;
}

/** CloudTrail's own limit is 256 KB an event, a megabyte where it adds to them; a longer one is none. */
const LONGEST_RECORD = 2_000_000;
/** Of the names of members only those of the lists matter. */
const LONGEST_NAME = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Finds the events in `{"Records": […]}` as trails write it, `{"Events": […]}` as `LookupEvents` answers, a plain list, or
 * one object a line, without holding more than one of them. `take` gets the JSON text of each, or null for one that is too
 * long to be one.
 */
export const createRecordSplitter = (take: (record: string | null) => void): RecordSplitter => {
  const record = openRecord(take);
  const nesting = openNesting();
  const text = openText();

  const beginObject = (at: number): void => {
    if (nesting.isRecordNext()) record.begin(at);
    nesting.deeper();
  };
  const beginList = (): void => {
    if (nesting.depth() === 0) nesting.listOfRecords();
    else if (nesting.depth() === 1 && (text.last() === 'Records' || text.last() === 'Events')) {
      // What looked like a record holds them.
      record.drop();
      nesting.listOfRecords();
    }
    nesting.deeper();
  };
  const endObject = (piece: string, at: number): void => {
    nesting.higher();
    if (nesting.isRecordNext()) record.finish(piece, at);
  };

  const mark = (piece: string, at: number): void => {
    switch (piece.charCodeAt(at)) {
      case QUOTE:
        text.begin(nesting.depth() === 1);
        break;
      case OPEN_OBJECT:
        beginObject(at);
        break;
      case OPEN_LIST:
        beginList();
        break;
      case CLOSE_OBJECT:
        endObject(piece, at);
        break;
      case CLOSE_LIST:
        nesting.higher();
    }
  };

  return {
    write(piece) {
      record.nextPiece();
      for (let at = 0; at < piece.length; at += 1) {
        if (text.isOpen()) at = text.read(piece, at, nesting.depth() === 1);
        else mark(piece, at);
      }
      record.keep(piece);
    },
    end: () => nesting.depth() === 0 && !text.isOpen(),
  };
};

/** The record that is being read, with what of it stood in earlier pieces. */
const openRecord = (take: (record: string | null) => void) => {
  let isOpen = false;
  let earlier: string[] = [];
  let length = 0;
  let start = 0;
  const keep = (piece: string, end = piece.length): void => {
    if (!isOpen) return;
    length += end - start;
    if (length > LONGEST_RECORD) earlier = [];
    else earlier.push(piece.slice(start, end));
  };
  return {
    keep,
    nextPiece: () => {
      start = 0;
    },
    begin(at: number) {
      isOpen = true;
      earlier = [];
      length = 0;
      start = at;
    },
    drop: () => {
      isOpen = false;
    },
    finish(piece: string, at: number) {
      if (!isOpen) return;
      keep(piece, at + 1);
      take(length > LONGEST_RECORD ? null : earlier.join(''));
      isOpen = false;
    },
  };
};

/** How deep in lists and objects the text is, and where records stand: alone at the top, or in a list that holds them. */
const openNesting = () => {
  let depth = 0;
  let depthOfRecords: number | null = 0;
  return {
    depth: () => depth,
    isRecordNext: () => depth === depthOfRecords,
    listOfRecords: () => {
      depthOfRecords = depth + 1;
    },
    deeper: () => {
      depth += 1;
    },
    higher() {
      depth = Math.max(0, depth - 1);
      if (depth === 0) depthOfRecords = 0;
      else if (depthOfRecords !== null && depth < depthOfRecords) depthOfRecords = null;
    },
  };
};

/** The text in quotes that is being read. */
const openText = () => {
  let isOpen = false;
  let isEscaped = false;
  let last = '';
  const endIn = (piece: string, from: number): number => {
    for (let at = from; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (isEscaped) isEscaped = false;
      else if (code === BACKSLASH) isEscaped = true;
      else if (code === QUOTE) return at;
    }
    return piece.length;
  };
  return {
    isOpen: () => isOpen,
    last: () => last,
    begin(isKept: boolean) {
      isOpen = true;
      if (isKept) last = '';
    },
    /** Reads on, and tells where the text or the piece ends. */
    read(piece: string, from: number, isKept: boolean): number {
      const end = endIn(piece, from);
      isOpen = end === piece.length;
      if (isKept && last.length < LONGEST_NAME) last += piece.slice(from, Math.min(end, from + LONGEST_NAME));
      return end;
    },
  };
};
