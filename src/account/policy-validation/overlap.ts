/** In characters: longer ones are taken to overlap. */
const LONGEST_COMPARED = 2048;

/** Whether some text is matched by both of two patterns of `*` and `?`. */
export const mayOverlap = (one: string, other: string): boolean => {
  if (one.length > LONGEST_COMPARED || other.length > LONGEST_COMPARED) return true;
  // `row[j]`: whether what is read of `one` and the first `j` characters of `other` can be the beginning of one text.
  let row = Array.from({ length: other.length + 1 }, (_, j) => j === 0 || /^\*+$/.test(other.slice(0, j)));
  for (const char of one) {
    const next: boolean[] = [char === '*' && row[0] === true];
    for (let j = 1; j <= other.length; j++) {
      const with_ = other[j - 1] ?? '';
      next.push(
        char === '*' || with_ === '*'
          ? row[j] === true || next[j - 1] === true || row[j - 1] === true
          : row[j - 1] === true && (char === with_ || char === '?' || with_ === '?'),
      );
    }
    row = next;
  }
  return row[other.length] === true;
};
