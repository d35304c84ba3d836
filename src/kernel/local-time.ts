import { epochMillis, type Instant, toInstant } from './time.ts';
import { zoneTime } from './zone-time.ts';

/** A time as the clock on the wall shows it. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** The days of the week as they are written, from the one that JavaScript counts as 0. */
export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** Whether there is a time zone of that name (IANA, such as `Europe/Berlin`). */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** The minutes since midnight that the clock shows in a time zone. */
export const minuteOfDay = (instant: Instant, timeZone: string): number => {
  const wall = new Date(wallMillis(epochMillis(instant), timeZone));
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
};

/**
 * The first instant, not before another, at which the clock shows a time in a time zone, on any day or on one of the week. Of
 * an hour that comes twice the first counts; a time that is skipped counts as much later as the clock is put forward.
 */
export const nextTimeOfDay = (
  notBefore: Instant,
  { hour, minute }: TimeOfDay,
  { timeZone, weekday = null }: { readonly timeZone: string; readonly weekday?: Weekday | null },
): Instant => {
  const from = epochMillis(notBefore);
  const today = new Date(wallMillis(from, timeZone));
  for (let days = 0; ; days += 1) {
    const wall = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + days, hour, minute);
    if (weekday !== null && WEEKDAYS[new Date(wall).getUTCDay()] !== weekday) continue;
    const instant = instantOfWall(wall, timeZone);
    if (instant >= from) return toInstant(instant);
  }
};

const DAY_MS = 86_400_000;

/** The instant at which the clock shows a time, both in milliseconds, the time as if it were one of UTC. */
const instantOfWall = (wall: number, timeZone: string): number => {
  const zone = zoneTime(timeZone);
  return zone.momentsOf(wall)[0] ?? wall - zone.offsetAt(wall - DAY_MS);
};

/** What the clock shows at an instant, as milliseconds of the same time in UTC. */
const wallMillis = (instant: number, timeZone: string): number => instant + zoneTime(timeZone).offsetAt(instant);
