/** One piece of a pattern: text that stands for itself, any run of characters, or exactly one character. */
export type PatternPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `inPart`: the characters must not be colons, so that the match stays in its part of an ARN. */
  | { readonly kind: 'run'; readonly inPart: boolean }
  | { readonly kind: 'one'; readonly inPart: boolean };

/** Whether a text is matched as a whole. */
export type Matcher = (text: string) => boolean;

/** Splits a pattern at `*` (any run of characters, also none) and `?` (exactly one) of any characters. */
export const wildcardPieces = (pattern: string): readonly PatternPiece[] =>
  pattern
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (piece === '*') return { kind: 'run', inPart: false };
      return piece === '?' ? { kind: 'one', inPart: false } : { kind: 'text', text: piece };
    });

/** A matcher for a pattern in which `*` and `?` match any characters. The case of letters counts. */
export const compileWildcard = (pattern: string): Matcher => compilePieces(wildcardPieces(pattern));

/** A matcher for the pieces of a pattern. Its time is linear in the text, whatever the pattern. */
export const compilePieces = (pieces: readonly PatternPiece[]): Matcher => {
  const texts = textsBetweenRuns(pieces);
  return texts === null ? stateMatcher(pieces) : segmentMatcher(texts);
};

/** The texts that stand between unrestricted runs; null where a pattern has more than texts and such runs. */
const textsBetweenRuns = (pieces: readonly PatternPiece[]): readonly string[] | null => {
  const texts = [''];
  for (const piece of pieces) {
    if (piece.kind === 'text') texts.push(`${texts.pop() ?? ''}${piece.text}`);
    else if (piece.kind === 'run' && !piece.inPart) texts.push('');
    else return null;
  }
  return texts;
};

/** Between runs that may match anything, the earliest place of each text is always a right one. */
const segmentMatcher = (texts: readonly string[]): Matcher => {
  const first = texts[0] ?? '';
  if (texts.length === 1) return (text) => text === first;
  const last = texts[texts.length - 1] ?? '';
  const middle = texts.slice(1, -1).filter((text) => text !== '');
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const segment of middle) {
      const at = text.indexOf(segment, from);
      if (at < 0) return false;
      from = at + segment.length;
    }
    return from <= text.length - last.length;
  };
};

type State = { readonly kind: 'char'; readonly char: string } | Exclude<PatternPiece, { kind: 'text' }>;

/** Follows all ways through the pattern at once: `reached[i]` says that the text so far can be what precedes state `i`. */
const stateMatcher = (pieces: readonly PatternPiece[]): Matcher => {
  const states = pieces.flatMap((piece): State[] =>
    piece.kind === 'text' ? piece.text.split('').map((char) => ({ kind: 'char', char })) : [piece],
  );
  const skipRuns = (reached: boolean[]): boolean[] => {
    states.forEach((state, i) => {
      if (state.kind === 'run' && reached[i] === true) reached[i + 1] = true;
    });
    return reached;
  };
  return (text) => {
    let reached = skipRuns([true]);
    for (let at = 0; at < text.length && reached.length > 0; at++) {
      const char = text.charAt(at);
      const next: boolean[] = [];
      states.forEach((state, i) => {
        if (reached[i] === true && accepts(state, char)) next[state.kind === 'run' ? i : i + 1] = true;
      });
      reached = skipRuns(next);
    }
    return reached[states.length] === true;
  };
};

const accepts = (state: State, char: string): boolean =>
  state.kind === 'char' ? state.char === char : !(state.inPart && char === ':');
