import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, epochMillis, type Instant, parseInstant, toInstant } from './time.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('a time is read as AWS and its tools write it', () => {
  test.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05Z'],
    ['2026-01-02T03:04:05-0530', '2026-01-02T08:34:05Z'],
    ['2026-01-02 03:04:05', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04', '2026-01-02T03:04:00Z'],
    ['2026-01-02', '2026-01-02T00:00:00Z'],
    [' 2024-02-29 ', '2024-02-29T00:00:00Z'],
  ])('`%s`', (text, instant) => expect(at(text)).toBe(instant));

  test.each(['', 'yesterday', '2026-13-01', '2026-1-2', '1767322800', '2026-01-02T25:00:00Z'])(
    '`%s` is none',
    (text) => {
      expect(parseInstant(text)).toEqual({ ok: false, error: `\`${text}\` is not an ISO-8601 time` });
    },
  );
});

test('days are whole, and counted down to the second', () => {
  expect(daysBetween(at('2026-01-01'), at('2026-04-01'))).toBe(90);
  expect(daysBetween(at('2026-01-01T00:00:01Z'), at('2026-04-01'))).toBe(89);
  expect(daysBetween(at('2026-01-02'), at('2026-01-01'))).toBe(-1);
});

test('days are added and taken away', () => {
  expect(addDays(at('2026-02-28'), 1)).toBe('2026-03-01T00:00:00Z');
  expect(addDays(at('2026-01-01'), -1)).toBe('2025-12-31T00:00:00Z');
});

test('an instant and its milliseconds', () => {
  expect(epochMillis(at('1970-01-01T00:00:01Z'))).toBe(1000);
  expect(toInstant(1999)).toBe('1970-01-01T00:00:01Z');
});
