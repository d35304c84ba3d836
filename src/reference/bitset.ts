/** A set of small whole numbers from 0, one bit each. */
export type Bitset = Uint32Array;

/** An empty set with room for the numbers below `size`. */
export const emptyBitset = (size: number): Bitset => new Uint32Array(Math.ceil(size / 32));

/** Puts a number into the set. */
export const addBit = (set: Bitset, bit: number): void => {
  set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31));
};

/** Puts the numbers from `start` up to, but not including, `end` into the set. */
export const addRange = (set: Bitset, start: number, end: number): void => {
  for (let bit = start; bit < end; bit++) {
    const isWholeWord = bit % 32 === 0 && bit + 32 <= end;
    if (!isWholeWord) addBit(set, bit);
    else {
      set[bit >>> 5] = 0xffffffff;
      bit += 31;
    }
  }
};

/** Whether the number is in the set. */
export const hasBit = (set: Bitset, bit: number): boolean => ((set[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;

/** Puts everything of `source` into `target`; both have the same size. */
export const unite = (target: Bitset, source: Bitset): void => {
  for (let word = 0; word < target.length; word++) target[word] = (target[word] ?? 0) | (source[word] ?? 0);
};

/** Leaves in `target` only what is in `source` as well; both have the same size. */
export const intersect = (target: Bitset, source: Bitset): void => {
  for (let word = 0; word < target.length; word++) target[word] = (target[word] ?? 0) & (source[word] ?? 0);
};

/** The numbers below `size` that are not in the set. */
export const complement = (set: Bitset, size: number): Bitset => {
  const rest = emptyBitset(size);
  for (let word = 0; word < rest.length; word++) rest[word] = ~(set[word] ?? 0);
  // Bits beyond the size stay clear, so that equal sets are equal words.
  if (size % 32 !== 0) rest[rest.length - 1] = (rest[rest.length - 1] ?? 0) & ((1 << (size % 32)) - 1);
  return rest;
};

/** Whether nothing is in the set. */
export const isEmpty = (set: Bitset): boolean => {
  for (let word = 0; word < set.length; word++) if (set[word] !== 0) return false;
  return true;
};

/** Whether some number is in both sets; both have the same size. */
export const overlaps = (one: Bitset, other: Bitset): boolean => {
  for (let word = 0; word < one.length; word++) if (((one[word] ?? 0) & (other[word] ?? 0)) !== 0) return true;
  return false;
};

/** The numbers in the set, in order. */
export const numbersIn = (set: Bitset): readonly number[] => {
  const numbers: number[] = [];
  for (let word = 0; word < set.length; word++) {
    for (let bits = set[word] ?? 0; bits !== 0; bits &= bits - 1)
      numbers.push(word * 32 + 31 - Math.clz32(bits & -bits));
  }
  return numbers;
};

/** A set that is never made as a whole: its words are told one by one. */
export type BitsetWords = (word: number) => number;

/** The numbers that are in some of the sets. */
export const unionOf =
  (sets: readonly Bitset[]): BitsetWords =>
  (word) => {
    let union = 0;
    for (const set of sets) union |= set[word] ?? 0;
    return union;
  };

/** Whether a set holds every number below `size`; of most, the first words tell that it does not. */
export const isFull = (set: BitsetWords, size: number): boolean => {
  for (let start = 0; start < size; start += 32) {
    const beyond = size - start < 32 ? -1 << (size - start) : 0;
    if ((set(start / 32) | beyond) !== -1) return false;
  }
  return true;
};
