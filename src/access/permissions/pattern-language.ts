import type { PatternPiece } from '../../iam/wildcard.ts';

/** One character of a pattern, or a wildcard. */
export type Glyph = string | Exclude<PatternPiece, { readonly kind: 'text' }>;

/** A pattern, character by character. */
export const glyphsOf = (pieces: readonly PatternPiece[]): readonly Glyph[] =>
  pieces.flatMap((piece): readonly Glyph[] => (piece.kind === 'text' ? piece.text.split('') : [piece]));

/**
 * Whether `outer` matches every text that `inner` matches. Sound, and complete but for patterns that come to the same by
 * different ways (`*?` and `?*`).
 */
export const includesPattern = (outer: readonly Glyph[], inner: readonly Glyph[]): boolean => {
  let reached = closed(outer, new Set([0]));
  for (const glyph of inner) {
    const next = new Set<number>();
    for (const at of reached) {
      const state = outer[at];
      if (state === undefined || !takes(state, glyph)) continue;
      if (isRun(state)) next.add(at);
      // What takes one character takes no run of them.
      else if (!isRun(glyph)) next.add(at + 1);
    }
    reached = closed(outer, next);
    if (reached.size === 0) return false;
  }
  return reached.has(outer.length);
};

/** Whether some text matches both patterns. */
export const patternsMeet = (one: readonly Glyph[], other: readonly Glyph[]): boolean => {
  if (!beginAlike(one, other)) return false;
  // What precedes a glyph of `one` and the j-th of `other` can be the same text for the j that are reached.
  let reached: ReadonlySet<number> = closed(other, new Set([0]));
  for (const glyph of one) {
    reached = isRun(glyph) ? throughRun(glyph, other, reached) : throughCharacter(glyph, other, reached);
    if (reached.size === 0) return false;
  }
  return reached.has(other.length);
};

/** A run takes nothing, or what follows in the other pattern as long as that may be inside it. */
const throughRun = (run: Glyph, other: readonly Glyph[], reached: ReadonlySet<number>): ReadonlySet<number> => {
  const taken = new Set(reached);
  for (const at of taken) {
    const glyph = other[at];
    if (glyph !== undefined && (isRun(glyph) || shareCharacter(run, glyph))) taken.add(at + 1);
  }
  return taken;
};

const throughCharacter = (
  character: Glyph,
  other: readonly Glyph[],
  reached: ReadonlySet<number>,
): ReadonlySet<number> => {
  const next = new Set<number>();
  for (const at of reached) {
    const glyph = other[at];
    if (glyph !== undefined && shareCharacter(character, glyph)) next.add(isRun(glyph) ? at : at + 1);
  }
  return closed(other, next);
};

/** Whether a glyph stands for any number of characters. */
export const isRun = (glyph: Glyph): boolean => typeof glyph !== 'string' && glyph.kind === 'run';

/** Runs may be empty: where one is reached, so is what follows it. */
const closed = (glyphs: readonly Glyph[], reached: Set<number>): ReadonlySet<number> => {
  for (const at of reached) {
    const state = glyphs[at];
    if (state !== undefined && isRun(state)) reached.add(at + 1);
  }
  return reached;
};

/** Whether a glyph of the outer pattern, where a run stays a run, takes all that a glyph of the inner one may be. */
const takes = (outer: Glyph, inner: Glyph): boolean => {
  if (typeof outer === 'string') return outer === inner;
  if (!outer.inPart) return true;
  return typeof inner === 'string' ? inner !== ':' : inner.inPart;
};

/** Whether one character matches both glyphs. */
export const shareCharacter = (a: Glyph, b: Glyph): boolean => {
  if (typeof a === 'string') return typeof b === 'string' ? a === b : !(b.inPart && a === ':');
  return typeof b !== 'string' || !(a.inPart && b === ':');
};

/** Most patterns differ before their first wildcard. */
const beginAlike = (one: readonly Glyph[], other: readonly Glyph[]): boolean => {
  for (let at = 0; ; at++) {
    const [a, b] = [one[at], other[at]];
    if (a === undefined || b === undefined || typeof a !== 'string' || typeof b !== 'string') return true;
    if (a !== b) return false;
  }
};
