import { z } from 'zod';

/** A whole number from a file, or its digits from the environment. Nothing else counts as one: neither nothing nor `true`. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(least).max(most),
  );
