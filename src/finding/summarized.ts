import type { Some } from './organization-night.ts';

/** Longer is no name, ARN or sentence of an account that AWS keeps. */
const LONGEST = 1_000;

/** A text that a summary can carry: one that is too long loses its end. */
export const cut = (text: string): string =>
  text.length <= LONGEST
    ? text
    : // Half of a character beyond the first plane would be none.
      `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** The first of some things, as they are told, and how many there are. */
export const some = <From, To>(things: readonly From[], most: number, told: (thing: From) => To): Some<To> => ({
  total: things.length,
  listed: things.slice(0, most).map(told),
});
