// Letters as wide as two small ones: those of East Asia, and signs beyond the first plane.
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]|[\u{10000}-\u{10FFFF}]/u;
const BROADEST = /[mwMW@%]/;
const BROAD = /[A-Z\u2000-\u2BFF]/u;

/** A text of one line that is no wider than so many small letters; what is too long loses its middle. */
export const shortened = (text: string, width: number): string => {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  if (widthOf(characters) <= width) return characters.join('');
  const head = taken(characters, (width - 1) * 0.6);
  const tail = taken(characters.toReversed(), width - 1 - widthOf(head)).reverse();
  return `${head.join('')}…${tail.join('')}`;
};

const widthOf = (characters: readonly string[]): number =>
  characters.reduce((total, character) => total + widthOfOne(character), 0);

const widthOfOne = (character: string): number => {
  if (WIDE.test(character)) return 2;
  if (BROADEST.test(character)) return 1.75;
  return BROAD.test(character) ? 1.25 : 1;
};

const taken = (characters: readonly string[], width: number): string[] => {
  const some: string[] = [];
  let left = width;
  for (const character of characters) {
    left -= widthOfOne(character);
    if (left < 0) break;
    some.push(character);
  }
  return some;
};
