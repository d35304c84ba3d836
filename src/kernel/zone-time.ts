/** What the clocks on the walls of a time zone show. */
export interface ZoneTime {
  /** Milliseconds that the zone is ahead of UTC at a moment. */
  offsetAt(epochMillis: number): number;
  /**
   * The moments at which the clocks show a local time, in order, as epoch milliseconds: one; none where the clocks skip it;
   * two where they show it twice. `local` is the epoch milliseconds of a UTC clock that shows that time.
   */
  momentsOf(local: number): readonly number[];
}

const DAY_MS = 86_400_000;

/** The clocks of a time zone that `isTimeZone` knows. */
export const zoneTime = (timeZone: string): ZoneTime => {
  const known = zones.get(timeZone) ?? makeZoneTime(timeZone);
  zones.set(timeZone, known);
  return known;
};

// Formats are slow to make, and the zones in use are few.
const zones = new Map<string, ZoneTime>();

const makeZoneTime = (timeZone: string): ZoneTime => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (epochMillis: number): number => {
    const parts = new Map(format.formatToParts(epochMillis).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return shown - Math.floor(epochMillis / 1000) * 1000;
  };
  return {
    offsetAt,
    // Clocks change at most once within two days, so the offsets a day before and a day after are all there can be.
    momentsOf: (local) =>
      [...new Set([offsetAt(local - DAY_MS), offsetAt(local + DAY_MS)])]
        .map((offset) => local - offset)
        .filter((moment) => moment + offsetAt(moment) === local)
        .sort((a, b) => a - b),
  };
};
