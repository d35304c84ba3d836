import { createHash } from 'node:crypto';
import type { Random } from '../call.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** So many lower-case letters and digits that follow from a place: the same place gives the same. */
export const derivedId = (prefix: string, length: number, place: readonly string[]): string =>
  prefix + [...derivedRandom(place)(length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

/** Bytes that look like chance and follow from a place. */
export const derivedRandom = (place: readonly string[]): Random => {
  let asked = 0;
  return (size) => {
    asked += 1;
    return createHash('shake256', { outputLength: size })
      .update(JSON.stringify([...place, asked]))
      .digest();
  };
};
