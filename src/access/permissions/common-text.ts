import { type Glyph, isRun, patternsMeet, shareCharacter } from './pattern-language.ts';

/**
 * A shortest text that both patterns match; null: there is none. Where any character will do, `filler` stands for it.
 */
export const commonText = (one: readonly Glyph[], other: readonly Glyph[], filler: string): string | null => {
  if (!patternsMeet(one, other)) return null;
  const start: Place = { one: 0, other: 0, text: '' };
  const seen = new Set<string>();
  // By the length of their texts, the shortest first.
  const waiting: Place[][] = [[start]];
  for (let length = 0; length < waiting.length; length++) {
    const places = waiting[length] ?? [];
    for (const place of places) {
      if (place.one === one.length && place.other === other.length) return place.text;
      const key = `${place.one} ${place.other}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of onward(place, one[place.one], other[place.other], filler)) {
        const at = next.text.length;
        waiting[at] ??= [];
        waiting[at].push(next);
      }
    }
  }
  return null;
};

/** How far both patterns are followed, and the text that took us there. */
interface Place {
  readonly one: number;
  readonly other: number;
  readonly text: string;
}

function* onward(place: Place, a: Glyph | undefined, b: Glyph | undefined, filler: string): Iterable<Place> {
  // A run may be empty.
  if (a !== undefined && isRun(a)) yield { ...place, one: place.one + 1 };
  if (b !== undefined && isRun(b)) yield { ...place, other: place.other + 1 };
  if (a === undefined || b === undefined || !shareCharacter(a, b)) return;
  const text = place.text + characterOf(a, b, filler);
  // One after the other would go on for ever.
  if (isRun(a) && isRun(b)) return;
  yield { one: isRun(a) ? place.one : place.one + 1, other: isRun(b) ? place.other : place.other + 1, text };
}

const characterOf = (a: Glyph, b: Glyph, filler: string): string => {
  if (typeof a === 'string') return a;
  return typeof b === 'string' ? b : filler;
};
