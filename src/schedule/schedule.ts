import { validateDetailed } from 'node-cron';
import { isTimeZone } from '../kernel/local-time.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** When something is due: at these minutes of these hours, on the days that fit both lists of days, in one time zone. */
export interface Schedule {
  /** The cron expression as written. */
  readonly cron: string;
  /** An IANA time zone, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Ascending. */
  readonly minutes: readonly number[];
  /** Ascending. */
  readonly hours: readonly number[];
  readonly daysOfMonth: ReadonlySet<number>;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** 0 to 6, Sunday first. */
  readonly daysOfWeek: ReadonlySet<number>;
}

/**
 * Reads a cron expression of five fields (minute, hour, day of month, month, day of week) as `node-cron` does, which fires by
 * it: a day must fit both day fields. The error is a message in house form.
 */
export const parseSchedule = (cron: string, timeZone: string): Result<Schedule, string> => {
  if (!isTimeZone(timeZone)) return err(`\`${timeZone}\` is not a time zone, such as \`Europe/Berlin\``);
  if (cron.trim().split(/\s+/).length !== 5)
    return err(`\`${cron}\` must be five fields: minute, hour, day of month, month, day of week`);
  const { fields, errors } = validateDetailed(cron);
  if (fields === undefined)
    return err(`\`${cron}\` is no schedule: ${errors.map(({ message }) => message).join('; ')}`);
  const daysOfMonth = fields.dayOfMonth.filter((day) => typeof day === 'number');
  const daysOfWeek = fields.dayOfWeek.filter((day) => typeof day === 'number');
  if (daysOfMonth.length < fields.dayOfMonth.length || daysOfWeek.length < fields.dayOfWeek.length)
    return err(`\`${cron}\` counts days by \`L\`, \`W\` or \`#\`, which is not supported: name the days`);
  return ok({
    cron,
    timeZone,
    minutes: [...fields.minute].sort(ascending),
    hours: [...fields.hour].sort(ascending),
    daysOfMonth: new Set(daysOfMonth),
    months: new Set(fields.month),
    daysOfWeek: new Set(daysOfWeek),
  });
};

const ascending = (a: number, b: number): number => a - b;
