import { expect, it } from 'vitest';
import { parseSchedule } from './schedule.ts';

it.each([
  ['30 2 * *', 'UTC', 'must be five fields'],
  ['* * * * * *', 'UTC', 'must be five fields'],
  ['@daily', 'UTC', 'must be five fields'],
  ['', 'UTC', 'must be five fields'],
  ['61 2 * * *', 'UTC', 'is no schedule: 61 is a invalid expression for minute'],
  ['0 0 30 2 *', 'UTC', 'is no schedule: 30 2 is an impossible day'],
  ['0 0 L * *', 'UTC', 'is not supported'],
  ['0 0 * * 5L', 'UTC', 'is not supported'],
  ['30 2 * * *', 'Europe/Bärlin', 'is not a time zone'],
  ['30 2 * * *', '', 'is not a time zone'],
])('refuses `%s` in `%s`: it %s', (cron, zone, reason) => {
  const parsed = parseSchedule(cron, zone);
  expect(parsed.ok ? '' : parsed.error).toContain(reason);
});

it('reads names, steps and lists', () => {
  const parsed = parseSchedule('*/20 4,2 1-3 jan mon-tue', 'Europe/Berlin');
  expect(parsed).toEqual({
    ok: true,
    value: {
      cron: '*/20 4,2 1-3 jan mon-tue',
      timeZone: 'Europe/Berlin',
      minutes: [0, 20, 40],
      hours: [2, 4],
      daysOfMonth: new Set([1, 2, 3]),
      months: new Set([1]),
      daysOfWeek: new Set([1, 2]),
    },
  });
});
