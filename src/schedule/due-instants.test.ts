import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { clockChanges, nextDue, previousDue } from './due-instants.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

const instant = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

const schedule = (cron: string, timeZone = 'UTC'): Schedule => {
  const parsed = parseSchedule(cron, timeZone);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('when a schedule is due next', () => {
  it.each([
    ['a time later today', '30 2 * * *', 'UTC', '2026-11-22T02:29:59Z', '2026-11-22T02:30:00Z'],
    ['strictly later than now', '30 2 * * *', 'UTC', '2026-11-22T02:30:00Z', '2026-11-23T02:30:00Z'],
    ['in the zone, in winter', '30 2 * * *', 'Europe/Berlin', '2026-11-22T00:00:00Z', '2026-11-22T01:30:00Z'],
    ['in the zone, in summer', '30 2 * * *', 'Europe/Berlin', '2026-07-22T00:00:00Z', '2026-07-22T00:30:00Z'],
    [
      'on a local day that is yesterday in UTC',
      '0 1 * * 1',
      'Asia/Tokyo',
      '2026-11-21T12:00:00Z',
      '2026-11-22T16:00:00Z',
    ],
    ['on Sundays, as 7', '0 5 * * 7', 'UTC', '2026-11-22T06:00:00Z', '2026-11-29T05:00:00Z'],
    ['on days that fit both day fields', '0 0 13 * 5', 'UTC', '2026-01-01T00:00:00Z', '2026-02-13T00:00:00Z'],
    ['on the next leap day', '0 0 29 2 *', 'UTC', '2026-11-22T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['over a range that wraps around midnight', '0 22-2 * * *', 'UTC', '2026-11-22T23:30:00Z', '2026-11-23T00:00:00Z'],
    [
      'not at 02:30 on the day that skips it',
      '30 2 * * *',
      'Europe/Berlin',
      '2027-03-27T12:00:00Z',
      '2027-03-29T00:30:00Z',
    ],
    [
      'at the second 02:30 of the day that has two, as node-cron',
      '30 2 * * *',
      'Europe/Berlin',
      '2027-10-31T00:30:00Z',
      '2027-10-31T01:30:00Z',
    ],
    ['once on that day', '30 2 * * *', 'Europe/Berlin', '2027-10-31T01:30:00Z', '2027-11-01T01:30:00Z'],
    [
      'not at 02:30 when New York skips it',
      '30 2 * * *',
      'America/New_York',
      '2027-03-13T12:00:00Z',
      '2027-03-15T06:30:00Z',
    ],
    [
      'at the first 01:30 when New York has two',
      '30 1 * * *',
      'America/New_York',
      '2027-11-07T00:00:00Z',
      '2027-11-07T05:30:00Z',
    ],
    ['half an hour off the hour', '0 2 * * *', 'Asia/Kolkata', '2026-11-22T00:00:00Z', '2026-11-22T20:30:00Z'],
  ])('%s', (_, cron, zone, after, expected) => {
    expect(nextDue(schedule(cron, zone), instant(after))).toBe(expected);
  });
});

describe('when a schedule was due last', () => {
  it.each([
    ['now counts', '30 2 * * *', 'UTC', '2026-11-22T02:30:00Z', '2026-11-22T02:30:00Z'],
    ['yesterday', '30 2 * * *', 'UTC', '2026-11-22T02:29:59Z', '2026-11-21T02:30:00Z'],
    ['before the day that skips it', '30 2 * * *', 'Europe/Berlin', '2027-03-28T23:00:00Z', '2027-03-27T01:30:00Z'],
    ['the second of two', '30 2 * * *', 'Europe/Berlin', '2027-10-31T20:00:00Z', '2027-10-31T01:30:00Z'],
    ['the leap day years ago', '0 0 29 2 *', 'UTC', '2026-11-22T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('%s', (_, cron, zone, until, expected) => {
    expect(previousDue(schedule(cron, zone), instant(until))).toBe(expected);
  });
});

describe('what a change of the clocks does to a schedule', () => {
  const from = instant('2026-11-22T00:00:00Z');
  const year = (cron: string, zone: string): readonly string[] =>
    clockChanges(schedule(cron, zone), from, 400).map(({ localTime, kind }) => `${localTime} ${kind}`);

  it('tells both days of Berlin for 02:30', () => {
    expect(year('30 2 * * *', 'Europe/Berlin')).toEqual(['2027-03-28T02:30 skipped', '2027-10-31T02:30 doubled']);
  });
  it('tells that New York skips 02:30 and has 01:30 twice', () => {
    expect(year('30 1,2 * * *', 'America/New_York')).toEqual(['2027-03-14T02:30 skipped', '2027-11-07T01:30 doubled']);
  });
  it('tells nothing of an hour that no change touches', () => {
    expect(year('30 4 * * *', 'Europe/Berlin')).toEqual([]);
  });
  it('tells nothing in UTC', () => {
    expect(year('30 2 * * *', 'UTC')).toEqual([]);
  });
  it('tells nothing of days that the schedule leaves out', () => {
    expect(year('30 2 * * 1-5', 'Europe/Berlin')).toEqual([]);
  });
  it('tells that a schedule of every hour pauses for the hour that is doubled', () => {
    expect(year('30 * * * *', 'Europe/Berlin')).toEqual(['2027-10-31T02:30 doubled']);
    expect(year('*/5 * * * *', 'America/New_York')).toEqual(['2027-11-07T01:00 doubled']);
    expect(year('0 * * * *', 'UTC')).toEqual([]);
  });
  it('by which nothing is due for two hours', () => {
    const before = instant('2027-10-30T23:30:00Z');
    expect(nextDue(schedule('30 * * * *', 'Europe/Berlin'), before)).toBe('2027-10-31T01:30:00Z');
  });
});
