import { compilePieces, type Matcher, type PatternPiece } from '../../iam/wildcard.ts';

/** A value of `StringLike`, `ArnLike` and their like, ready to match. */
export interface ValuePattern {
  readonly matches: Matcher;
  /** The pattern as one text. */
  readonly whole: Segment;
  /** An ARN's parts, wildcards inside each; null for a pattern over any characters. */
  readonly parts: readonly Segment[] | null;
}

/** A pattern without limits inside. */
interface Segment {
  readonly matches: Matcher;
  readonly pieces: readonly PatternPiece[];
  /** The only text that matches; null where there are several. */
  readonly exact: string | null;
  /** What every text that matches begins and ends with. */
  readonly prefix: string;
  readonly suffix: string;
}

/** A pattern whose wildcards match any characters. */
export const stringPattern = (pieces: readonly PatternPiece[]): ValuePattern => {
  const whole = segmentOf(pieces);
  return { matches: whole.matches, whole, parts: null };
};

/** Whether every text matches: a `*` alone. */
export const matchesEverything = ({ whole: { pieces } }: ValuePattern): boolean =>
  pieces.length > 0 && pieces.every(({ kind }) => kind === 'run');

const ARN_PARTS = 6;

/**
 * A pattern of which each of an ARN's six parts is matched by itself, the last part being the rest; null for one of
 * fewer parts, which matches no ARN.
 * Source: "Amazon Resource Name (ARN) condition operators", IAM User Guide.
 */
export const arnPattern = (pieces: readonly PatternPiece[]): ValuePattern | null => {
  const parts = splitPieces(pieces).map(segmentOf);
  if (parts.length < ARN_PARTS) return null;
  const matches = (text: string): boolean => {
    const values = splitText(text);
    return values.length === ARN_PARTS && parts.every((part, index) => part.matches(values[index] ?? ''));
  };
  return { matches, whole: segmentOf(pieces), parts };
};

/** Whether no text matches both patterns. False where that is not seen. */
export const areDisjoint = (a: ValuePattern, b: ValuePattern): boolean => {
  if (a.parts === null || b.parts === null) return haveNoCommonText(a.whole, b.whole);
  const others = b.parts;
  return a.parts.some((part, index) => {
    const other = others[index];
    return other !== undefined && haveNoCommonText(part, other);
  });
};

/** Whether every text that matches `inner` matches `outer`. False where that is not seen. */
export const includesPattern = (outer: ValuePattern, inner: ValuePattern): boolean => {
  // A wildcard of an ARN's part is one over any characters that happens to meet no colon, but not the other way round.
  if (outer.parts === null) return includesSegment(outer.whole, inner.whole);
  const innerParts = inner.parts;
  if (innerParts === null) return false;
  return outer.parts.every((part, index) => {
    const other = innerParts[index];
    return other !== undefined && includesSegment(part, other);
  });
};

const segmentOf = (pieces: readonly PatternPiece[]): Segment => {
  const texts = pieces.map((piece) => (piece.kind === 'text' ? piece.text : null));
  const first = texts.indexOf(null);
  return {
    matches: compilePieces(pieces),
    pieces,
    exact: first < 0 ? texts.join('') : null,
    prefix: texts.slice(0, first < 0 ? texts.length : first).join(''),
    suffix: texts.slice(texts.lastIndexOf(null) + 1).join(''),
  };
};

/** Pieces of one part of an ARN each. */
const splitPieces = (pieces: readonly PatternPiece[]): readonly (readonly PatternPiece[])[] => {
  const parts: PatternPiece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      parts.at(-1)?.push(piece);
      continue;
    }
    const [first = '', ...others] = splitText(piece.text, ARN_PARTS - parts.length + 1);
    parts.at(-1)?.push({ kind: 'text', text: first });
    for (const other of others) parts.push([{ kind: 'text', text: other }]);
  }
  return parts;
};

/** Splits at colons, into so many parts at most. */
const splitText = (text: string, most = ARN_PARTS): readonly string[] => {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < most - 1) {
    const colon = text.indexOf(':', from);
    if (colon < 0) break;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  parts.push(text.slice(from));
  return parts;
};

const haveNoCommonText = (a: Segment, b: Segment): boolean => {
  if (a.exact !== null) return !b.matches(a.exact);
  if (b.exact !== null) return !a.matches(b.exact);
  const prefixesFit = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  return !prefixesFit || !(a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix));
};

// A character for private use: where a run of `outer` takes it, it takes any text in its place.
const ANY_TEXT = '\uE000';

const includesSegment = (outer: Segment, inner: Segment): boolean => {
  if (inner.exact !== null) return outer.matches(inner.exact);
  const usable = outer.pieces.every((piece) =>
    piece.kind === 'text' ? !piece.text.includes(ANY_TEXT) : piece.kind === 'run',
  );
  if (!usable) return false;
  return outer.matches(inner.pieces.map((piece) => (piece.kind === 'text' ? piece.text : ANY_TEXT)).join(''));
};
