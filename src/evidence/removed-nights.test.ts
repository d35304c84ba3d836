import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type KeptNight, nightsToRemove, parseRemovedNights, printRemovedNight } from './removed-nights.ts';

const instant = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const now = instant('2026-11-22T03:00:00Z');
const night = (day: string, ...accountIds: string[]): KeptNight => ({ runId: `202611${day}T030000Z`, accountIds });
const days = (removed: readonly string[]): readonly string[] => removed.map((runId) => runId.slice(6, 8));

describe('nights that are removed', () => {
  const nights = [night('22', 'a'), night('19', 'a'), night('20', 'a'), night('21', 'a')];

  it.each([
    ['none where nothing limits them', { maxAgeDays: 0, maxRuns: 0 }, []],
    ['those older than the limit, and none that is just so old', { maxAgeDays: 2, maxRuns: 0 }, ['19']],
    ['those beyond the latest so many', { maxAgeDays: 0, maxRuns: 2 }, ['19', '20']],
    ['those that either limit tells of', { maxAgeDays: 1, maxRuns: 3 }, ['19', '20']],
  ])('are %s', (_, limits, expected) => {
    expect(days(nightsToRemove(nights, limits, now))).toEqual(expected);
  });

  it('are never the latest, however old, nor the latest of an account', () => {
    const old = [night('01', 'a', 'b'), night('02', 'a'), night('03', 'a')];
    expect(days(nightsToRemove(old, { maxAgeDays: 1, maxRuns: 1 }, now))).toEqual(['02']);
  });
});

it('gives back what it wrote down, whatever else stands there', () => {
  const text = printRemovedNight({ runId: 'x', sha256: 'abc', removedAt: now });
  expect(parseRemovedNights(`{"runId":1}\n${text}{"runId":"y","sh`)).toEqual(new Map([['x', 'abc']]));
});
