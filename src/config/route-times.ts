import { z } from 'zod';
import { isTimeZone, type TimeOfDay, WEEKDAYS, type Weekday } from '../kernel/local-time.ts';

const TIME = '([01]\\d|2[0-3]):([0-5]\\d)';

/** The time of day that a text such as `22:00` says; null: it says none. */
export const timeOfDay = (text: string): TimeOfDay | null => {
  const match = new RegExp(`^${TIME}$`).exec(text);
  return match === null ? null : { hour: Number(match[1]), minute: Number(match[2]) };
};

/** The time that `daily 08:00` or `weekly MON 08:00` says; null: it says none. */
export const digestTime = (text: string): { readonly at: TimeOfDay; readonly weekday: Weekday | null } | null => {
  const match = new RegExp(`^(?:daily|weekly (${WEEKDAYS.join('|')})) ${TIME}$`, 'i').exec(text);
  if (match === null) return null;
  const [, day, hour, minute] = match;
  const weekday = WEEKDAYS.find((known) => known === day?.toUpperCase()) ?? null;
  return { at: { hour: Number(hour), minute: Number(minute) }, weekday };
};

const DIGEST = 'must be `daily HH:MM` or `weekly DAY HH:MM`, such as `daily 08:00` or `weekly MON 08:00`';
const TIME_OF_DAY = 'must be a time of day in quotes, such as `"22:00"`';

const time = z.string(TIME_OF_DAY).refine((text) => timeOfDay(text) !== null, TIME_OF_DAY);

const quietHours = z
  .strictObject({ from: time, to: time, exceptCritical: z.boolean().default(false) })
  .refine(({ from, to }) => from !== to, 'would never end: `from` and `to` are the same');

const days = z.number().int().min(1).max(365).optional();

/** When a route is told, and of what it is told again. */
export const routeTimes = {
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone, such as `Europe/Berlin` or `UTC`')
    .default('UTC'),
  digest: z
    .string(DIGEST)
    .refine((text) => digestTime(text) !== null, DIGEST)
    .optional(),
  quietHours: quietHours.optional(),
  heartbeat: z.literal('weekly', 'must be `weekly`').optional(),
  remindAfterDays: z.strictObject({ critical: days, high: days, medium: days, low: days, info: days }).optional(),
} as const;
