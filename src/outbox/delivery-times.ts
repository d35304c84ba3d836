import type { Alert } from '../finding/alert.ts';
import { minuteOfDay, nextTimeOfDay, type TimeOfDay, type Weekday } from '../kernel/local-time.ts';
import { epochMillis, type Instant, toInstant } from '../kernel/time.ts';

/** When a route wants to be told. */
export interface DeliveryTimes {
  /** When what was collected is sent in one message; null: each alert is sent as it comes. */
  readonly digest: DigestTime | null;
  /** When it wants to be left alone; null: never. */
  readonly quietHours: QuietHours | null;
  /** The time zone of its digests and quiet hours. */
  readonly timeZone: string;
}

/** A time of day, of every day or of one of the week. */
export interface DigestTime {
  readonly at: TimeOfDay;
  readonly weekday: Weekday | null;
}

/** From a time of day up to another, over midnight where the other is earlier. */
export interface QuietHours {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** Whether what is critical is told all the same. */
  readonly exceptCritical: boolean;
}

/** When an alert that was queued is to be told, if all goes well. */
export const dueAt = (
  { alert, queuedAt }: { readonly alert: Alert; readonly queuedAt: Instant },
  times: DeliveryTimes,
): Instant => {
  const { digest, quietHours, timeZone } = times;
  const wanted = digest === null ? queuedAt : nextTimeOfDay(queuedAt, digest.at, { timeZone, weekday: digest.weekday });
  if (quietHours === null || (quietHours.exceptCritical && isCritical(alert))) return wanted;
  return isQuiet(wanted, quietHours, timeZone) ? nextTimeOfDay(wanted, quietHours.to, { timeZone }) : wanted;
};

const isQuiet = (instant: Instant, { from, to }: QuietHours, timeZone: string): boolean => {
  const [start, end, now] = [minutes(from), minutes(to), minuteOfDay(instant, timeZone)];
  return start <= end ? start <= now && now < end : start <= now || now < end;
};

const minutes = ({ hour, minute }: TimeOfDay): number => hour * 60 + minute;

const isCritical = ({ items, failure }: Alert): boolean =>
  failure !== null || items.some(({ severity, transition }) => severity === 'critical' && transition !== 'resolved');

const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 6 * 3600;
const LONGEST_ASKED_SECONDS = 24 * 3600;

/**
 * When a route is tried again after so many failures in a row: after about 1, 4, 16 and 64 minutes, then every six hours; not
 * before the other side asked for, up to a day. `jitter`, from 0 up to 1, takes up to a quarter off, so that not all come at once.
 */
export const retryAt = (
  now: Instant,
  { failures, retryAfterSeconds }: { readonly failures: number; readonly retryAfterSeconds: number | null },
  jitter: number,
): Instant => {
  const wait = Math.min(FIRST_WAIT_SECONDS * 4 ** (failures - 1), LONGEST_WAIT_SECONDS) * (1 - jitter / 4);
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_ASKED_SECONDS);
  return toInstant(epochMillis(now) + Math.ceil(Math.max(wait, asked)) * 1000);
};
