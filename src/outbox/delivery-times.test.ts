import { describe, expect, it } from 'vitest';
import { alertOf, itemOf } from '../alert-content/testing/alert-builder.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { type DeliveryTimes, dueAt, retryAt } from './delivery-times.ts';

const EIGHT = { hour: 8, minute: 0 };
const DAILY = { at: EIGHT, weekday: null };
const NIGHT = { from: { hour: 22, minute: 0 }, to: { hour: 7, minute: 0 }, exceptCritical: false };
const LUNCH = { from: { hour: 12, minute: 0 }, to: { hour: 13, minute: 0 }, exceptCritical: false };

const due = (
  queuedAt: string,
  times: Partial<DeliveryTimes>,
  alert = alertOf({ items: [itemOf({ severity: 'high' })] }),
) => dueAt({ alert, queuedAt: at(queuedAt) }, { digest: null, quietHours: null, timeZone: 'UTC', ...times });

describe('an alert is due', () => {
  // Berlin: one hour ahead of UTC, two from 2026-03-29 01:00Z to 2026-10-25 01:00Z.
  it.each<[string, string, Partial<DeliveryTimes>, string]>([
    ['at once', '2026-03-02T02:30:00Z', {}, '2026-03-02T02:30:00Z'],
    ['with the digest of the day', '2026-03-02T02:30:00Z', { digest: DAILY }, '2026-03-02T08:00:00Z'],
    ['with that of the next day', '2026-03-02T08:00:01Z', { digest: DAILY }, '2026-03-03T08:00:00Z'],
    [
      'with that of the day where it is',
      '2026-07-02T06:30:00Z',
      { digest: DAILY, timeZone: 'Europe/Berlin' },
      '2026-07-03T06:00:00Z',
    ],
    [
      'with that of the week',
      '2026-03-03T02:30:00Z',
      { digest: { at: EIGHT, weekday: 'MON' } },
      '2026-03-09T08:00:00Z',
    ],
    [
      'with the digest over the change to summer time',
      '2026-03-28T08:00:00Z',
      { digest: DAILY, timeZone: 'Europe/Berlin' },
      '2026-03-29T06:00:00Z',
    ],
    ['when the night is over', '2026-03-02T02:30:00Z', { quietHours: NIGHT }, '2026-03-02T07:00:00Z'],
    ['when the night is over that begins now', '2026-03-02T22:00:00Z', { quietHours: NIGHT }, '2026-03-03T07:00:00Z'],
    ['as the night ends', '2026-03-02T07:00:00Z', { quietHours: NIGHT }, '2026-03-02T07:00:00Z'],
    ['before the night', '2026-03-02T21:59:59Z', { quietHours: NIGHT }, '2026-03-02T21:59:59Z'],
    ['after lunch', '2026-03-02T12:15:00Z', { quietHours: LUNCH }, '2026-03-02T13:00:00Z'],
    [
      'after the night to summer time',
      '2026-03-28T23:30:00Z',
      { quietHours: NIGHT, timeZone: 'Europe/Berlin' },
      '2026-03-29T05:00:00Z',
    ],
    [
      'after the night to winter time',
      '2026-10-24T23:30:00Z',
      { quietHours: NIGHT, timeZone: 'Europe/Berlin' },
      '2026-10-25T06:00:00Z',
    ],
    [
      'with a digest that falls into quiet hours, after them',
      '2026-03-02T02:30:00Z',
      { digest: { at: { hour: 6, minute: 0 }, weekday: null }, quietHours: NIGHT },
      '2026-03-02T07:00:00Z',
    ],
  ])('%s', (_, queuedAt, times, expected) => {
    expect(due(queuedAt, times)).toBe(expected);
  });

  const exceptCritical = { quietHours: { ...NIGHT, exceptCritical: true } };
  const NIGHT_TIME = '2026-03-02T02:30:00Z';

  it('in quiet hours where it is critical and such may be told', () => {
    expect(due(NIGHT_TIME, exceptCritical, alertOf())).toBe(NIGHT_TIME);
    expect(due(NIGHT_TIME, exceptCritical, alertOf({ items: [], failure: 'nothing could be read' }))).toBe(NIGHT_TIME);
  });

  it('after them where it is milder, or the critical is resolved', () => {
    expect(due(NIGHT_TIME, exceptCritical)).toBe('2026-03-02T07:00:00Z');
    expect(due(NIGHT_TIME, exceptCritical, alertOf({ items: [itemOf({ transition: 'resolved' })] }))).toBe(
      '2026-03-02T07:00:00Z',
    );
    expect(due(NIGHT_TIME, { quietHours: NIGHT }, alertOf())).toBe('2026-03-02T07:00:00Z');
  });
});

describe('a route is tried again', () => {
  const NOW = at('2026-03-02T02:30:00Z');
  it.each<[string, number, number | null, number, string]>([
    ['a minute after the first failure', 1, null, 0, '2026-03-02T02:31:00Z'],
    ['four after the second', 2, null, 0, '2026-03-02T02:34:00Z'],
    ['64 after the fourth', 4, null, 0, '2026-03-02T03:34:00Z'],
    ['six hours after any later one', 9, null, 0, '2026-03-02T08:30:00Z'],
    ['a quarter earlier by chance', 2, null, 0.999_999, '2026-03-02T02:33:01Z'],
    ['not before it asked for', 1, 3600, 0.5, '2026-03-02T03:30:00Z'],
    ['not after what it asked for is over', 9, 60, 0, '2026-03-02T08:30:00Z'],
    ['a day later where it asks for a week', 1, 604_800, 0, '2026-03-03T02:30:00Z'],
  ])('%s', (_, failures, retryAfterSeconds, jitter, expected) => {
    expect(retryAt(NOW, { failures, retryAfterSeconds }, jitter)).toBe(expected);
  });
});
