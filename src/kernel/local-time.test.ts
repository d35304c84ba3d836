import { describe, expect, it } from 'vitest';
import { isTimeZone, minuteOfDay, nextTimeOfDay, type Weekday } from './local-time.ts';
import { type Instant, parseInstant } from './time.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('the next time of day', () => {
  // Berlin: +1 in winter, +2 from 2026-03-29 02:00 to 2026-10-25 03:00. New York: -5, -4 from 2026-03-08 to 2026-11-01.
  // Lord Howe Island puts its clocks forward by half an hour. Kathmandu is 5:45 ahead.
  it.each<[string, string, string, string, string, Weekday | null]>([
    ['today', '2026-01-10T06:00:00Z', '08:00', 'UTC', '2026-01-10T08:00:00Z', null],
    ['now', '2026-01-10T08:00:00Z', '08:00', 'UTC', '2026-01-10T08:00:00Z', null],
    ['tomorrow', '2026-01-10T08:00:01Z', '08:00', 'UTC', '2026-01-11T08:00:00Z', null],
    ['in winter', '2026-01-10T06:00:00Z', '08:00', 'Europe/Berlin', '2026-01-10T07:00:00Z', null],
    ['in summer', '2026-07-10T05:00:00Z', '08:00', 'Europe/Berlin', '2026-07-10T06:00:00Z', null],
    ['over the night to summer time', '2026-03-28T12:00:00Z', '08:00', 'Europe/Berlin', '2026-03-29T06:00:00Z', null],
    ['a time that is skipped', '2026-03-28T12:00:00Z', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z', null],
    ['a time that comes twice', '2026-10-24T12:00:00Z', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z', null],
    ['between the two of them', '2026-10-25T01:00:00Z', '02:30', 'Europe/Berlin', '2026-10-26T01:30:00Z', null],
    ['over the night to winter time', '2026-10-24T12:00:00Z', '08:00', 'Europe/Berlin', '2026-10-25T07:00:00Z', null],
    ['yesterday there', '2026-01-11T02:00:00Z', '22:00', 'America/New_York', '2026-01-11T03:00:00Z', null],
    ['its Monday', '2026-01-07T12:00:00Z', '08:00', 'America/New_York', '2026-01-12T13:00:00Z', 'MON'],
    ['the Sunday it skips', '2026-03-07T12:00:00Z', '02:15', 'America/New_York', '2026-03-08T07:15:00Z', 'SUN'],
    ['a week later', '2026-01-12T13:00:01Z', '08:00', 'America/New_York', '2026-01-19T13:00:00Z', 'MON'],
    ['three quarters of an hour', '2026-01-10T00:00:00Z', '08:00', 'Asia/Kathmandu', '2026-01-10T02:15:00Z', null],
    ['half an hour', '2026-10-03T12:00:00Z', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:40:00Z', null],
    ['midnight', '2026-12-31T12:00:00Z', '00:00', 'UTC', '2027-01-01T00:00:00Z', null],
  ])('is %s', (_, from, time, timeZone, expected, weekday) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    expect(nextTimeOfDay(at(from), { hour, minute }, { timeZone, weekday })).toBe(expected);
  });
});

it('knows what the clock shows', () => {
  expect(minuteOfDay(at('2026-07-10T22:30:00Z'), 'Europe/Berlin')).toBe(30);
  expect(minuteOfDay(at('2026-07-10T22:30:00Z'), 'UTC')).toBe(22 * 60 + 30);
});

it('knows which time zones there are', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
