/** How many letters have to be put in, left out or changed to make one text of another (Levenshtein); `atMost` + 1 for more. */
export const editDistance = (one: string, other: string, atMost: number): number => {
  if (Math.abs(one.length - other.length) > atMost) return atMost + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > atMost) return atMost + 1;
    row = next;
  }
  return row[other.length] ?? 0;
};
