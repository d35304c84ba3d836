import type { Brand } from './brand.ts';
import { err, ok, type Result } from './result.ts';

/** A moment as ISO-8601 text in UTC with whole seconds or milliseconds: `2026-01-02T03:04:05Z`. Sorts as text by time. */
export type Instant = Brand<string, 'Instant'>;

const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads ISO-8601 text as AWS and its tools write it: a date alone, `T` or a space before the time, `Z` or an offset
 * (absent means UTC). Fractions of a second are dropped. The error is a message in house form.
 */
export const parseInstant = (text: string): Result<Instant, string> => {
  const match = ISO_8601.exec(text.trim());
  if (match === null) return err(`\`${text}\` is not an ISO-8601 time`);
  const [, date = '', time = '00:00:00', offset = 'Z'] = match;
  const millis = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(millis) ? err(`\`${text}\` is not an ISO-8601 time`) : ok(toInstant(millis));
};

/** The instant of a number of milliseconds since the UNIX epoch, with its fraction of a second dropped. */
export const toInstant = (epochMillis: number): Instant =>
  // The only place that mints an Instant.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  `${new Date(epochMillis).toISOString().slice(0, 19)}Z` as Instant;

/** Milliseconds since the UNIX epoch. */
export const epochMillis = (instant: Instant): number => Date.parse(instant);

const DAY_MS = 86_400_000;

/** Whole days of 24 hours from one instant to a later one; negative when `to` is earlier. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.floor((epochMillis(to) - epochMillis(from)) / DAY_MS);

/** The instant a number of days (of 24 hours) after another; a negative number goes back. */
export const addDays = (instant: Instant, days: number): Instant => toInstant(epochMillis(instant) + days * DAY_MS);

/** The instant that comes so many minutes later. */
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  toInstant(epochMillis(instant) + minutes * 60_000);
