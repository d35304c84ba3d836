import { expect, test } from 'vitest';
import {
  addBit,
  addRange,
  complement,
  emptyBitset,
  hasBit,
  intersect,
  isEmpty,
  isFull,
  numbersIn,
  overlaps,
  unionOf,
  unite,
} from './bitset.ts';

const setOf = (size: number, ...bits: number[]) => {
  const set = emptyBitset(size);
  for (const bit of bits) addBit(set, bit);
  return set;
};

test('a set holds the numbers that were put in, at the edges of words too', () => {
  const set = setOf(70, 0, 31, 32, 69);
  expect([0, 1, 30, 31, 32, 33, 68, 69].filter((bit) => hasBit(set, bit))).toEqual([0, 31, 32, 69]);
});

test('a range is put in without its end', () => {
  const set = emptyBitset(70);
  addRange(set, 30, 34);
  expect(set).toEqual(setOf(70, 30, 31, 32, 33));
});

test('the complement holds the others, and nothing beyond the size', () => {
  const set = setOf(33, 0, 32);
  expect(hasBit(complement(set, 33), 1)).toBe(true);
  expect(hasBit(complement(set, 33), 32)).toBe(false);
  expect(complement(complement(set, 33), 33)).toEqual(set);
  expect(isEmpty(complement(complement(emptyBitset(64), 64), 64))).toBe(true);
});

test('sets together are full when they hold every number below the size', () => {
  const most = emptyBitset(33);
  addRange(most, 0, 32);
  expect(isFull(unionOf([most]), 33)).toBe(false);
  expect(isFull(unionOf([most, setOf(33, 1, 32)]), 33)).toBe(true);
  expect(isFull(unionOf([most]), 32)).toBe(true);
  expect(isFull(unionOf([setOf(64, 1), most]), 64)).toBe(false);
  expect(isFull(unionOf([]), 33)).toBe(false);
});

test('union and intersection', () => {
  const union = setOf(40, 1, 35);
  unite(union, setOf(40, 2, 35));
  expect(union).toEqual(setOf(40, 1, 2, 35));
  intersect(union, setOf(40, 2, 3));
  expect(union).toEqual(setOf(40, 2));
});

test('the numbers of a set are told in order, at the edges of words too', () => {
  expect(numbersIn(setOf(70, 69, 31, 0, 32))).toEqual([0, 31, 32, 69]);
  const all = emptyBitset(32);
  addRange(all, 0, 32);
  expect(numbersIn(all)).toEqual(Array.from({ length: 32 }, (_, number) => number));
  expect(numbersIn(emptyBitset(70))).toEqual([]);
});

test('sets overlap where some number is in both', () => {
  expect(overlaps(setOf(70, 1, 31), setOf(70, 31))).toBe(true);
  expect(overlaps(setOf(70, 1, 31), setOf(70, 0, 69))).toBe(false);
});
