import { epochMillis, type Instant, toInstant } from '../kernel/time.ts';
import { type ZoneTime, zoneTime } from '../kernel/zone-time.ts';
import type { Schedule } from './schedule.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** February 29 on a given day of the week comes back after 40 years at the latest. */
const FURTHEST_DAYS = 40 * 366;

/** The first moment after `after` at which the schedule is due; null: never. */
export const nextDue = (schedule: Schedule, after: Instant): Instant | null => {
  const zone = zoneTime(schedule.timeZone);
  const afterMs = epochMillis(after);
  const firstDay = localDay(zone, afterMs);
  for (let day = firstDay - DAY_MS; day <= firstDay + FURTHEST_DAYS * DAY_MS; day += DAY_MS) {
    const due = dueOnDay(schedule, zone, day).find((moment) => moment > afterMs);
    if (due !== undefined) return toInstant(due);
  }
  return null;
};

/** The last moment at or before `until` at which the schedule was due; null: there was none. */
export const previousDue = (schedule: Schedule, until: Instant): Instant | null => {
  const zone = zoneTime(schedule.timeZone);
  const untilMs = epochMillis(until);
  const lastDay = localDay(zone, untilMs);
  for (let day = lastDay + DAY_MS; day >= lastDay - FURTHEST_DAYS * DAY_MS; day -= DAY_MS) {
    const due = dueOnDay(schedule, zone, day).findLast((moment) => moment <= untilMs);
    if (due !== undefined) return toInstant(due);
  }
  return null;
};

/** A local time of the schedule that the clocks skip, so that nothing is due, or show twice, of which one counts. */
export interface ClockChange {
  /** As the clocks show it: `2027-03-28T02:30`. */
  readonly localTime: string;
  readonly kind: 'skipped' | 'doubled';
}

/**
 * The times of the schedule within so many days that a change of the clocks skips or doubles. Of a schedule of every hour only
 * the hour that is doubled, as its first time, since it pauses for one of the two; over a skipped one it goes on without a pause.
 */
export const clockChanges = (schedule: Schedule, from: Instant, days: number): readonly ClockChange[] => {
  const zone = zoneTime(schedule.timeZone);
  const firstDay = localDay(zone, epochMillis(from));
  const isHourly = schedule.hours.length === 24;
  const told = isHourly ? { ...schedule, minutes: schedule.minutes.slice(0, 1) } : schedule;
  const changes: ClockChange[] = [];
  for (let day = firstDay; day <= firstDay + days * DAY_MS; day += DAY_MS) {
    if (!fitsDay(schedule, day) || zone.offsetAt(day - DAY_MS) === zone.offsetAt(day + 2 * DAY_MS)) continue;
    for (const local of localTimes(told, day)) {
      const { length } = zone.momentsOf(local);
      if (length === 1 || (isHourly && length === 0)) continue;
      changes.push({ localTime: toInstant(local).slice(0, 16), kind: length === 0 ? 'skipped' : 'doubled' });
    }
  }
  return changes;
};

/** Midnight of the day that the clocks show, as a UTC clock would show it. */
const localDay = (zone: ZoneTime, moment: number): number =>
  Math.floor((moment + zone.offsetAt(moment)) / DAY_MS) * DAY_MS;

/** The moments due on a local day, in order. */
const dueOnDay = (schedule: Schedule, zone: ZoneTime, day: number): readonly number[] =>
  fitsDay(schedule, day)
    ? localTimes(schedule, day)
        .flatMap((local) => chosen(zone, local) ?? [])
        .sort((a, b) => a - b)
    : [];

// Of two moments that show the same local time `node-cron` takes the later one east of Greenwich and the earlier one west.
const chosen = (zone: ZoneTime, local: number): number | undefined => {
  const moments = zone.momentsOf(local);
  const preferred = local - zone.offsetAt(local);
  return moments.includes(preferred) ? preferred : moments[0];
};

const fitsDay = ({ months, daysOfMonth, daysOfWeek }: Schedule, day: number): boolean => {
  const date = new Date(day);
  return months.has(date.getUTCMonth() + 1) && daysOfMonth.has(date.getUTCDate()) && daysOfWeek.has(date.getUTCDay());
};

const localTimes = ({ hours, minutes }: Schedule, day: number): readonly number[] =>
  hours.flatMap((hour) => minutes.map((minute) => day + hour * HOUR_MS + minute * MINUTE_MS));
