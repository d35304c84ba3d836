/** A decimal number, exact whatever its size: `sign` times 0.`digits` times ten to the power of `exponent`. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly exponent: number;
  /** Neither begins nor ends with a zero; empty for zero. */
  readonly digits: string;
}

/** Reads an integer or decimal, also with an exponent, as JSON writes large numbers; null for any other text. */
export const parseDecimal = (text: string): Decimal | null => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const all = whole + fraction;
  if (all === '') return null;
  const from = all.search(/[1-9]/);
  if (from < 0) return ZERO;
  const exponent = Number(power) + whole.length - from;
  // Powers of ten beyond what can be told apart are no numbers that anybody means.
  if (!Number.isSafeInteger(exponent)) return null;
  return { sign: sign === '-' ? -1 : 1, exponent, digits: all.slice(from, endOfDigits(all)) };
};

const ZERO: Decimal = { sign: 0, exponent: 0, digits: '' };

/** Negative where the first is the smaller, positive where it is the larger, 0 where they are equal. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -a.sign : a.sign;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
};

// A loop, since a regular expression would start anew at every zero.
const endOfDigits = (digits: string): number => {
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end--;
  return end;
};
